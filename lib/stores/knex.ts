import type { Knex } from 'knex';
import { withFields, type PaymentRecord } from '../payment';
import { bindings, changesOf, givenIn, toRecord } from './knex/columns';
import {
  dialectOf,
  hasChanged,
  needsReturning,
  parseTableName,
  refuseTransaction,
  rowsOf,
} from './knex/dialect';
import type { Dialect, PaymentsTableOptions, TableName } from './knex/dialect';
import { isPassing, translate } from './knex/failures';
import { retrying } from './knex/retry';
import { waysThrough } from './knex/send';
import { searchStatement, type PaymentFilter } from './knex/search';
import { statementsFor, type Statements } from './knex/statements';
import { transact } from './knex/transact';
import type { Values, Ways } from './knex/ways';
import { newestFirst } from './sequence';
import type { PaymentStore } from './store';

export type { Dialect, PaymentsTableOptions } from './knex/dialect';
export type { PaymentFilter } from './knex/search';
export { paymentsMigrations, type PaymentsMigration } from './knex/migrations';
export { createPaymentsTable, dropPaymentsTable, paymentsTableSql } from './knex/table';

/**
 * Keeps payments in the shop's own database, through the shop's own Knex instance: SQLite, PostgreSQL, MySQL or
 * MariaDB. Each write is one statement; a connection is held across statements inside `transaction` only. The table
 * must exist: {@link createPaymentsTable}.
 *
 * Everything but `UniqueViolation` is thrown as `ERR_ATIPAY_STORE`, with the driver's words as its cause and no
 * values of the payment.
 */
export class KnexPaymentStore implements PaymentStore<Knex.Transaction> {
  readonly #knex: Knex;
  readonly #ways: Ways;
  readonly #dialect: Dialect;
  readonly #name: TableName;
  readonly #sql: Statements;

  /** @throws AtipayError `ERR_ATIPAY_STORE` for what is no Knex instance, an unknown dialect or a bad table name. */
  constructor(knex: Knex, options: PaymentsTableOptions = {}) {
    this.#name = parseTableName(options);
    this.#knex = knex;
    this.#dialect = dialectOf(knex);
    refuseTransaction(knex);
    this.#sql = statementsFor(this.#dialect, this.#name, needsReturning(knex));
    this.#ways = waysThrough(knex);
  }

  async insert(record: PaymentRecord): Promise<void> {
    const columns = givenIn(record);
    await this.#write(this.#sql.insert(columns), bindings(record, columns));
  }

  async find(invoiceNumber: string): Promise<PaymentRecord | undefined> {
    const [record] = await this.#select(this.#sql.find, [invoiceNumber]);
    return record;
  }

  async findByOrder(account: string, orderId: string): Promise<PaymentRecord[]> {
    return (await this.#select(this.#sql.findByOrder, [account, orderId])).sort(newestFirst);
  }

  async update(
    record: PaymentRecord,
    tx?: Knex.Transaction,
    from?: PaymentRecord,
  ): Promise<PaymentRecord | undefined> {
    const columns = changesOf(record, from);
    const values = [...bindings(record, columns), record.invoiceNumber, record.version];
    const result = await this.#write(this.#sql.update(columns), values, tx);
    return hasChanged(this.#dialect, result)
      ? withFields(record, { version: record.version + 1 })
      : undefined;
  }

  due(account: string, now: number, limit: number): Promise<PaymentRecord[]> {
    return this.#select(this.#sql.due, [account, now, limit]);
  }

  inReview(account: string, limit: number): Promise<PaymentRecord[]> {
    return this.#select(this.#sql.inReview, [account, limit]);
  }

  /**
   * Finds payments for an operator, newest first: not part of the store's contract, since no payment needs it. Records
   * hold secrets of the payment's own URLs (`returnKey`, `token`): do not show them as they are.
   *
   * @throws AtipayError `ERR_ATIPAY_STORE` for a filter that makes no sense.
   */
  async search(filter: PaymentFilter = {}): Promise<PaymentRecord[]> {
    const { sql, values } = searchStatement(this.#dialect, this.#name, filter);
    return this.#select(sql, values);
  }

  transaction<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    return transact(this.#knex, work);
  }

  async #select(sql: string, values: Values): Promise<PaymentRecord[]> {
    const read = (): Promise<unknown> => this.#ways.read(sql, values);
    return rowsOf(this.#dialect, await this.#try(() => retrying(read, isPassing))).map(toRecord);
  }

  #write(sql: string, values: Values, tx?: Knex.Transaction): Promise<unknown> {
    const write = (): Promise<unknown> => this.#ways.write(sql, values);
    return this.#try(() => (tx ? tx.raw<unknown>(sql, values) : retrying(write, isPassing)));
  }

  async #try(statement: () => PromiseLike<unknown>): Promise<unknown> {
    try {
      return await statement();
    } catch (error) {
      throw translate(error, this.#name.table);
    }
  }
}
