import { CHANGING, COLUMNS } from './columns';
import { quote, quoteTable, type Dialect, type TableName } from './dialect';

/** The store's SQL, written once per store. `?` takes the values in the order given here. */
export interface Statements {
  /** All columns. */
  insert: string;
  /** The changing columns, invoice number, version. */
  update: string;
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
  const changes = CHANGING.map((column) => `${quote(dialect, column.name)} = ?`).join(', ');
  const returning = dialect === 'sqlite3' ? ' returning version' : '';
  return {
    insert: `insert into ${table} (${namesIn(dialect)}) values (${COLUMNS.map(() => '?').join(', ')})`,
    update: `update ${table} set ${changes}, version = version + 1 where invoice_number = ? and version = ?${returning}`,
    find: `${select} where invoice_number = ?`,
    findByOrder: `${select} where account = ? and order_id = ? order by created_at desc, invoice_number desc`,
    due: `${select} where account = ? and due_at <= ? order by due_at, invoice_number limit ?`,
    inReview: `${select} where account = ? and status = 'review' order by created_at, invoice_number limit ?`,
  };
}
