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
  amount: number;
}

/** Why a payment failed or is in review; `message` is in the configured locale and may be shown to the buyer. */
export interface PaymentFailure {
  reason: FailureReason;
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
  currency: Currency;
  /** The buyer's mobile, `09xxxxxxxxx`. */
  cellNumber?: string;
  description?: string;
  /** The shop's own JSON, as given with the order. */
  metadata?: unknown;
  settlement?: SettlementItem[];
  createdAt: number;
  updatedAt: number;
}

/** What the gateway tells of a payment the buyer has made (protocol §3). */
export interface ReceiptDetails {
  /** The digital receipt: proof towards the gateway, accepted once. */
  referenceNumber: string;
  /** The number the buyer sees on the bank's page. */
  traceNumber?: string;
  terminalId?: string;
  /** The bank's retrieval reference number. */
  rrn?: string;
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
  verifiedAt: number;
}

/** Not paid; what was deducted goes back to the buyer. Final. */
export interface FailedPayment extends PaymentBase, Partial<ReceiptDetails> {
  status: 'failed';
  failure: PaymentFailure;
}

/** Money may have moved and no order was served: a person decides with `resolve`. */
export interface ReviewPayment extends PaymentBase, ReceiptDetails {
  status: 'review';
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

/** One line of a payment's story, in words that can be read out on the phone. `at` is epoch milliseconds. */
export interface HistoryEntry {
  at: number;
  status: PaymentStatus;
  note: string;
}

/**
 * A payment as stores keep it: flat, every field present, `null` for nothing. Amounts are Rials, times epoch
 * milliseconds. Only stores and the machinery see it; it holds what a buyer's browser is trusted by.
 */
export interface PaymentRecord {
  invoiceNumber: string;
  account: string;
  orderId: string;
  status: PaymentStatus;
  /** Counts the writes; an update names the version it was made from. */
  version: number;
  /** Rials. */
  amount: number;
  currency: Currency;
  cellNumber: string | null;
  description: string | null;
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
  traceNumber: string | null;
  terminalId: string | null;
  rrn: string | null;
  maskedPan: string | null;
  failureReason: FailureReason | null;
  createdAt: number;
  updatedAt: number;
  /** When the OK callback came: the verify window runs from here. */
  receivedAt: number | null;
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
  history: HistoryEntry[];
}

/** The fields of a receipt as a record holds them. */
export type ReceiptFields = Pick<
  PaymentRecord,
  'referenceNumber' | 'traceNumber' | 'terminalId' | 'rrn' | 'maskedPan'
>;

const NEXT: Record<PaymentStatus, readonly PaymentStatus[]> = {
  created: ['pending', 'failed'],
  pending: ['received', 'verifying', 'failed'],
  received: ['verifying', 'failed'],
  verifying: ['paid', 'failed', 'review'],
  review: ['paid', 'failed'],
  paid: [],
  failed: [],
};

const HOLDS_ORDER: ReadonlySet<PaymentStatus> = new Set(['verifying', 'paid', 'review']);
const OWES_HOOK: ReadonlySet<PaymentStatus> = new Set(['paid', 'failed', 'review']);

/** Whether the shop is told of a payment in this status by a hook. */
export const owesHook = (status: PaymentStatus): boolean => OWES_HOOK.has(status);

/** History keeps the beginning, every change of status and the latest: the story of a payment and the state of affairs. */
const HISTORY_LIMIT = 100;
const HISTORY_HEAD = 30;

/** Appends a line to a record's history, which is capped at 100 lines. */
export function withNote(record: PaymentRecord, note: string, now: number): PaymentRecord {
  const history = [...record.history, { at: now, status: record.status, note }];
  while (history.length > HISTORY_LIMIT) history.splice(dispensable(history), 1);
  return { ...record, updatedAt: now, history };
}

/** The oldest line after the beginning that does not tell of a change of status. */
function dispensable(history: readonly HistoryEntry[]): number {
  const index = history.findIndex(
    ({ status }, place) => place >= HISTORY_HEAD && history[place - 1]?.status === status,
  );
  return index < 0 ? HISTORY_HEAD : index;
}

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
  if (!NEXT[record.status].includes(to)) {
    throw new Error(`A payment cannot go from ${record.status} to ${to}.`);
  }
  const moved: PaymentRecord = {
    ...record,
    ...(OWES_HOOK.has(to) ? { handledAt: null, appliedAt: null, hookAttempts: 0, askAt: null } : {}),
    ...patch,
    status: to,
    orderKey: HOLDS_ORDER.has(to) ? record.orderId : null,
  };
  return withNote(moved, note, now);
}
