import createKnex, { type Knex } from 'knex';
import type { PaymentRecord } from 'express-atipay';
import { COLUMNS } from '../../lib/stores/sql/columns';
import { bindings } from '../../lib/stores/sql/rows';
import type { ShopPlan } from './plan';

/** Connections a process holds to PostgreSQL, ours and those of the rivals alike. */
export const POOL = 10;

/** Durable writes: the write-ahead log is synced at every commit. */
export const PRAGMAS = ['journal_mode = wal', 'synchronous = full'];

/** The initial rows are not in the log that the measured commits are written to. */
export const CHECKPOINT = 'wal_checkpoint(truncate)';

interface Connection {
  pragma(setting: string): unknown;
}

/** The shop's Knex instance. */
export function openDatabase({ store, filename, databaseUrl }: ShopPlan): Knex {
  if (store === 'pg') {
    return createKnex({ client: 'pg', connection: databaseUrl, pool: { min: POOL, max: POOL } });
  }
  const afterCreate = (connection: Connection, done: (error: unknown, connection: unknown) => void): void => {
    for (const pragma of PRAGMAS) connection.pragma(pragma);
    done(null, connection);
  };
  return createKnex({
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    pool: { min: 1, max: 1, afterCreate },
  });
}

const isSqlite = ({ client }: Knex): boolean =>
  (client as { config: Knex.Config }).config.client === 'better-sqlite3';

const ROWS_AT_ONCE = 200;

/** Puts records into a table, many at a time. */
export async function insertAll(knex: Knex, table: string, records: PaymentRecord[]): Promise<void> {
  const rows = records.map((record) => {
    const values = bindings(record, COLUMNS);
    return Object.fromEntries(COLUMNS.map(({ name }, index) => [name, values[index]]));
  });
  await knex.batchInsert(table, rows, ROWS_AT_ONCE);
  if (isSqlite(knex)) await knex.raw(`pragma ${CHECKPOINT}`);
}

/** A payment each so many milliseconds: a thousand within eight days, which is as far back as the desk's page of today looks. */
const SPACING_MS = (8 * 86_400_000) / 1_000;

const TIMES = COLUMNS.map(({ name }) => name).filter((name) =>
  ['created_at', 'updated_at', 'received_at', 'verified_at', 'hook_delivered_at'].includes(name),
);

/** Copies one record so often, with another number, order, receipt and day each. */
export async function multiply(
  knex: Knex,
  table: string,
  record: PaymentRecord,
  rows: number,
): Promise<void> {
  const postgres = !isSqlite(knex);
  const number = postgres ? `lpad(n.i::text, 20, '0')` : `printf('%020d', n.i)`;
  const text = postgres ? 'n.i::text' : 'cast(n.i as text)';
  const series = postgres
    ? `(select generate_series(1::bigint, ${rows}) as i) n`
    : `(with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows}) select i from n) n`;
  const own: Record<string, string> = {
    invoice_number: number,
    order_id: text,
    order_key: text,
    reference_number: `'receipt/' || ${number}`,
    receipt_key: `'receipt/' || ${number}`,
    card_end: `case when n.i % 20 = 0 then '1000' else p.card_end end`,
    ...Object.fromEntries(TIMES.map((name) => [name, `p.${name} - n.i * ${SPACING_MS}`])),
  };
  const names = COLUMNS.map(({ name }) => name);
  const values = names.map((name) => own[name] ?? `p.${name}`);
  await knex.raw(
    `insert into ${table} (${names.join(', ')}) select ${values.join(', ')} from ${table} p, ${series} where p.invoice_number = ?`,
    [record.invoiceNumber],
  );
  const settle = postgres ? [`vacuum analyze ${table}`, 'checkpoint'] : ['analyze', `pragma ${CHECKPOINT}`];
  for (const statement of settle) await knex.raw(statement);
}
