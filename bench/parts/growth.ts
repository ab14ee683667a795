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
const SWEEPS = 5;

/** A round takes a tenth of a second: there are so many times as many as elsewhere. */
const MORE_ROUNDS = 3;

/** Pages of the desk as staff open them. The doctor and reconcile ask no more than the others do. */
const PAGES: readonly DeskPage[] = [
  'desk/',
  'desk/find?q=500',
  'desk/find?q=1000',
  'desk/find?q=25000',
  'desk/payments',
  'desk/payments?status=paid',
  'desk/payments?status=review',
  'desk/payments?card=1000',
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
    PAGES.map((page) => [`/${page}`, (shop: Shop, requests: number) => middleOf(shop, page, requests / 2)]),
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
  const requests = stage.options.quick ? 20 : 100;
  const many = stage.options.quick ? 2 * SMALL : 1_000_000;
  const [small, large] = await Promise.all([stage.shop('ours', store), stage.shop('ours', store)]);
  await small.child.ask('fill', SMALL);
  await large.child.ask('fill', many);
  const rows: Row[] = [];
  for (const [what, operation] of Object.entries(OPERATIONS)) {
    for (const shop of [large, small]) await operation(shop, requests);
    const [a = [], b = []] = await inTurn(MORE_ROUNDS * stage.options.rounds, [
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
  if (store === 'pg') rows.push(...(await disk(large, many, requests)));
  await small.end();
  await large.end();
  return rows;
}

/** How much of PostgreSQL's disk a payment takes: in the table, in each of its indexes, and in the write-ahead log. */
async function disk(shop: Shop, count: number, requests: number): Promise<Row[]> {
  const pool = new Pool({ connectionString: POSTGRES.url, max: 1 });
  const row = (what: string, bytes: number): Row =>
    compare(
      { part: 'growth', what, measure: 'disk', unit: 'B each' },
      { name: `${count} rows`, values: [bytes] },
      undefined,
    );
  try {
    const sizes = await sizesOf(pool, shop.plan.table);
    return [
      ...sizes.map(({ name, bytes }) =>
        row(`size of ${name.replace(shop.plan.table, 'payments')}`, Number(bytes) / count),
      ),
      row('write-ahead log', await logged(pool, shop, requests)),
    ];
  } finally {
    await pool.end();
  }
}

async function sizesOf(pool: Pool, table: string): Promise<{ name: string; bytes: string }[]> {
  const { rows } = await pool.query<{ name: string; bytes: string }>(
    `select relname as name, pg_relation_size(oid) as bytes from pg_class
      where oid = $1::regclass or oid in (select indexrelid from pg_index where indrelid = $1::regclass)
      order by bytes desc`,
    [table],
  );
  return rows;
}

/** Bytes of the write-ahead log for one payment, from its start to its hook. */
async function logged(pool: Pool, shop: Shop, amount: number): Promise<number> {
  let bytes = 0;
  for (const route of ['pay', 'callback'] as const) {
    const load = { route, connections: 1, amount };
    const requests = await shop.prepareFor(load);
    const before = await position(pool);
    const { responses } = await shop.serve(load, requests);
    bytes += ((await position(pool)) - before) / responses;
  }
  return bytes;
}

/** How far the write-ahead log has come, in bytes. */
async function position(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ bytes: string }>(
    `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::text as bytes`,
  );
  return Number(rows[0]?.bytes);
}
