import type { Row } from '../measure/row';
import { compare } from '../measure/row';
import type { Rival, Route, StoreName } from '../shop/plan';
import { inTurn } from '../world/rounds';
import type { Measured, Shop } from '../world/shop';
import type { Stage } from '../world/stage';

type Opponent = Exclude<Rival, 'ours'>;

/** The least throughput, as a share of the rival's, if there is a bound. */
type Shares = Partial<Record<Route, number>>;

/** Measured with some at once only: beside the same by axios, it shows what the HTTP client is worth. */
const BESIDE: Opponent = 'by hand, undici';

const MATCHES: readonly { store: StoreName; rivals: Partial<Record<Opponent, Shares>> }[] = [
  { store: 'memory', rivals: { textbook: { pay: 0.9, callback: 0.9 }, monopay: { pay: 1, callback: 1 } } },
  { store: 'sqlite', rivals: { 'by hand': { pay: 0.9, callback: 0.85 }, [BESIDE]: {} } },
  { store: 'pg', rivals: { 'by hand': { pay: 0.9, callback: 0.85 }, [BESIDE]: {} } },
];

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

/** Both routes whole, against each rival, with so many buyers at once. The gateway answers at once. */
export async function routes(stage: Stage): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { store, rivals } of MATCHES) {
    const opponents = (Object.keys(rivals) as Opponent[]).filter(
      (rival) => !stage.options.quick || rival !== BESIDE,
    );
    const shops = await Promise.all(['ours' as const, ...opponents].map((rival) => stage.shop(rival, store)));
    for (const route of ROUTES) await warmUp(stage, shops, route);
    for (const route of ROUTES) {
      for (const connections of stage.options.quick ? [SOME] : ORDER) {
        const present = connections === SOME ? shops : shops.filter(({ plan }) => plan.rival !== BESIDE);
        const [ours = [], ...others] = await measure(stage, present, { route, connections });
        const what = `/${route}, ${store}, ${connections} at once`;
        for (const [index, values] of others.entries()) {
          const rival = opponents[index] ?? BESIDE;
          rows.push(...rowsOf({ part: 'routes', what }, ours, { rival, values }, rivals[rival]?.[route]));
        }
      }
    }
    for (const shop of shops) await shop.end();
  }
  return rows;
}

function rowsOf(
  head: { part: string; what: string },
  ours: Measured[],
  { rival, values }: { rival: Opponent; values: Measured[] },
  atLeast: number | undefined,
): Row[] {
  return MEASURES.map(({ measure: name, unit, of }) =>
    compare(
      { ...head, measure: name, unit },
      { name: 'ours', values: ours.map(of) },
      { name: rival, values: values.map(of) },
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
