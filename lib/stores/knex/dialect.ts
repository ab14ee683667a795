import type { Knex } from 'knex';
import { AtipayError } from '../../errors';

/** A family of databases that speaks one SQL. `mysql` is MariaDB too. */
export type Dialect = 'sqlite3' | 'pg' | 'mysql';

/** Where payments are kept. */
export interface PaymentsTableOptions {
  /** `table` or `schema.table`; letters, digits and underscores, at most 40 characters each. Default `atipay_payments`. */
  tableName?: string;
}

/** A table's name in its parts, checked. */
export interface TableName {
  schema: string | undefined;
  table: string;
}

const FAMILIES: Partial<Record<string, Dialect>> = { sqlite3: 'sqlite3', postgresql: 'pg', mysql: 'mysql' };
const NAME = /^(?:([a-z_]\w{0,39})\.)?([a-z_]\w{0,39})$/i;

/**
 * Which SQL a Knex instance or transaction speaks.
 *
 * @throws AtipayError `ERR_ATIPAY_STORE` when it is none, or speaks none of these.
 */
export function dialectOf(knex: Knex): Dialect {
  const name = dialectName(knex);
  if (name === undefined) {
    throw storeError('Payments need a Knex instance: new KnexPaymentStore(knex({ client, connection })).');
  }
  const family = FAMILIES[name];
  if (family) return family;
  throw storeError(`Payments cannot be kept in ${name}: use better-sqlite3, pg or mysql2 as Knex's client.`);
}

/** Refuses a transaction where the instance itself is needed. @throws AtipayError `ERR_ATIPAY_STORE` */
export function refuseTransaction(knex: Knex): void {
  if (knex.isTransaction !== true) return;
  throw storeError('The payment store needs the Knex instance itself, not a transaction of it.');
}

/** Takes `schema.table` apart. @throws AtipayError `ERR_ATIPAY_STORE` for anything that is not a plain name. */
export function parseTableName({ tableName = 'atipay_payments' }: PaymentsTableOptions): TableName {
  const [, schema, table] = (typeof tableName === 'string' && NAME.exec(tableName)) || [];
  if (table !== undefined) return { schema, table };
  throw storeError(
    `tableName is ${JSON.stringify(tableName)}: write "table" or "schema.table", in letters, digits and underscores, ` +
      'at most 40 characters each.',
  );
}

/** A plain name as an identifier. */
export function quote(dialect: Dialect, name: string): string {
  return dialect === 'pg' ? `"${name}"` : `\`${name}\``;
}

/** A table's full name as an identifier. */
export function quoteTable(dialect: Dialect, { schema, table }: TableName): string {
  const quoted = quote(dialect, table);
  return schema === undefined ? quoted : `${quote(dialect, schema)}.${quoted}`;
}

/** A row as a driver gave it: its values in the order of the table's columns, or by the columns' names. */
export type Row = readonly unknown[] | Record<string, unknown>;

/** The rows of a raw result; each driver wraps them differently. */
export function rowsOf(dialect: Dialect, result: unknown): Row[] {
  if (dialect === 'pg')
    return (result as { rows: { payment: unknown }[] }).rows.map(({ payment }) => parsed(payment));
  if (dialect === 'mysql') return (result as [Row[]])[0];
  return result as Row[];
}

/** A shop may have told pg to leave JSON as it is. */
const parsed = (json: unknown): Row => (typeof json === 'string' ? JSON.parse(json) : json) as Row;

/** Whether an update found its row. Of SQLite's drivers, better-sqlite3 counts; the other tells by RETURNING. */
export function hasChanged(dialect: Dialect, result: unknown): boolean {
  if (dialect === 'pg') return (result as { rowCount: number }).rowCount > 0;
  if (dialect === 'mysql') return (result as [{ affectedRows: number }])[0].affectedRows > 0;
  return Array.isArray(result) ? result.length > 0 : (result as { changes: number }).changes > 0;
}

/** Whether updates must answer with their row, since the driver does not count. */
export const needsReturning = (knex: Knex): boolean => (knex.client as Knex.Client).driverName === 'sqlite3';

export function storeError(message: string, cause?: unknown): AtipayError {
  return new AtipayError('ERR_ATIPAY_STORE', message, cause === undefined ? {} : { cause });
}

function dialectName(knex: unknown): string | undefined {
  if (typeof knex !== 'function' || !('raw' in knex) || !('client' in knex)) return undefined;
  const { dialect } = (knex.client ?? {}) as { dialect?: unknown };
  return typeof dialect === 'string' ? dialect : undefined;
}
