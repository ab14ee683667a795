import type { Row } from '../measure/row';
import type { Stage } from '../world/stage';
import { growth } from './growth';
import { inFlight } from './in-flight';
import { patience } from './patience';
import { processes } from './processes';
import { size } from './size';
import { start } from './start';
import { work } from './work';

/** The parts of a run, in their order; each can be run alone. */
export const PARTS: Record<string, (stage: Stage) => Promise<Row[]>> = {
  pay: work('pay'),
  callback: work('callback'),
  patience,
  growth,
  'in-flight': inFlight,
  processes,
  start,
  size,
};
