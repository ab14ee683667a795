import type { PaymentRecord } from '../../core/record';
import { duePayments } from '../sql/due';
import { toTallyRow } from '../sql/figures';
import { cursorAfter, searchPlan } from '../sql/search';
import { STATEMENT_MS } from '../sql/time';
import type { DueQuery, LookUpQuery, OrderQuery, PaymentFilter, PaymentPage } from '../store';
import type { PaymentSearch, PaymentStore, TallyQuery, TallyRow, UpdateOptions } from '../store';
import { collectionIn, collectionNameOf, uniqueKeysOf, type PaymentsCollectionOptions } from './collection';
import { changesIn, readDocument, toDocument, toRow } from './documents';
import type { Document, MongoDbSource, MongoSessionLike } from './driver';
import { isTransient } from './errors';
import { Executor } from './executor';
import { dueFilter, lookUpFilter, orderFilter, searchFilter, tallyPipeline } from './queries';

/** Where payments are kept, and how long the store waits for the database. */
export interface MongoStoreOptions extends PaymentsCollectionOptions {
  /** Milliseconds after which a command of the store fails with `ERR_ATIPAY_STORE_CONNECTION`. Default 10,000. */
  statementTimeoutMs?: number;
}

type Sort = Readonly<Record<string, 1 | -1>>;

const NEWEST_FIRST: Sort = { created_at: -1, _id: -1 };

/** How long an update that must not wait gives a transaction that holds its document, in milliseconds. */
const HELD_MS = 1_000;

/** The payments in a collection, without transactions. */
export class MongoPayments<Session extends MongoSessionLike> implements PaymentStore<Session>, PaymentSearch {
  /** @internal */
  protected readonly executor: Executor<Session>;

  constructor(db: MongoDbSource<Session>, options: MongoStoreOptions = {}) {
    this.executor = new Executor(db, collectionNameOf(options), options.statementTimeoutMs ?? STATEMENT_MS);
  }

  async insert(record: PaymentRecord): Promise<void> {
    const document = toDocument(record) as never;
    await this.executor.write((collection, options) => collection.insertOne(document, options as never));
  }

  async find(invoiceNumber: string, tx?: Session): Promise<PaymentRecord | undefined> {
    const [document] = await this.read({ _id: { $eq: invoiceNumber } }, {}, 1, tx);
    return document && readDocument(document);
  }

  async findByOrder(
    account: string,
    orderId: string,
    query: OrderQuery<Session> = {},
  ): Promise<PaymentRecord[]> {
    const { statuses, limit } = query;
    if (statuses?.length === 0) return [];
    const found = await this.read(orderFilter(account, orderId, statuses), NEWEST_FIRST, limit);
    return found.map(readDocument);
  }

  async update(
    next: PaymentRecord,
    read: PaymentRecord,
    options: UpdateOptions<Session> = {},
  ): Promise<boolean> {
    const { tx, wait = true } = options;
    const filter = { _id: { $eq: read.invoiceNumber }, version: { $eq: read.version } } as never;
    const change = { $set: changesIn(next, read) } as never;
    const never = (): boolean => false;
    const { matchedCount } = await this.executor.write(
      (collection, given) =>
        collection.updateOne(filter, change, (wait ? given : { ...given, maxTimeMS: HELD_MS }) as never),
      tx,
      wait ? isTransient : never,
    );
    return matchedCount === 1;
  }

  due(query: DueQuery): Promise<PaymentRecord[]> {
    return duePayments(query, async (page) => {
      const found = await this.read(dueFilter(page), { due_at: 1, _id: 1 }, page.limit);
      return found.map(toRow);
    });
  }

  async inReview(account: string, limit: number): Promise<PaymentRecord[]> {
    const filter = { account: { $eq: account }, status: { $eq: 'review' } };
    return (await this.read(filter, { created_at: 1, _id: 1 }, limit)).map(readDocument);
  }

  async search(filter: PaymentFilter): Promise<PaymentPage> {
    const { conditions, time, limit } = searchPlan(filter);
    const found = await this.read(searchFilter(conditions), { [time]: -1, _id: -1 }, limit + 1);
    const payments = found.slice(0, limit).map(readDocument);
    const last = payments.at(-1);
    return { payments, next: found.length > limit && last ? cursorAfter(filter, last) : null };
  }

  async tally(query: TallyQuery): Promise<TallyRow[]> {
    const pipeline = tallyPipeline(query) as never;
    const groups = await this.executor.read((collection, options) =>
      collection.aggregate(pipeline, options as never),
    );
    return groups.map(({ _id, ...sums }) => toTallyRow({ ...(_id as Document), ...sums }));
  }

  async lookUp(query: LookUpQuery): Promise<PaymentRecord[]> {
    return (await this.read(lookUpFilter(query), NEWEST_FIRST, query.limit)).map(readDocument);
  }

  uniqueKeys(): Promise<string[][]> {
    const { executor } = this;
    return executor.ask(() => uniqueKeysOf(collectionIn(executor.db, executor.name)));
  }

  isTransient(error: unknown): boolean {
    return isTransient(error);
  }

  /** No limit: all of them. @internal */
  protected read(filter: Document, sort: Sort, limit = 0, tx?: Session): Promise<Document[]> {
    return this.executor.read(
      (collection, options) =>
        collection
          .find(filter as never, options as never)
          .sort(sort as never)
          .limit(limit),
      tx,
    );
  }
}
