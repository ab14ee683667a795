/** Where a payment stands. `paid` and `failed` are final, `review` waits for an answer or for a person. */
export type PaymentStatus = 'created' | 'pending' | 'received' | 'verifying' | 'paid' | 'failed' | 'review';

/** `IRR`: the shop counts in Rials. `IRT`: in Tomans (1 Toman = 10 Rials). */
export type Currency = 'IRR' | 'IRT';

/** Table 1 of the protocol without `OK`: how the gateway names a payment that was not made. */
export type GatewayFailure =
  | 'CanceledByUser'
  | 'Failed'
  | 'SessionIsNull'
  | 'InvalidParameters'
  | 'MerchantIpAddressIsInvalid'
  | 'TokenNotFound'
  | 'TokenRequired'
  | 'TerminalNotFound';

/** Why a payment failed or needs a person: a Table 1 state, or a name of this package's own. */
export type FailureReason =
  | GatewayFailure
  | 'TokenRefused'
  | 'GatewayUnavailable'
  | 'Abandoned'
  | 'WindowMissed'
  | 'OrderNotPayable'
  | 'OrderAlreadyPaid'
  | 'OrderInReview'
  | 'VerificationRefused'
  | 'AmountMismatch'
  | 'VerificationUnclear'
  | 'VerificationTimedOut'
  | 'UnknownState'
  | 'ResolvedByHand';

/** One share of a split settlement. `amount` is in the payment's currency; the shares add up to the payment's amount. */
export interface SettlementItem {
  /** IBAN (Sheba), `IR` and 24 digits. */
  iban: string;
  /** Whole, in the payment's currency. */
  amount: number;
}

/** Why a payment failed or is in review; `message` is in the configured locale and may be shown to the buyer. */
export interface PaymentFailure {
  /** What to compare in code. */
  reason: FailureReason;
  /** What to show: says what happened and what the buyer should do. */
  message: string;
}

/** What every payment tells, whatever its status. Times are epoch milliseconds. */
export interface PaymentBase {
  /** Identifies this attempt; unique, 20 digits, ordered by time. The gateway calls it reservation number. */
  invoiceNumber: string;
  /** The payable thing; it is paid once, however many attempts it takes. */
  orderId: string;
  /** The AtiPay account that takes the payment. */
  account: string;
  /** In `currency`: Rials for `IRR`, Tomans for `IRT`. */
  amount: number;
  /** The router's own currency when the payment was started; it stays with the payment. */
  currency: Currency;
  /** The buyer's mobile, `09xxxxxxxxx`. */
  cellNumber?: string;
  /** As given with the order. */
  description?: string;
  /** The shop's own JSON, as given with the order. */
  metadata?: unknown;
  /** How the amount is split (protocol §1). */
  settlement?: SettlementItem[];
  /** When it was started, before the gateway was asked for a token. */
  createdAt: number;
  /** When anything about it last changed. */
  updatedAt: number;
}

/** What the gateway tells of a payment the buyer has made (protocol §3). */
export interface ReceiptDetails {
  /** The digital receipt: proof towards the gateway, accepted once. */
  referenceNumber: string;
  /** The number the buyer sees on the bank's page. */
  traceNumber?: string;
  /** The terminal that took the payment. */
  terminalId?: string;
  /** The bank's retrieval reference number. */
  rrn?: string;
  /** The buyer's card, its middle hidden: `603799******1234`. */
  maskedPan?: string;
}

/** Stored, and no token asked for yet. */
export interface CreatedPayment extends PaymentBase {
  status: 'created';
}

/** The buyer may pay. */
export interface PendingPayment extends PaymentBase {
  status: 'pending';
}

/** The buyer has paid; verification waits for another payment of the order or for the shop. */
export interface ReceivedPayment extends PaymentBase {
  status: 'received';
}

/** The gateway is being asked whether the money is there. */
export interface VerifyingPayment extends PaymentBase {
  status: 'verifying';
}

/** The money is the shop's. */
export interface PaidPayment extends PaymentBase, ReceiptDetails {
  status: 'paid';
  /** When verify-payment answered the amount, or a person decided; epoch milliseconds. */
  verifiedAt: number;
}

/** Not paid; what was deducted goes back to the buyer. Final. */
export interface FailedPayment extends PaymentBase, Partial<ReceiptDetails> {
  status: 'failed';
  /** Why. */
  failure: PaymentFailure;
}

/** Money may have moved and no order was served: a person decides with `resolve`. */
export interface ReviewPayment extends PaymentBase, ReceiptDetails {
  status: 'review';
  /** Why nobody but a person can tell. */
  failure: PaymentFailure;
}

/** A payment as the shop sees it: tell the kinds apart by `status`. */
export type Payment =
  | CreatedPayment
  | PendingPayment
  | ReceivedPayment
  | VerifyingPayment
  | PaidPayment
  | FailedPayment
  | ReviewPayment;

/** One line of a payment's story, in words that can be read out on the phone. */
export interface HistoryEntry {
  /** Epoch milliseconds. */
  at: number;
  /** The payment's status from then on. */
  status: PaymentStatus;
  /** What happened and why, in English; amounts in it are Rials. */
  note: string;
}

/**
 * A payment as stores keep it: flat, every field present, `null` for nothing. Amounts are Rials, times epoch
 * milliseconds. Only stores and the machinery see it; it holds what a buyer's browser is trusted by.
 */
export interface PaymentRecord {
  /** Unique; the primary key. Never changes. */
  invoiceNumber: string;
  /** Never changes. */
  account: string;
  /** Never changes. Not unique: an order may take several attempts. */
  orderId: string;
  /** Changed by the machinery alone. */
  status: PaymentStatus;
  /** Counts the writes; an update names the version it was made from. */
  version: number;
  /** Rials. */
  amount: number;
  /** What the shop counts in; `amount` is in Rials all the same. */
  currency: Currency;
  /** `09xxxxxxxxx`. */
  cellNumber: string | null;
  /** At most 250 characters. */
  description: string | null;
  /** JSON, at most 16,000 characters. */
  metadata: unknown;
  /** Shares in Rials. */
  settlement: SettlementItem[] | null;
  /** The secret in the payment's own URLs. */
  returnKey: string;
  /** What the gateway gave for the buyer's redirect. */
  token: string | null;
  /** Unique per account. */
  referenceNumber: string | null;
  /** The order's id while this payment holds the order (verifying, paid, review), else null. Unique per account. */
  orderKey: string | null;
  /** See {@link ReceiptDetails.traceNumber}. */
  traceNumber: string | null;
  /** See {@link ReceiptDetails.terminalId}. */
  terminalId: string | null;
  /** See {@link ReceiptDetails.rrn}. */
  rrn: string | null;
  /** See {@link ReceiptDetails.maskedPan}. */
  maskedPan: string | null;
  /** Set while failed or in review. */
  failureReason: FailureReason | null;
  /** Never changes; orders an order's attempts. */
  createdAt: number;
  /** When the row was last written. */
  updatedAt: number;
  /** When the OK callback came: the verify window runs from here. */
  receivedAt: number | null;
  /** When it became paid. */
  verifiedAt: number | null;
  /** When somebody must look at the row again; null when nothing is owed. */
  dueAt: number | null;
  /** When a payment in review is verified again, null when no longer. */
  askAt: number | null;
  /** Times verify-payment was called, counted before each call. */
  asks: number;
  /** Times the owed hook was called, counted before each call. */
  hookAttempts: number;
  /** When the owed hook returned, or when it turned out that none is owed. */
  handledAt: number | null;
  /** When a hook's `transaction` for this outcome committed. */
  appliedAt: number | null;
  /** JSON, at most 100 entries, oldest first. */
  history: HistoryEntry[];
}

/** The fields of a receipt as a record holds them. */
export type ReceiptFields = Pick<
  PaymentRecord,
  'referenceNumber' | 'traceNumber' | 'terminalId' | 'rrn' | 'maskedPan'
>;

/** The receipt of a payment, empty while it has none. */
export const receiptNumber = ({ referenceNumber }: Pick<PaymentRecord, 'referenceNumber'>): string =>
  referenceNumber ?? '';

/** `paid` and `failed` lead nowhere. */
const NEXT: Partial<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  created: ['pending', 'failed'],
  pending: ['received', 'verifying', 'failed'],
  received: ['verifying', 'failed'],
  verifying: ['paid', 'failed', 'review'],
  review: ['paid', 'failed'],
};

const HOLDS_ORDER: ReadonlySet<PaymentStatus> = new Set(['verifying', 'paid', 'review']);
const OWES_HOOK: ReadonlySet<PaymentStatus> = new Set(['paid', 'failed', 'review']);
/** How a duty begins. */
const NOTHING_DONE = { handledAt: null, appliedAt: null, hookAttempts: 0, askAt: null };

/** Whether no other payment of the order is verified while one is in this status. */
export const holdsOrder = (status: PaymentStatus): boolean => HOLDS_ORDER.has(status);

/** Whether the shop is told of a payment in this status by a hook. */
export const owesHook = (status: PaymentStatus): boolean => OWES_HOOK.has(status);

/** History keeps the beginning, every change of status and the latest: the story of a payment and the state of affairs. */
const HISTORY_LIMIT = 100;
const HISTORY_HEAD = 30;

/**
 * A record with some fields changed, later ones over earlier ones. Field by field: a spread of so many takes V8 eight
 * times as long, and leaves four times as much to be collected.
 */
export function withFields(record: PaymentRecord, ...fields: Partial<PaymentRecord>[]): PaymentRecord {
  const next: PaymentRecord = {
    invoiceNumber: record.invoiceNumber,
    account: record.account,
    orderId: record.orderId,
    status: record.status,
    version: record.version,
    amount: record.amount,
    currency: record.currency,
    cellNumber: record.cellNumber,
    description: record.description,
    metadata: record.metadata,
    settlement: record.settlement,
    returnKey: record.returnKey,
    token: record.token,
    referenceNumber: record.referenceNumber,
    orderKey: record.orderKey,
    traceNumber: record.traceNumber,
    terminalId: record.terminalId,
    rrn: record.rrn,
    maskedPan: record.maskedPan,
    failureReason: record.failureReason,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    receivedAt: record.receivedAt,
    verifiedAt: record.verifiedAt,
    dueAt: record.dueAt,
    askAt: record.askAt,
    asks: record.asks,
    hookAttempts: record.hookAttempts,
    handledAt: record.handledAt,
    appliedAt: record.appliedAt,
    history: record.history,
  };
  for (const some of fields) Object.assign(next, some);
  return next;
}

/** Appends a line to a record's history, which is capped at 100 lines, and changes other fields with it. */
export function withNote(
  record: PaymentRecord,
  note: string,
  now: number,
  fields: Partial<PaymentRecord> = {},
): PaymentRecord {
  const history = noted(record.history, record.status, note, now);
  return withFields(record, fields, { updatedAt: now, history });
}

/** A history with one more line, as it is capped. */
function noted(
  before: readonly HistoryEntry[],
  status: PaymentStatus,
  note: string,
  at: number,
): HistoryEntry[] {
  const history = [...before, { at, status, note }];
  while (history.length > HISTORY_LIMIT) history.splice(dispensable(history), 1);
  return history;
}

/** The oldest line after the beginning that does not tell of a change of status: no payment changes it that often. */
const dispensable = (history: readonly HistoryEntry[]): number =>
  history.findIndex(({ status }, place) => place >= HISTORY_HEAD && history[place - 1]?.status === status);

/**
 * The one way a payment changes status. The order key follows from the status, and a status that owes a hook
 * starts with nothing handled or applied.
 */
export function move(
  record: PaymentRecord,
  to: PaymentStatus,
  patch: Partial<PaymentRecord>,
  note: string,
  now: number,
): PaymentRecord {
  if (!NEXT[record.status]?.includes(to)) {
    throw new Error(`A payment cannot go from ${record.status} to ${to}.`);
  }
  return withFields(record, OWES_HOOK.has(to) ? NOTHING_DONE : {}, patch, {
    status: to,
    orderKey: holdsOrder(to) ? record.orderId : null,
    updatedAt: now,
    history: noted(record.history, to, note, now),
  });
}
