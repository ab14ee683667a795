import type { DialectName, Row, SqlClient, SqlValue } from '../sql/client';
import { storeError } from '../sql/errors';
import { expectClient } from '../expect';
import { dialectNamed } from '../sql/dialect';
import { SqlPaymentStore, type SqlStoreOptions } from '../sql/store';
import { tableCreator, tableDropper, type PaymentsTableOptions } from '../sql/table';

export { paymentsMigrations, type PaymentsMigration } from '../sql/migrations';
export { paymentsTableSql } from '../sql/table';

/** The part of a Drizzle database or transaction that the store uses. @internal */
export interface DrizzleSessionLike {
  execute(query: never): PromiseLike<unknown>;
}

/** The part of a Drizzle database that the store uses. @internal */
export interface DrizzleLike<Tx extends DrizzleSessionLike> extends DrizzleSessionLike {
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** Drizzle's `sql`. */
export type DrizzleSqlLike = (strings: TemplateStringsArray, ...values: unknown[]) => unknown;

/** Options of a Drizzle store. */
export interface DrizzleOptions {
  /** `sql` of `drizzle-orm`. */
  sql: DrizzleSqlLike;
  /** The database's dialect; `mysql` is MariaDB too. */
  dialect: 'postgresql' | 'mysql';
}

/** Keeps payments through a shop's Drizzle database. A hook's `tx` is Drizzle's transaction. */
export class DrizzlePaymentStore<Tx extends DrizzleSessionLike> extends SqlPaymentStore<Tx> {
  /** @throws AtipayError `ERR_ATIPAY_STORE` for SQLite. */
  constructor(database: DrizzleLike<Tx>, options: SqlStoreOptions & DrizzleOptions) {
    super(drizzleClient(database, options), options);
  }
}

/** Creates the payments table, or its missing parts. */
export const createPaymentsTable = (
  database: DrizzleLike<DrizzleSessionLike>,
  options: PaymentsTableOptions & DrizzleOptions,
): Promise<void> => tableCreator(() => drizzleClient(database, options))(database, options);

/** Drops the payments table and every payment in it. */
export const dropPaymentsTable = (
  database: DrizzleLike<DrizzleSessionLike>,
  options: PaymentsTableOptions & DrizzleOptions,
): Promise<void> => tableDropper(() => drizzleClient(database, options))(database, options);

const EXAMPLE = "new DrizzlePaymentStore(db, { sql, dialect: 'postgresql' })";

function drizzleClient<Tx extends DrizzleSessionLike>(
  database: DrizzleLike<Tx>,
  options: DrizzleOptions | undefined,
): SqlClient<Tx> {
  const { name: dialect } = dialectNamed(options?.dialect);
  refuseSqlite(dialect);
  const { sql } = options as DrizzleOptions;
  expectClient(database, ['execute', 'transaction'], `a Drizzle database: ${EXAMPLE}`);
  expectClient(sql, ['call'], `sql of drizzle-orm: ${EXAMPLE}`);
  const send = (text: string, values: readonly SqlValue[], tx?: Tx): PromiseLike<unknown> =>
    (tx ?? database).execute(template(sql, text, values) as never);
  return {
    dialect,
    query: async (text, values, tx) => rowsOf(await send(text, values, tx)),
    execute: async (text, values, tx) => countOf(await send(text, values, tx)),
    transaction: (work) => database.transaction(work),
  };
}

/** Calls a template's tag with a statement cut at its places for values. */
function template(sql: DrizzleSqlLike, text: string, values: readonly SqlValue[]): unknown {
  const strings = text.split(/\$\d+|\?/);
  return sql(Object.assign(strings, { raw: strings }), ...values);
}

/** node-postgres: a result. postgres.js: rows. mysql2: rows and fields. */
function rowsOf(result: unknown): Row[] {
  if (!Array.isArray(result)) return (result as { rows: Row[] }).rows;
  return Array.isArray(result[0]) ? (result[0] as Row[]) : [...(result as Row[])];
}

/** node-postgres: a result. postgres.js: rows with a count. mysql2: a header and fields. */
function countOf(result: unknown): number {
  const [header] = Array.isArray(result) ? (result as unknown[]) : [];
  const { rowCount, count } = result as { rowCount?: number; count?: number };
  return (rowCount ?? count ?? (header as { affectedRows?: number } | undefined)?.affectedRows) as number;
}

function refuseSqlite(dialect: DialectName): void {
  if (dialect !== 'sqlite') return;
  throw storeError(
    'DrizzlePaymentStore keeps payments in PostgreSQL, MySQL and MariaDB. On SQLite, Drizzle has one connection, and ' +
      'writes outside of a transaction would become part of it: use express-atipay/stores/better-sqlite3.',
  );
}
