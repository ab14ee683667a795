import type { PaymentRecord } from '../payment';

/**
 * Where payments are kept. Implementations store what they are given and compute nothing; they must pass the suite
 * in `express-atipay/stores/contract`.
 *
 * - Unique: `invoiceNumber`; `account` + `referenceNumber`; `account` + `orderKey`. Nulls never collide. Keys
 *   compare byte by byte: `AbC` and `abc`, `a` and `a ` are four different keys.
 * - Records go in and come out as values: changing one afterwards changes nothing in the store.
 * - Integers are exact up to 2^53 - 1; times are epoch milliseconds.
 * - Errors that pass by themselves (deadlock, serialization failure, busy) are retried, except within a
 *   transaction, where they are thrown.
 *
 * @typeParam Tx - what `transaction` hands to its work, for example `Knex.Transaction`; `never` without transactions.
 */
export interface PaymentStore<Tx = never> {
  /** Keeps a new record. Throws `UniqueViolation` when one of the three keys is taken. */
  insert(record: PaymentRecord): Promise<void>;

  /** The record of an invoice number, or undefined. */
  find(invoiceNumber: string): Promise<PaymentRecord | undefined>;

  /** All attempts at an order, newest first (by `createdAt`, then invoice number). */
  findByOrder(account: string, orderId: string): Promise<PaymentRecord[]>;

  /**
   * Compare-and-set: writes the record if the stored version is still `record.version`, and returns what is now
   * stored, with `version + 1`. Returns undefined, and changes nothing, when the row has moved or is not there.
   * Throws `UniqueViolation`, and changes nothing, when a unique key is taken.
   *
   * With `tx` the write belongs to that transaction. `invoiceNumber`, `account`, `orderId` and `createdAt` never change.
   *
   * @param from - the record of that version as this store gave it out: what equals it need not be written. A store may
   * ignore it.
   */
  update(record: PaymentRecord, tx?: Tx, from?: PaymentRecord): Promise<PaymentRecord | undefined>;

  /** Records of the account with `dueAt <= now`, the longest overdue first, at most `limit`. */
  due(account: string, now: number, limit: number): Promise<PaymentRecord[]>;

  /** Records of the account in `review`, oldest first, at most `limit`. */
  inReview(account: string, limit: number): Promise<PaymentRecord[]>;

  /**
   * Runs `work` in a transaction: commits when it resolves and returns its value, rolls back and rethrows when it
   * throws. Left out by stores that have no transactions.
   */
  transaction?<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}
