import { bitsOf, COLUMNS, type Column } from './columns';
import { quote, quoteTable, type Dialect, type TableName } from './dialect';
import { keptIn } from './kept';

/** The store's SQL, written once per store. `?` takes the values in the order given here. */
export interface Statements {
  /** These columns. */
  insert: (columns: readonly Column[]) => string;
  /** These columns, invoice number, version. */
  update: (columns: readonly Column[]) => string;
  /** Invoice number. */
  find: string;
  /** Account, order. In no order: they are few, and most orders have none; planning a sort takes longer than sorting. */
  findByOrder: string;
  /** Account, now, limit. */
  due: string;
  /** Account, limit. */
  inReview: string;
}

const namesIn = (dialect: Dialect, columns: readonly Column[]): string =>
  columns.map(({ name }) => quote(dialect, name)).join(', ');

/**
 * Whole rows of a table, still without a condition. PostgreSQL describes every column of an answer anew, rows or not, and
 * pg reads all of it: values in one array of JSON take a fifth of the time less.
 */
export function selectFrom(dialect: Dialect, name: TableName): string {
  const names = namesIn(dialect, COLUMNS);
  const row = dialect === 'pg' ? `json_build_array(${names}) as payment` : names;
  return `select ${row} from ${quoteTable(dialect, name)}`;
}

/**
 * Writes the statements for a table.
 *
 * @param returning - Whether an update answers with its row, where the driver does not count rows.
 */
export function statementsFor(dialect: Dialect, name: TableName, returning = false): Statements {
  const table = quoteTable(dialect, name);
  const select = selectFrom(dialect, name);
  return {
    insert: byColumns((columns) => insertOf(dialect, table, columns)),
    update: byColumns(
      (columns) => updateOf(dialect, table, columns) + (returning ? ' returning version' : ''),
    ),
    find: `${select} where invoice_number = ?`,
    findByOrder: `${select} where account = ? and order_id = ?`,
    due: `${select} where account = ? and due_at <= ? order by due_at, invoice_number limit ?`,
    inReview: `${select} where account = ? and status = 'review' order by created_at, invoice_number limit ?`,
  };
}

/** Payments begin and change in few ways, so there are few statements; each is written once. */
function byColumns(write: (columns: readonly Column[]) => string): (columns: readonly Column[]) => string {
  const written = new Map<number, string>();
  return (columns) => keptIn(written, bitsOf(columns), () => write(columns));
}

const insertOf = (dialect: Dialect, table: string, columns: readonly Column[]): string =>
  `insert into ${table} (${namesIn(dialect, columns)}) values (${columns.map(() => '?').join(', ')})`;

function updateOf(dialect: Dialect, table: string, columns: readonly Column[]): string {
  const changes = columns.map(({ name }) => `${quote(dialect, name)} = ?, `).join('');
  return `update ${table} set ${changes}version = version + 1 where invoice_number = ? and version = ?`;
}
