import type { Row } from '../measure/row';
import { compare } from '../measure/row';
import type { Ours, Rival, Route, StoreName } from '../shop/plan';
import { inTurn } from '../world/rounds';
import type { Measured, Shop } from '../world/shop';
import type { Stage } from '../world/stage';

type Opponent = Exclude<Rival, Ours>;

/** One of our shops beside a rival, and the least throughput, as a share of the rival's. */
interface Comparison {
  ours: Ours;
  rival: Opponent;
  shares?: Partial<Record<Route, number>>;
}

/** Beside the same by axios, it shows what the HTTP client is worth. */
const BESIDE: Opponent = 'by hand, undici';

const onDatabase = (store: StoreName): { store: StoreName; comparisons: Comparison[] } => ({
  store,
  comparisons: [
    { ours: 'ours', rival: 'by hand', shares: { callback: 0.9 } },
    { ours: 'ours', rival: BESIDE },
    { ours: 'ours, Knex', rival: 'by hand', shares: { callback: 0.75 } },
  ],
});

const MATCHES: readonly { store: StoreName; comparisons: Comparison[] }[] = [
  {
    store: 'memory',
    comparisons: [
      { ours: 'ours', rival: 'textbook', shares: { pay: 1.3, callback: 1.3 } },
      { ours: 'ours', rival: 'monopay', shares: { pay: 1.1, callback: 1.1 } },
    ],
  },
  onDatabase('sqlite'),
  onDatabase('pg'),
];

/** These are measured with some buyers at once only. */
const WITH_SOME_ONLY: readonly Rival[] = [BESIDE];

/** How long one measurement lasts, about. One buyer makes few requests: a pause of V8's weighs more in them. */
const SECONDS = 0.4;
const SECONDS_ALONE = 0.8;

const ROUTES = ['pay', 'callback'] as const;
const SOME = 64;
const MANY = 1_000;
/** The crowd first: a single buyer is served by code that V8 has compiled. */
const ORDER = [SOME, 1, MANY];

const MEASURES = [
  { measure: 'throughput', unit: '/s', of: ({ perSecond }: Measured) => perSecond },
  { measure: 'p50', unit: 'ms', of: ({ p50 }: Measured) => p50 },
  { measure: 'p99', unit: 'ms', of: ({ p99 }: Measured) => p99 },
  { measure: 'processor', unit: 'ms', of: ({ cpu }: Measured) => cpu },
] as const;

/** Both routes whole, beside each rival, with so many buyers at once. The gateway answers at once. */
export async function routes(stage: Stage): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { store, comparisons } of MATCHES) {
    if (stage.has(store)) rows.push(...(await match(stage, store, comparisons)));
  }
  return rows;
}

async function match(stage: Stage, store: StoreName, comparisons: Comparison[]): Promise<Row[]> {
  const { quick } = stage.options;
  const wanted = comparisons.filter(({ rival }) => !quick || !WITH_SOME_ONLY.includes(rival));
  const rivals = [...new Set(wanted.flatMap(({ ours, rival }) => [ours, rival]))];
  const shops = await Promise.all(rivals.map((rival) => stage.shop(rival, store)));
  for (const route of ROUTES) await warmUp(stage, shops, route);
  const rows: Row[] = [];
  for (const route of ROUTES) {
    for (const connections of quick ? [SOME] : ORDER) {
      const present = shops.filter(
        ({ plan }) => connections === SOME || !WITH_SOME_ONLY.includes(plan.rival),
      );
      const measured = await measure(stage, present, { route, connections });
      const of = (rival: Rival): Measured[] | undefined =>
        measured[present.findIndex(({ plan }) => plan.rival === rival)];
      const head = { part: 'routes', what: `/${route}, ${store}, ${connections} at once` };
      for (const { ours, rival, shares } of wanted) {
        const [a, b] = [of(ours), of(rival)];
        const atLeast = connections === MANY ? undefined : shares?.[route];
        if (a && b)
          rows.push(...rowsOf(head, { name: ours, values: a }, { name: rival, values: b }, atLeast));
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

/** As many requests as the first of the shops answers in that time; one of everybody who is there, where they are many. */
async function amountFor(shops: Shop[], load: { route: Route; connections: number }): Promise<number> {
  const least = Math.max(40, load.connections);
  if (load.connections === MANY) return least;
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
  const amount = options.quick ? SOME : 1_000;
  await inTurn(
    options.quick ? 1 : 2,
    shops.map((shop) => () => shop.measure({ route, connections: SOME, amount })),
  );
}
