import type { Row } from '../measure/row';
import type { Stage } from '../world/stage';
import { clients } from './clients';
import { example } from './example';
import { growth } from './growth';
import { inFlight } from './in-flight';
import { patience } from './patience';
import { phone } from './phone';
import { processes } from './processes';
import { routes } from './routes';
import { size } from './size';
import { start } from './start';

/** Parts that are measured together. */
export type Part = (stage: Stage) => Promise<Row[]>;

/** The parts of a run, in their order; each can be run alone. */
export const PARTS: Record<string, Part> = {
  routes,
  clients,
  patience,
  growth,
  'in-flight': inFlight,
  processes,
  phone,
  start,
  size,
  // Last: it builds the package anew.
  example,
};
