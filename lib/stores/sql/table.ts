import type { DialectName, SqlSender } from './client';
import { COLUMNS, type Column } from './columns';
import { dialectNamed, quote, type Dialect } from './dialect';
import { isCreationRace, storeError, translate } from './errors';
import { retrying } from './retry';

/** Where payments are kept. */
export interface PaymentsTableOptions {
  /** `table` or `schema.table`; letters, digits and underscores, at most 40 characters each. Default `atipay_payments`. */
  tableName?: string;
}

/** A table's name in its parts, checked. */
export interface TableName {
  readonly schema: string | undefined;
  readonly table: string;
}

const NAME = /^(?:([a-z_]\w{0,39})\.)?([a-z_]\w{0,39})$/i;

/** Takes `schema.table` apart. @throws AtipayError `ERR_ATIPAY_STORE` for anything that is not a plain name. */
export function parseTableName({ tableName = 'atipay_payments' }: PaymentsTableOptions): TableName {
  const [, schema, table] = (typeof tableName === 'string' && NAME.exec(tableName)) || [];
  if (table !== undefined) return { schema, table };
  throw storeError(
    `tableName is ${JSON.stringify(tableName)}: write "table" or "schema.table", in letters, digits and underscores, ` +
      'at most 40 characters each.',
  );
}

/** A table's full name as an identifier. */
export const quoteTable = (dialect: Dialect, { schema, table }: TableName): string =>
  (schema === undefined ? '' : `${quote(dialect, schema)}.`) + quote(dialect, table);

/** An index of the payments, in any database. */
export interface Index {
  readonly suffix: string;
  readonly columns: readonly string[];
  readonly unique?: true;
  /** Rows without a value here are left out, where the database can. */
  readonly present?: string;
}

/** Each look-up of staff is one index: by the value looked for, newest first. */
const lookUp = (suffix: string, column: string): Index => ({
  suffix,
  columns: ['account', column, 'created_at', 'invoice_number'],
  present: column,
});

export const INDEXES: readonly Index[] = [
  { suffix: 'receipt', unique: true, columns: ['receipt_key'], present: 'receipt_key' },
  { suffix: 'order_key', unique: true, columns: ['account', 'order_key'], present: 'order_key' },
  { suffix: 'order', columns: ['account', 'order_id', 'created_at', 'invoice_number', 'status'] },
  { suffix: 'due', columns: ['account', 'origin', 'status', 'due_at', 'invoice_number'], present: 'due_at' },
  { suffix: 'status', columns: ['account', 'status', 'created_at', 'invoice_number'] },
  { suffix: 'begun', columns: ['account', 'created_at', 'invoice_number'] },
  { suffix: 'verified', columns: ['account', 'verified_at', 'invoice_number'], present: 'verified_at' },
  {
    suffix: 'given_back',
    columns: ['account', 'given_back_at', 'invoice_number'],
    present: 'given_back_at',
  },
  lookUp('trace', 'trace_number'),
  lookUp('rrn', 'rrn'),
  lookUp('mobile', 'cell_number'),
  lookUp('card', 'card_end'),
];

/** The statements that make the table and its indexes, or their missing parts. */
export function createStatements(name: DialectName, table: TableName): string[] {
  const dialect = dialectNamed(name);
  const lines = COLUMNS.map((column) => columnSql(dialect, column));
  lines.push(`primary key (${quote(dialect, 'invoice_number')})`);
  if (dialect.inlineIndexes) lines.push(...INDEXES.map((index) => inlineIndexSql(dialect, table, index)));
  const body = lines.map((line) => `  ${line}`).join(',\n');
  const create = `create table if not exists ${quoteTable(dialect, table)} (\n${body}\n)${dialect.tableSuffix}`;
  return [create, ...(dialect.inlineIndexes ? [] : INDEXES.map((index) => indexSql(dialect, table, index)))];
}

export const dropStatement = (name: DialectName, table: TableName): string =>
  `drop table if exists ${quoteTable(dialectNamed(name), table)}`;

/** The table and its indexes as SQL text, for shops that keep their schema in SQL. `mysql` serves MariaDB too. */
export const paymentsTableSql = (dialect: DialectName, options: PaymentsTableOptions = {}): string =>
  createStatements(dialect, parseTableName(options))
    .map((statement) => `${statement};\n`)
    .join('\n');

/** Makes a client's `createPaymentsTable`: safe at every start and from several processes at once. */
export const tableCreator =
  <Client>(clientOf: (client: Client, statementMs: number) => SqlSender) =>
  async (client: Client, options: PaymentsTableOptions = {}): Promise<void> => {
    const sql = clientOf(client, Infinity);
    const table = parseTableName(options);
    for (const statement of createStatements(sql.dialect, table)) await change(sql, table, statement);
  };

/** Makes a client's `dropPaymentsTable`. */
export const tableDropper =
  <Client>(clientOf: (client: Client, statementMs: number) => SqlSender) =>
  async (client: Client, options: PaymentsTableOptions = {}): Promise<void> => {
    const sql = clientOf(client, Infinity);
    const table = parseTableName(options);
    await change(sql, table, dropStatement(sql.dialect, table));
  };

async function change(client: SqlSender, { table }: TableName, statement: string): Promise<void> {
  try {
    await retrying(() => client.execute(statement, []), isCreationRace);
  } catch (error) {
    throw translate(error, table);
  }
}

const columnSql = (dialect: Dialect, { name, kind, nullable }: Column): string =>
  `${quote(dialect, name)} ${dialect.types[kind]}${nullable ? '' : ' not null'}`;

/** An index lives in its table's schema: SQLite names that with the index, PostgreSQL with the table. */
function indexSql(dialect: Dialect, { schema, table }: TableName, index: Index): string {
  const { suffix, unique, present } = index;
  const own = { table: `${table}_${suffix}`, schema: dialect.schemaNamesIndex ? schema : undefined };
  const on = { table, schema: dialect.schemaNamesIndex ? undefined : schema };
  const where = present === undefined ? '' : ` where ${quote(dialect, present)} is not null`;
  return (
    `create ${unique ? 'unique ' : ''}index if not exists ${quoteTable(dialect, own)}\n` +
    `  on ${quoteTable(dialect, on)} (${listOf(dialect, index)})${where}`
  );
}

const inlineIndexSql = (dialect: Dialect, { table }: TableName, index: Index): string =>
  `${index.unique ? 'unique ' : ''}key ${quote(dialect, `${table}_${index.suffix}`)} (${listOf(dialect, index)})`;

const listOf = (dialect: Dialect, { columns }: Index): string =>
  columns.map((column) => quote(dialect, column)).join(', ');
