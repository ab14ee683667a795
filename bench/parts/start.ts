import { execFileSync } from 'node:child_process';
import type { Row } from '../measure/row';
import { compare } from '../measure/row';
import { inTurn } from '../world/rounds';
import type { Stage } from '../world/stage';

/** Modules that a shop has loaded in any case, and the package's dependencies. */
const BASE = ['express', 'axios', 'joi', 'body-parser'];

const MEASURES = [
  { key: 'ms', measure: 'time', unit: 'ms' },
  { key: 'heap', measure: 'live heap', unit: 'MB' },
  { key: 'resident', measure: 'resident', unit: 'MB' },
] as const;

type Cost = Record<(typeof MEASURES)[number]['key'], number>;

/** Loading the package, over loading its dependencies. */
export async function start(stage: Stage): Promise<Row[]> {
  const cost = (packages: string[]) => (): Promise<Cost> =>
    Promise.resolve(
      JSON.parse(
        execFileSync(process.execPath, [stage.scripts.start, ...packages], { encoding: 'utf8' }),
      ) as Cost,
    );
  const rounds = stage.options.quick ? 1 : 15;
  const [ours = [], base = []] = await inTurn(rounds, [cost([...BASE, 'express-atipay']), cost(BASE)]);
  return MEASURES.map(({ key, measure, unit }) =>
    compare(
      { part: 'start', what: `require, beside ${BASE.join(', ')}`, measure, unit },
      { name: 'with express-atipay', values: ours.map((it) => it[key]) },
      { name: 'without', values: base.map((it) => it[key]) },
    ),
  );
}
