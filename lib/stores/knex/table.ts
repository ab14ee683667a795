import type { Knex } from 'knex';
import { COLUMNS, type Column, type ColumnKind } from './columns';
import { dialectOf, parseTableName, quote, quoteTable } from './dialect';
import type { Dialect, PaymentsTableOptions, TableName } from './dialect';
import { isCreationRace, translate } from './failures';
import { retrying } from './retry';

/**
 * The binary collation that minds trailing spaces has one name in MySQL and another in MariaDB. Comments with a
 * version are read by the one and skipped by the other; where neither is read, the table's own utf8mb4_bin holds.
 */
const MYSQL_BYTES = '/*!80017 collate utf8mb4_0900_bin */ /*M!100203 collate utf8mb4_nopad_bin */';

const TYPES: Record<Dialect, Record<ColumnKind, string>> = {
  sqlite3: { key: 'text', word: 'text', text: 'text', json: 'text', count: 'integer', number: 'bigint' },
  pg: {
    key: 'text collate "C"',
    word: 'text',
    text: 'text',
    json: 'text',
    count: 'integer',
    number: 'bigint',
  },
  mysql: {
    key: `varchar(255) ${MYSQL_BYTES}`,
    word: 'varchar(40)',
    text: 'text',
    json: 'longtext',
    count: 'integer',
    number: 'bigint',
  },
};

/** MySQL's indexes hold at most 3,072 bytes, at four a character. */
const MYSQL_SHORT = new Set(['invoice_number', 'account']);

interface Index {
  suffix: string;
  unique: boolean;
  columns: string[];
  /** Only these rows are indexed, where the database can. */
  where: string;
  /** Where it cannot: what must stand in the index instead. */
  mysqlColumns?: string[];
}

const INDEXES: readonly Index[] = [
  {
    suffix: 'receipt',
    unique: true,
    columns: ['account', 'reference_number'],
    where: 'reference_number is not null',
  },
  { suffix: 'order', unique: true, columns: ['account', 'order_key'], where: 'order_key is not null' },
  { suffix: 'attempts', unique: false, columns: ['account', 'order_id'], where: '' },
  {
    suffix: 'due',
    unique: false,
    columns: ['account', 'due_at', 'invoice_number'],
    where: 'due_at is not null',
  },
  {
    suffix: 'review',
    unique: false,
    columns: ['account', 'created_at', 'invoice_number'],
    where: "status = 'review'",
    mysqlColumns: ['account', 'status', 'created_at', 'invoice_number'],
  },
];

/**
 * Creates the payments table and its indexes, or what is missing of them. May be called at every start, by several
 * processes at once, and with a transaction of a migration.
 *
 * @throws AtipayError `ERR_ATIPAY_STORE`
 */
export async function createPaymentsTable(knex: Knex, options: PaymentsTableOptions = {}): Promise<void> {
  const name = parseTableName(options);
  const statements = createStatements(dialectOf(knex), name);
  try {
    for (const statement of statements) await retrying(() => run(knex, statement), isCreationRace);
  } catch (error) {
    throw translate(error, name.table);
  }
}

/** The same as text, for shops that keep their schema in SQL. `mysql` serves MariaDB too. */
export function paymentsTableSql(client: Dialect, options: PaymentsTableOptions = {}): string {
  return createStatements(client, parseTableName(options))
    .map((statement) => `${statement};\n`)
    .join('\n');
}

/** Drops the payments table and every payment in it. */
export async function dropPaymentsTable(knex: Knex, options: PaymentsTableOptions = {}): Promise<void> {
  const table = quoteTable(dialectOf(knex), parseTableName(options));
  await knex.raw(`drop table if exists ${table}`);
}

async function run(knex: Knex, statement: string): Promise<void> {
  await knex.raw(statement);
}

function createStatements(dialect: Dialect, name: TableName): string[] {
  const lines = COLUMNS.map((column) => `  ${columnSql(dialect, column)}`);
  lines.push(`  primary key (${quote(dialect, 'invoice_number')})`);
  if (dialect === 'mysql') lines.push(...INDEXES.map((index) => `  ${inlineIndex(name, index)}`));
  const end = dialect === 'mysql' ? ' engine = InnoDB default character set utf8mb4 collate utf8mb4_bin' : '';
  const table = `create table if not exists ${quoteTable(dialect, name)} (\n${lines.join(',\n')}\n)${end}`;
  return dialect === 'mysql' ? [table] : [table, ...INDEXES.map((index) => indexSql(dialect, name, index))];
}

function columnSql(dialect: Dialect, { name, kind, nullable }: Column): string {
  const type = TYPES[dialect][kind];
  const fitted = MYSQL_SHORT.has(name) ? type.replace('varchar(255)', 'varchar(64)') : type;
  return `${quote(dialect, name)} ${fitted}${nullable ? '' : ' not null'}`;
}

/** An index lives in its table's schema: SQLite wants that said of the index, PostgreSQL of the table. */
function indexSql(dialect: Dialect, name: TableName, { suffix, unique, columns, where }: Index): string {
  const index = { table: `${name.table}_${suffix}`, schema: dialect === 'sqlite3' ? name.schema : undefined };
  const table = { table: name.table, schema: dialect === 'sqlite3' ? undefined : name.schema };
  const list = columns.map((column) => quote(dialect, column)).join(', ');
  return (
    `create ${unique ? 'unique ' : ''}index if not exists ${quoteTable(dialect, index)}\n` +
    `  on ${quoteTable(dialect, table)} (${list})${where && ` where ${where}`}`
  );
}

function inlineIndex({ table }: TableName, { suffix, unique, columns, mysqlColumns }: Index): string {
  const list = (mysqlColumns ?? columns).map((column) => quote('mysql', column)).join(', ');
  return `${unique ? 'unique ' : ''}key ${quote('mysql', `${table}_${suffix}`)} (${list})`;
}
