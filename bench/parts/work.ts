import type { Row, Target } from '../measure/row';
import { compare } from '../measure/row';
import type { Rival, Route, StoreName } from '../shop/plan';
import { inTurn } from '../world/rounds';
import type { Measured, Shop } from '../world/shop';
import type { Stage } from '../world/stage';

interface Pair {
  store: StoreName;
  rival: Exclude<Rival, 'ours'>;
  /** What our throughput must come to, as a share of the rival's. */
  atLeast: Record<Route, number>;
}

const PAIRS: readonly Pair[] = [
  { store: 'memory', rival: 'textbook', atLeast: { pay: 0.9, callback: 0.9 } },
  { store: 'memory', rival: 'monopay', atLeast: { pay: 1, callback: 1 } },
  { store: 'sqlite', rival: 'by hand', atLeast: { pay: 0.9, callback: 0.85 } },
  { store: 'pg', rival: 'by hand', atLeast: { pay: 0.9, callback: 0.85 } },
];

const SOME = 64;
const MANY = 1_000;

const MEASURES = [
  { measure: 'throughput', unit: '/s', of: ({ perSecond }: Measured) => perSecond },
  { measure: 'p50', unit: 'ms', of: ({ p50 }: Measured) => p50 },
  { measure: 'p99', unit: 'ms', of: ({ p99 }: Measured) => p99 },
  { measure: 'processor', unit: 'ms', of: ({ cpu }: Measured) => cpu },
] as const;

/** A route whole, against each rival, with so many buyers at once. The gateway answers at once. */
export const work =
  (route: Route) =>
  async (stage: Stage): Promise<Row[]> => {
    const rows: Row[] = [];
    for (const pair of PAIRS) {
      const ours = await stage.shop('ours', pair.store);
      const theirs = await stage.shop(pair.rival, pair.store);
      for (const shop of [ours, theirs]) await warmUp(stage, shop, route);
      for (const connections of stage.options.quick ? [1, SOME] : [1, SOME, MANY]) {
        rows.push(...(await measurePair(stage, pair, { route, connections }, ours, theirs)));
      }
      await ours.end();
      await theirs.end();
    }
    return rows;
  };

async function measurePair(
  stage: Stage,
  { store, rival, atLeast }: Pair,
  { route, connections }: { route: Route; connections: number },
  ours: Shop,
  theirs: Shop,
): Promise<Row[]> {
  const load = { route, connections, amount: await amountFor(stage, ours, route, connections) };
  await amountFor(stage, theirs, route, connections);
  const rounds = connections < MANY ? stage.options.rounds : Math.min(3, stage.options.rounds);
  const [mine = [], other = []] = await inTurn(rounds, [
    () => ours.measure(load),
    () => theirs.measure(load),
  ]);
  const what = `/${route}, ${store}, ${connections} at once`;
  return MEASURES.map(({ measure, unit, of }) => {
    const target: Target | undefined =
      measure === 'throughput' ? { of: 'ratio', atLeast: atLeast[route] } : undefined;
    const a = { name: 'ours', values: mine.map(of) };
    return compare({ part: route, what, measure, unit }, a, { name: rival, values: other.map(of) }, target);
  });
}

/** A shop has been running for a while: its code is compiled for good only after some ten thousand requests. */
export async function warmUp({ options }: Stage, shop: Shop, route: Route): Promise<void> {
  const amount = shop.plan.store === 'sqlite' ? 3_000 : 9_000;
  await shop.measure({ route, connections: SOME, amount: options.quick ? amount / 15 : amount });
}

/** So many requests as take about the time of a measurement, at least one for each who is there at once. */
async function amountFor(stage: Stage, shop: Shop, route: Route, connections: number): Promise<number> {
  const least = Math.max(40, connections);
  const { perSecond } = await shop.measure({
    route,
    connections: Math.min(SOME, connections),
    amount: Math.min(400, least),
  });
  return Math.max(least, Math.round(perSecond * stage.options.seconds));
}
