import { Pool } from 'pg';
import { POSTGRES } from '../../__tests__/support/databases';
import type { Row } from '../measure/row';
import { compare } from '../measure/row';
import { quantile } from '../measure/summary';
import type { DeskPage, Route, StoreName } from '../shop/plan';
import { inTurn } from '../world/rounds';
import type { Shop } from '../world/shop';
import type { Stage } from '../world/stage';

const SMALL = 1_000;
const DUE = 100;
/** One is over in no time: the middle of these counts. */
const SWEEPS = 9;

/** Pages of the desk as staff open them. The doctor and reconcile ask no more than the others do. */
const PAGES: readonly DeskPage[] = [
  'desk/',
  'desk/find?q=500',
  'desk/find?q=1234',
  'desk/find?q=25000',
  'desk/payments',
  'desk/payments?status=paid',
  'desk/payments?status=review',
  'desk/payments?card=1234',
  'desk/payments/00000000000000000500',
  'desk/today',
];

/** Milliseconds of one operation in a shop, by name. */
const OPERATIONS: Record<string, (shop: Shop, requests: number) => Promise<number>> = {
  '/pay': (shop, requests) => middleOf(shop, 'pay', requests),
  '/callback': (shop, requests) => middleOf(shop, 'callback', requests),
  [`a sweep with ${DUE} due`]: async (shop) => {
    const times: number[] = [];
    for (let sweep = 0; sweep < SWEEPS; sweep += 1) times.push(await shop.child.ask<number>('sweep', DUE));
    return quantile(times, 0.5);
  },
  ...Object.fromEntries(
    PAGES.map((page) => [`/${page}`, (shop: Shop, requests: number) => middleOf(shop, page, requests / 4)]),
  ),
};

const middleOf = async (shop: Shop, route: Route | DeskPage, amount: number): Promise<number> =>
  (await shop.measure({ route, connections: 1, amount })).p50;

/** The same work over a table with a thousand payments and over one with a million. */
export async function growth(stage: Stage): Promise<Row[]> {
  const rows: Row[] = [];
  for (const store of ['sqlite', 'pg'] as const) {
    if (stage.has(store)) rows.push(...(await growIn(stage, store)));
  }
  return rows;
}

async function growIn(stage: Stage, store: StoreName): Promise<Row[]> {
  const requests = stage.options.quick ? 20 : 200;
  const many = stage.options.quick ? 2 * SMALL : 1_000_000;
  const [small, large] = await Promise.all([stage.shop('ours', store), stage.shop('ours', store)]);
  await small.child.ask('fill', SMALL);
  await large.child.ask('fill', many);
  const rows: Row[] = [];
  for (const [what, operation] of Object.entries(OPERATIONS)) {
    for (const shop of [large, small]) await operation(shop, requests);
    const [a = [], b = []] = await inTurn(stage.options.fewRounds, [
      () => operation(large, requests),
      () => operation(small, requests),
    ]);
    rows.push(
      compare(
        { part: 'growth', what: `${what}, ${store}`, measure: 'time', unit: 'ms' },
        { name: `${many} rows`, values: a },
        { name: `${SMALL} rows`, values: b },
        { of: 'ratio', atMost: 1.25 },
      ),
    );
  }
  if (store === 'pg') rows.push(...(await sizes(large.plan.table, many)));
  await small.end();
  await large.end();
  return rows;
}

/** How much of PostgreSQL's disk the table and each of its indexes take. */
async function sizes(table: string, rows: number): Promise<Row[]> {
  const pool = new Pool({ connectionString: POSTGRES.url, max: 1 });
  const found = await pool.query<{ name: string; bytes: string }>(
    `select relname as name, pg_relation_size(oid) as bytes from pg_class
      where oid = $1::regclass or oid in (select indexrelid from pg_index where indrelid = $1::regclass)
      order by bytes desc`,
    [table],
  );
  await pool.end();
  return found.rows.map(({ name, bytes }) =>
    compare(
      { part: 'growth', what: `size of ${name.replace(table, 'payments')}`, measure: 'disk', unit: 'B each' },
      { name: `${rows} rows`, values: [Number(bytes) / rows] },
      undefined,
    ),
  );
}
