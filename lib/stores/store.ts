import type { FailureReason, PaymentRecord, PaymentStatus } from '../core/record';

/** A payment, and who holds its order. */
export interface RecordWithHolder {
  /** As stored. */
  record: PaymentRecord;
  /** The status of the payment that holds the order, which may be this one; null when none does. */
  holder: PaymentStatus | null;
}

/** Which of an order's attempts to read, and how many. */
export interface OrderQuery<Tx = never> {
  /** Only attempts in one of these statuses. */
  statuses?: readonly PaymentStatus[];
  /** At most this many, the newest. */
  limit?: number;
  /** Reads inside this transaction, and sees what others have committed by now. */
  tx?: Tx | undefined;
}

/** Which payments a sweep reads. */
export interface DueQuery {
  /** The AtiPay account. */
  account: string;
  /** Only payments begun under one of these origins. */
  origins: readonly string[];
  /** Only payments in one of these statuses. */
  statuses: readonly PaymentStatus[];
  /** Epoch milliseconds; payments with `dueAt` up to here. */
  now: number;
  /** At most this many, the longest overdue first. */
  limit: number;
  /** Called for a row that cannot be read; the list leaves it out. */
  onUnreadable: (invoiceNumber: string, error: Error) => void;
}

/** How an update is made. */
export interface UpdateOptions<Tx = never> {
  /** The write belongs to this transaction. */
  tx?: Tx;
  /** `false`: throw `ERR_ATIPAY_STORE_LOCKED` at once, or soon, when the row is locked. Default true. */
  wait?: boolean;
}

/** Which payments a member of staff looks for: those that meet every condition given. */
export interface PaymentFilter {
  /** The AtiPay account. */
  account: string;
  /** One attempt. */
  invoiceNumber?: string | undefined;
  /** The shop's order. */
  orderId?: string | undefined;
  /** The receipt in any of its forms (see `foldReceipt`). */
  referenceNumber?: string | undefined;
  /** The number that the buyer sees on the bank's page. */
  traceNumber?: string | undefined;
  /** The bank's retrieval reference number. */
  rrn?: string | undefined;
  /** `09xxxxxxxxx`. */
  cellNumber?: string | undefined;
  /** The card's last four digits. */
  cardEnd?: string | undefined;
  /** Any of these; all when left out or empty. */
  statuses?: readonly PaymentStatus[] | undefined;
  /** `createdAt`, epoch milliseconds: from here on, and before. */
  begun?: TimeRange | undefined;
  /** `verifiedAt`, epoch milliseconds; with it, the list is ordered by this time. */
  confirmed?: TimeRange | undefined;
  /** `givenBackAt`, epoch milliseconds; with it and without `confirmed`, the list is ordered by this time. */
  givenBack?: TimeRange | undefined;
  /** `next` of the page before. */
  after?: string | undefined;
  /** 1 to 1,000. Default 20. */
  limit?: number | undefined;
}

/** From `from` on, and before `before`, epoch milliseconds. */
export interface TimeRange {
  /** Epoch milliseconds, included. */
  from?: number | undefined;
  /** Epoch milliseconds, excluded. */
  before?: number | undefined;
}

/** One page of a search, newest first. */
export interface PaymentPage {
  /** At most `limit`. */
  payments: PaymentRecord[];
  /** Where the next page begins; null when this is the last. */
  next: string | null;
}

/** Which payments to count, and in which steps of time. */
export interface TallyQuery {
  /** Payments of this account. */
  account: string;
  /** The time that counts: `createdAt`, or `verifiedAt`. */
  by: 'begun' | 'confirmed';
  /** Epoch milliseconds: from here on. */
  from: number;
  /** Epoch milliseconds: before. */
  before: number;
  /** Length of a step, in milliseconds. */
  everyMs: number;
}

/** Payments of one step, status and failure reason. Amounts are Rials. */
export interface TallyRow {
  /** When the step begins. */
  at: number;
  /** Counts by status. */
  status: PaymentStatus;
  /** Why they failed or are in review. */
  failureReason: FailureReason | null;
  /** How many they are. */
  count: number;
  /** Their sum. */
  amount: number;
  /** Sum of their give-backs. */
  givenBack: number;
}

/** Payments that hold one of several values in a field. */
export interface LookUpQuery {
  /** Payments of this account. */
  account: string;
  /** `receiptKey`: receipts as `foldReceipt` makes them. */
  field: 'invoiceNumber' | 'receiptKey' | 'rrn' | 'traceNumber';
  /** 1 to 500. */
  values: readonly string[];
  /** 1 to 5,000; the newest. */
  limit: number;
}

/** Look-ups for staff. Records hold secrets (`returnKey`, `token`): do not show them as they are. */
export interface PaymentSearch {
  /** Each look-up reads an index and at most `limit` rows of it. @throws AtipayError `ERR_ATIPAY_STORE` for a bad filter. */
  search(filter: PaymentFilter): Promise<PaymentPage>;

  /** Counts and sums, in one statement. Left out: staff's figures are counted from the payments themselves. */
  tally?(query: TallyQuery): Promise<TallyRow[]>;

  /** Many look-ups in one statement. Left out: they are made one by one. */
  lookUp?(query: LookUpQuery): Promise<PaymentRecord[]>;

  /** The columns of each unique key that the table has, in snake case. Left out: they are not checked. */
  uniqueKeys?(): Promise<string[][]>;
}

/**
 * Where payments are kept. Implementations store the given values and compute nothing; they must pass the suite in
 * `express-atipay/stores/contract`.
 *
 * - Unique: `invoiceNumber`; `receiptKey` in the whole table; `account` + `orderKey`. Nulls never collide. Keys compare
 * byte by byte: `AbC` and `abc`, `a` and `a ` are four different keys.
 * - Records go in and come out as values: changing one afterwards changes nothing in the store.
 * - Integers are exact up to 2^53 - 1; times are epoch milliseconds.
 * - Reads see every write that has been acknowledged: no replica that lags behind.
 * - Transient errors (deadlock, serialization failure, busy) are retried, except within a transaction, where they are
 * thrown. A read is retried when its connection is lost. A write whose connection is lost throws
 * `ERR_ATIPAY_STORE_CONNECTION`: it may have been applied.
 * - A row that stays locked throws `ERR_ATIPAY_STORE_LOCKED`. Every statement has a time limit.
 * - A result without a count of changed rows is an error, never "nothing changed".
 *
 * @typeParam Tx - the transaction that `work` receives, for example `Knex.Transaction`; `never` without transactions.
 */
export interface PaymentStore<Tx = never> {
  /** Keeps a new record. Throws `UniqueViolation` when one of the three keys is taken. */
  insert(record: PaymentRecord): Promise<void>;

  /** The record of an invoice number, or undefined. Throws `ERR_ATIPAY_STORE` naming the invoice for an unreadable row. */
  find(invoiceNumber: string, tx?: Tx): Promise<PaymentRecord | undefined>;

  /**
   * {@link find} with the holder of the order, in one statement: the payment whose `account` and `orderKey` are this
   * one's `account` and `orderId`. It waits for no lock. Left out: the holder is read by `findByOrder`.
   */
  findWithHolder?(invoiceNumber: string): Promise<RecordWithHolder | undefined>;

  /** Attempts at an order, newest first (by `createdAt`, then invoice number). */
  findByOrder(account: string, orderId: string, query?: OrderQuery<Tx>): Promise<PaymentRecord[]>;

  /**
   * Compare-and-set: writes `next`, version included, if the stored version is still `read.version`. Resolves with
   * false, and changes nothing, when the row has another version or is not there. Throws `UniqueViolation`, and
   * changes nothing, when a unique key is taken.
   *
   * Fields that are equal in both records need not be written. `invoiceNumber`, `account`, `orderId`, `origin` and
   * `createdAt` never change.
   */
  update(next: PaymentRecord, read: PaymentRecord, options?: UpdateOptions<Tx>): Promise<boolean>;

  /** Payments a sweep must look at, the longest overdue first (by `dueAt`, then invoice number). */
  due(query: DueQuery): Promise<PaymentRecord[]>;

  /** Records of the account in `review`, oldest first, at most `limit`. */
  inReview(account: string, limit: number): Promise<PaymentRecord[]>;

  /**
   * Runs `work` in a transaction: commits when it resolves and returns its value, rolls back and rethrows when it
   * throws. A statement that ends the transaction ends it for good, even if `work` catches. Left out by stores that
   * have no transactions.
   */
  transaction?<T>(work: (tx: Tx) => Promise<T>): Promise<T>;

  /** Whether an error thrown in a transaction is transient, so that the same work may pass when it is run again. */
  isTransient?(error: unknown): boolean;
}
