import { COLUMNS, type Column } from './columns';
import { quote, quoteTable, type Dialect, type TableName } from './dialect';

/** The store's SQL, written once per store. `?` takes the values in the order given here. */
export interface Statements {
  /** All columns. */
  insert: string;
  /** These columns, invoice number, version. */
  update: (columns: readonly Column[]) => string;
  /** Invoice number. */
  find: string;
  /** Account, order. */
  findByOrder: string;
  /** Account, now, limit. */
  due: string;
  /** Account, limit. */
  inReview: string;
}

const namesIn = (dialect: Dialect): string => COLUMNS.map(({ name }) => quote(dialect, name)).join(', ');

/** Whole rows of a table, still without a condition. */
export const selectFrom = (dialect: Dialect, name: TableName): string =>
  `select ${namesIn(dialect)} from ${quoteTable(dialect, name)}`;

/** Writes the statements for a table. */
export function statementsFor(dialect: Dialect, name: TableName): Statements {
  const table = quoteTable(dialect, name);
  const select = selectFrom(dialect, name);
  return {
    insert: `insert into ${table} (${namesIn(dialect)}) values (${COLUMNS.map(() => '?').join(', ')})`,
    update: updatesOf(dialect, table),
    find: `${select} where invoice_number = ?`,
    findByOrder: `${select} where account = ? and order_id = ? order by created_at desc, invoice_number desc`,
    due: `${select} where account = ? and due_at <= ? order by due_at, invoice_number limit ?`,
    inReview: `${select} where account = ? and status = 'review' order by created_at, invoice_number limit ?`,
  };
}

/** Updates by the columns they write. Payments change in few ways, so there are few; each is written once. */
function updatesOf(dialect: Dialect, table: string): Statements['update'] {
  const written = new Map<string, string>();
  const returning = dialect === 'sqlite3' ? ' returning version' : '';
  return (columns) => {
    const changes = columns.map(({ name }) => `${quote(dialect, name)} = ?, `).join('');
    const known = written.get(changes);
    if (known !== undefined) return known;
    const sql = `update ${table} set ${changes}version = version + 1 where invoice_number = ? and version = ?${returning}`;
    written.set(changes, sql);
    return sql;
  };
}
