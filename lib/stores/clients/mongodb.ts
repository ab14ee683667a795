import type { PaymentRecord } from '../../core/record';
import { newestFirst } from '../sequence';
import { readDocument } from '../mongodb/documents';
import type { MongoDbSource, MongoSessionLike } from '../mongodb/driver';
import { MongoPayments, type MongoStoreOptions } from '../mongodb/payments';
import { orderFilter } from '../mongodb/queries';
import { Transactions } from '../mongodb/transaction';
import type { OrderQuery, PaymentStore, UpdateOptions } from '../store';

export { createPaymentsCollection, dropPaymentsCollection } from '../mongodb/collection';
export type { PaymentsCollectionOptions } from '../mongodb/collection';
export type { MongoDbLike, MongoDbSource, MongoSessionLike } from '../mongodb/driver';
export type { MongoStoreOptions } from '../mongodb/payments';

/**
 * Keeps payments in a collection of the shop's MongoDB, through the driver's `Db`; a Mongoose connection has one. A
 * hook's `tx` is a `ClientSession` in a transaction, which needs a replica set or a sharded cluster: elsewhere
 * `transaction` rejects and says so. The indexes must exist: see `createPaymentsCollection`.
 *
 * ```ts
 * new MongoPaymentStore(client.db('shop'));
 * new MongoPaymentStore(() => mongoose.connection.db);
 * ```
 */
export class MongoPaymentStore<Session extends MongoSessionLike>
  extends MongoPayments<Session>
  implements PaymentStore<Session>
{
  readonly #transactions: Transactions<Session>;

  /** @throws AtipayError `ERR_ATIPAY_STORE` for a bad collection name. */
  constructor(db: MongoDbSource<Session>, options: MongoStoreOptions = {}) {
    super(db, options);
    this.#transactions = new Transactions(this.executor);
  }

  transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.#transactions.run(work);
  }

  override async update(
    next: PaymentRecord,
    read: PaymentRecord,
    options: UpdateOptions<Session> = {},
  ): Promise<boolean> {
    const changed = await super.update(next, read, options);
    if (changed && options.tx) this.#transactions.note(options.tx, next.invoiceNumber, next.version);
    return changed;
  }

  /**
   * A transaction sees the data as they were at its first command. Later commits of others are read outside of it, and
   * its writes inside of it.
   */
  override async findByOrder(
    account: string,
    orderId: string,
    query: OrderQuery<Session> = {},
  ): Promise<PaymentRecord[]> {
    const { tx, statuses, limit } = query;
    if (tx === undefined || statuses?.length === 0) return super.findByOrder(account, orderId, query);
    const written = this.#transactions.written(tx);
    const filter = orderFilter(account, orderId, statuses);
    const sort = { created_at: -1, _id: -1 } as const;
    const own = await this.read({ ...filter, _id: { $in: written } }, sort, limit, tx);
    const others = await this.read({ ...filter, _id: { $nin: written } }, sort, limit);
    return [...own, ...others].map(readDocument).sort(newestFirst).slice(0, limit);
  }
}
