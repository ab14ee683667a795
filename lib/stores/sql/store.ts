import type { PaymentRecord } from '../../core/record';
import type { DueQuery, LookUpQuery, OrderQuery, PaymentFilter, PaymentPage } from '../store';
import type { PaymentSearch, TallyQuery, TallyRow } from '../store';
import type { PaymentStore, RecordWithHolder, UpdateOptions } from '../store';
import type { Row, SqlClient } from './client';
import { dialectNamed, type Dialect } from './dialect';
import { duePayments } from './due';
import { isTransient, storeError } from './errors';
import { Executor } from './executor';
import { lookUpCondition, tallyStatement, toTallyRow } from './figures';
import { toHolder, toRecord } from './rows';
import { cursorAfter, searchParts } from './search';
import { Statements } from './statements';
import { parseTableName, type PaymentsTableOptions, type TableName } from './table';
import { STATEMENT_MS } from './time';
import { Transactions } from './transaction';
import { toUniqueKeys, uniqueKeysStatement } from './unique-keys';

/** Where payments are kept, and how long the store waits for the database. */
export interface SqlStoreOptions extends PaymentsTableOptions {
  /**
   * Milliseconds after which a statement of the store fails with `ERR_ATIPAY_STORE_CONNECTION`, waiting for a
   * connection included. Default 10,000.
   */
  statementTimeoutMs?: number;
  /** PostgreSQL: ends a hook's transaction that sends nothing for so long, so that its locks go. Default 300,000. */
  idleTransactionMs?: number;
}

/**
 * Keeps payments in a SQL database through the client that a shop has. The table must exist: see `createPaymentsTable`
 * of the client's entry. Errors are `UniqueViolation` or `ERR_ATIPAY_STORE…`, and hold codes of the client but none of
 * its messages.
 *
 * @typeParam Tx - The client's transaction.
 */
export class SqlPaymentStore<Tx> implements PaymentStore<Tx>, PaymentSearch {
  readonly #executor: Executor<Tx>;
  readonly #transactions: Transactions<Tx>;
  readonly #sql: Statements;
  readonly #dialect: Dialect;
  readonly #name: TableName;

  /** @throws AtipayError `ERR_ATIPAY_STORE` for a bad table name. */
  constructor(client: SqlClient<Tx>, options: SqlStoreOptions = {}) {
    const { statementTimeoutMs = STATEMENT_MS, idleTransactionMs = 300_000 } = options;
    const dialect = dialectNamed(client.dialect);
    const name = parseTableName(options);
    this.#dialect = dialect;
    this.#name = name;
    this.#sql = new Statements(dialect, name);
    this.#executor = new Executor(client, name.table, statementTimeoutMs);
    const guard = dialect.guard(this.#sql.table, idleTransactionMs);
    this.#transactions = new Transactions(client, this.#executor, this.#sql, guard);
  }

  async insert(record: PaymentRecord): Promise<void> {
    await this.#executor.write(this.#sql.insert(record));
  }

  async find(invoiceNumber: string, tx?: Tx): Promise<PaymentRecord | undefined> {
    const [row] = await this.#executor.read(this.#sql.find(invoiceNumber), tx);
    return row && toRecord(row);
  }

  async findWithHolder(invoiceNumber: string): Promise<RecordWithHolder | undefined> {
    const [row] = await this.#executor.read(this.#sql.findWithHolder(invoiceNumber));
    return row && { record: toRecord(row), holder: toHolder(row) };
  }

  async findByOrder(account: string, orderId: string, query: OrderQuery<Tx> = {}): Promise<PaymentRecord[]> {
    const { statuses, limit, tx } = query;
    if (statuses?.length === 0) return [];
    const bounds = { ...(statuses && { statuses }), ...(limit !== undefined && { limit }) };
    const statement = this.#sql.findByOrder(account, orderId, bounds, tx !== undefined);
    return (await this.#executor.read(statement, tx)).map(toRecord);
  }

  async update(next: PaymentRecord, read: PaymentRecord, options: UpdateOptions<Tx> = {}): Promise<boolean> {
    const { tx, wait = true } = options;
    const changed = wait
      ? await this.#executor.write(this.#sql.update(next, read, false), tx)
      : await this.#transactions.withoutWaiting(next, read, tx);
    if (changed > 1) throw storeError(`An update changed ${changed} rows: invoice numbers must be unique.`);
    if (changed === 1 && tx !== undefined) this.#transactions.note(tx, next);
    return changed === 1;
  }

  due(query: DueQuery): Promise<PaymentRecord[]> {
    return duePayments(query, (page) => this.#executor.read(this.#sql.due(page)));
  }

  async inReview(account: string, limit: number): Promise<PaymentRecord[]> {
    return (await this.#executor.read(this.#sql.inReview(account, limit))).map(toRecord);
  }

  async search(filter: PaymentFilter): Promise<PaymentPage> {
    const { condition, order, values, limit } = searchParts(filter);
    const statement = this.#sql.select(condition, order, [...values, limit + 1]);
    const rows: readonly Row[] = await this.#executor.read(statement);
    const payments = rows.slice(0, limit).map(toRecord);
    const last = payments.at(-1);
    return { payments, next: rows.length > limit && last ? cursorAfter(filter, last) : null };
  }

  async tally(query: TallyQuery): Promise<TallyRow[]> {
    const statement = tallyStatement(this.#dialect, this.#sql.table, query);
    return (await this.#executor.read(statement)).map(toTallyRow);
  }

  async lookUp(query: LookUpQuery): Promise<PaymentRecord[]> {
    const [condition, values] = lookUpCondition(query);
    const order = 'created_at desc, invoice_number desc';
    const statement = this.#sql.select(condition, order, [...values, query.limit]);
    return (await this.#executor.read(statement)).map(toRecord);
  }

  async uniqueKeys(): Promise<string[][]> {
    return toUniqueKeys(await this.#executor.read(uniqueKeysStatement(this.#dialect, this.#name)));
  }

  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#transactions.run(work);
  }

  isTransient(error: unknown): boolean {
    return isTransient(error);
  }
}
