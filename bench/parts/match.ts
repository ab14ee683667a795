import type { Row } from '../measure/row';
import { compare } from '../measure/row';
import type { Ours, Rival, Route, StoreName } from '../shop/plan';
import { inTurn } from '../world/rounds';
import type { Measured, Shop } from '../world/shop';
import type { Stage } from '../world/stage';

/** One of our shops beside a rival, and the least throughput, as a share of the rival's. */
export interface Comparison {
  ours: Ours;
  rival: Exclude<Rival, Ours>;
  shares?: Partial<Record<Route, number>>;
}

/** Shops that are measured beside one another. */
export interface Match {
  part: string;
  store: StoreName;
  routes: readonly Route[];
  /** How many buyers at once, in this order. */
  crowds: readonly number[];
  comparisons: readonly Comparison[];
}

/** Some buyers at once; all that is measured in a quick run. */
export const SOME = 64;

/** How long one measurement lasts, about. One buyer makes few requests: a pause of V8's weighs more in them. */
const SECONDS = 0.4;
const SECONDS_ALONE = 0.8;

const MEASURES = [
  { measure: 'throughput', unit: '/s', of: ({ perSecond }: Measured) => perSecond },
  { measure: 'p50', unit: 'ms', of: ({ p50 }: Measured) => p50 },
  { measure: 'p99', unit: 'ms', of: ({ p99 }: Measured) => p99 },
  { measure: 'processor', unit: 'ms', of: ({ cpu }: Measured) => cpu },
] as const;

/** Measures the shops of a match, one after the other in each round. */
export async function play(stage: Stage, match: Match): Promise<Row[]> {
  const { quick } = stage.options;
  const { part, store, comparisons } = match;
  const rivals = [...new Set(comparisons.flatMap(({ ours, rival }) => [ours, rival]))];
  const shops = await Promise.all(rivals.map((rival) => stage.shop(rival, store)));
  for (const route of match.routes) await warmUp(stage, shops, route);
  const rows: Row[] = [];
  for (const route of match.routes) {
    for (const connections of quick ? [SOME] : match.crowds) {
      const measured = await measure(stage, shops, { route, connections });
      const of = (rival: Rival): Measured[] | undefined =>
        measured[shops.findIndex(({ plan }) => plan.rival === rival)];
      const head = { part, what: `/${route}, ${store}, ${connections} at once` };
      for (const { ours, rival, shares } of comparisons) {
        const [a, b] = [of(ours), of(rival)];
        if (a && b)
          rows.push(...rowsOf(head, { name: ours, values: a }, { name: rival, values: b }, shares?.[route]));
      }
    }
  }
  for (const shop of shops) await shop.end();
  return rows;
}

interface Side {
  name: Rival;
  values: Measured[];
}

function rowsOf(
  head: { part: string; what: string },
  ours: Side,
  rival: Side,
  atLeast: number | undefined,
): Row[] {
  return MEASURES.map(({ measure: name, unit, of }) =>
    compare(
      { ...head, measure: name, unit },
      { name: ours.name, values: ours.values.map(of) },
      { name: rival.name, values: rival.values.map(of) },
      name === 'throughput' && atLeast !== undefined ? { of: 'ratio', atLeast } : undefined,
    ),
  );
}

async function measure(
  { options }: Stage,
  shops: Shop[],
  load: { route: Route; connections: number },
): Promise<Measured[][]> {
  const amount = options.quick ? SOME : await amountFor(shops, load);
  return inTurn(
    options.rounds,
    shops.map((shop) => () => shop.measure({ ...load, amount })),
  );
}

/** As many requests as the first of the shops answers in that time. */
async function amountFor(shops: Shop[], load: { route: Route; connections: number }): Promise<number> {
  const least = Math.max(40, load.connections);
  const [[first] = []] = await inTurn(
    1,
    shops.map((shop) => () => shop.measure({ ...load, amount: least })),
  );
  const seconds = load.connections === 1 ? SECONDS_ALONE : SECONDS;
  return Math.max(least, Math.round((first?.perSecond ?? 0) * seconds));
}

/**
 * Shops have been running for a while: code is compiled for good only after thousands of requests. In turn, so that all
 * sides are equally warm.
 */
export async function warmUp({ options }: Stage, shops: Shop[], route: Route): Promise<void> {
  const amount = options.quick ? SOME : 500;
  await inTurn(
    options.quick ? 1 : 2,
    shops.map((shop) => () => shop.measure({ route, connections: SOME, amount })),
  );
}
