import type { PaymentRecord } from '../../core/record';
import type { DueQuery, OrderQuery } from '../store';
import type { SqlValue } from './client';
import { changesOf, COLUMNS, givenIn, type Column } from './columns';
import { placed, quote, type Dialect } from './dialect';
import { bindings } from './rows';
import { quoteTable, type TableName } from './table';

/** A statement and its values. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** One status and origin of a {@link DueQuery}, after a row already read. */
export interface DuePage extends Pick<DueQuery, 'account' | 'now' | 'limit'> {
  readonly origin: string;
  readonly status: string;
  readonly after?: { readonly dueAt: number; readonly invoiceNumber: string } | undefined;
}

/** Writes the store's statements for one table. */
export class Statements {
  readonly table: string;
  readonly #dialect: Dialect;
  readonly #select: string;

  constructor(dialect: Dialect, name: TableName) {
    this.#dialect = dialect;
    this.table = quoteTable(dialect, name);
    this.#select = `select ${this.#names(COLUMNS)} from ${this.table}`;
  }

  insert(record: PaymentRecord): Statement {
    const columns = givenIn(record);
    const marks = columns.map(() => '?').join(', ');
    return this.#write(`insert into ${this.table} (${this.#names(columns)}) values (${marks})`, [
      ...bindings(record, columns),
    ]);
  }

  find(invoiceNumber: string): Statement {
    return this.#write(`${this.#select} where invoice_number = ?`, [invoiceNumber]);
  }

  /** With the status of the payment that holds the order as `holder`. */
  findWithHolder(invoiceNumber: string): Statement {
    const holder =
      `select other.status from ${this.table} other` +
      ' where other.account = payment.account and other.order_key = payment.order_id';
    return this.#write(
      `select ${this.#names(COLUMNS)}, (${holder}) as holder from ${this.table} payment where invoice_number = ?`,
      [invoiceNumber],
    );
  }

  /** `inTransaction`: sees what others have committed meanwhile. */
  findByOrder(
    account: string,
    orderId: string,
    { statuses, limit }: OrderQuery,
    inTransaction: boolean,
  ): Statement {
    const among = statuses ? ` and status in (${statuses.map(() => '?').join(', ')})` : '';
    const most = limit === undefined ? '' : ' limit ?';
    return this.#write(
      `${this.#select} where account = ? and order_id = ?${among}` +
        ` order by created_at desc, invoice_number desc${most}${inTransaction ? this.#dialect.latest : ''}`,
      [account, orderId, ...(statuses ?? []), ...(limit === undefined ? [] : [limit])],
    );
  }

  /** `lock`: the statement fails when the row is locked; for dialects with {@link Dialect.lockingSubquery}. */
  update(next: PaymentRecord, read: PaymentRecord, lock: boolean): Statement {
    const columns = changesOf(next, read);
    const changes = columns.map(({ name }) => `${quote(this.#dialect, name)} = ?`).join(', ');
    const key: SqlValue[] = [read.invoiceNumber, read.version];
    const locked = lock ? ` and invoice_number in (select invoice_number from locked)` : '';
    const update = `update ${this.table} set ${changes} where invoice_number = ? and version = ?${locked}`;
    const values = [...bindings(next, columns), ...key];
    if (!lock) return this.#write(update, values);
    return this.#write(`with locked as (${this.#lock}) ${update}`, [...key, ...values]);
  }

  /** Locks the row of an update, or fails at once. */
  lock(read: PaymentRecord): Statement {
    return this.#write(this.#lock, [read.invoiceNumber, read.version]);
  }

  due({ account, origin, status, now, limit, after }: DuePage): Statement {
    const beyond = after ? ' and due_at >= ? and (due_at > ? or invoice_number > ?)' : '';
    return this.#write(
      `${this.#select} where account = ? and origin = ? and status = ? and due_at <= ?${beyond}` +
        ' order by due_at, invoice_number limit ?',
      [
        ...[account, origin, status, now],
        ...(after ? [after.dueAt, after.dueAt, after.invoiceNumber] : []),
        limit,
      ],
    );
  }

  inReview(account: string, limit: number): Statement {
    return this.#write(
      `${this.#select} where account = ? and status = 'review' order by created_at, invoice_number limit ?`,
      [account, limit],
    );
  }

  /** Whole rows that meet a condition, in an order. */
  select(condition: string, order: string, values: readonly SqlValue[]): Statement {
    return this.#write(`${this.#select} where ${condition} order by ${order} limit ?`, values);
  }

  /** The version of a row as the transaction sees it. */
  version(invoiceNumber: string): Statement {
    return this.#write(`select version from ${this.table} where invoice_number = ?`, [invoiceNumber]);
  }

  get #lock(): string {
    return `select invoice_number from ${this.table} where invoice_number = ? and version = ? for update nowait`;
  }

  #names(columns: readonly Column[]): string {
    return columns.map(({ name }) => quote(this.#dialect, name)).join(', ');
  }

  #write(sql: string, values: readonly SqlValue[]): Statement {
    return { sql: placed(this.#dialect, sql), values };
  }
}
