/** Where a payment stands; see `machine.ts` for each status' meaning and cause. */
export type PaymentStatus = 'created' | 'pending' | 'received' | 'verifying' | 'paid' | 'failed' | 'review';

/** `IRR`: the shop counts in Rials. `IRT`: in Tomans (1 Toman = 10 Rials). */
export type Currency = 'IRR' | 'IRT';

/** Table 1 of the protocol without `OK`: the gateway's names for a payment that was not made. */
export type GatewayFailure =
  | 'CanceledByUser'
  | 'Failed'
  | 'SessionIsNull'
  | 'InvalidParameters'
  | 'MerchantIpAddressIsInvalid'
  | 'TokenNotFound'
  | 'TokenRequired'
  | 'TerminalNotFound'
  | 'MultisettlePolicyErrors';

/** Why a payment failed or is in review: a Table 1 state, or a reason of this package. `reasons.ts` describes each. */
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
  | 'ResolvedByHand';

/** One share of a split settlement. `amount` is in the payment's currency; the shares add up to the payment's amount. */
export interface SettlementItem {
  /** IBAN (Sheba), `IR` and 24 digits. */
  iban: string;
  /** Whole, in the payment's currency. */
  amount: number;
}

/** The events that a history entry records; `texts/` renders each in the reader's language. */
export type HistoryEvent =
  | 'created'
  | 'tokenGiven'
  | 'tokenRefused'
  | 'tokenUnanswered'
  | 'tokenNeverCame'
  | 'buyerNeverReturned'
  | 'buyerFailed'
  | 'claimed'
  | 'orderTaken'
  | 'payableUnknown'
  | 'orderPaid'
  | 'orderInReview'
  | 'orderNotPayable'
  | 'windowMissed'
  | 'verifyRepeated'
  | 'verifyLost'
  | 'verifyUnanswered'
  | 'verifyTimedOut'
  | 'verifyRefused'
  | 'shopRefused'
  | 'amountConfirmed'
  | 'amountDiffers'
  | 'hookDelivered'
  | 'hookSkipped'
  | 'hookThrew'
  | 'hookLost'
  | 'hookUndone'
  | 'resolved'
  | 'retried'
  | 'noted'
  | 'gaveBack'
  | 'purged';

/** One entry of a payment's history, as data. */
export interface HistoryEntry {
  /** Epoch milliseconds. */
  at: number;
  /** The payment's status from then on. */
  status: PaymentStatus;
  /** The event. */
  event: HistoryEvent;
  /** The member of staff who did it, for events of staff. */
  by?: string;
  /** Details by event: amounts in Rials, attempt numbers, receipts, the gateway's words. */
  data?: Record<string, string | number>;
}

/**
 * A payment as stores keep it: flat, every field present, `null` for nothing. Amounts are Rials, times epoch
 * milliseconds. It holds secrets (`returnKey`, `token`): only stores and the code of this package see it.
 */
export interface PaymentRecord {
  /** Unique; the primary key. Never changes. */
  invoiceNumber: string;
  /** The AtiPay account. Never changes. */
  account: string;
  /** Never changes. Not unique: an order may take several attempts. */
  orderId: string;
  /** Origin of the `publicUrl` that the payment was begun under, for example `https://shop.example`. Never changes. */
  origin: string;
  /** Where it stands. */
  status: PaymentStatus;
  /** Drawn at random for every write; an update names the version it was decided on. */
  version: number;
  /** Rials. Never changes. */
  amount: number;
  /** The shop's currency; `amount` is in Rials all the same. Never changes. */
  currency: Currency;
  /** `09xxxxxxxxx`. */
  cellNumber: string | null;
  /** At most 250 characters. */
  description: string | null;
  /** JSON, at most 16,000 characters. */
  metadata: unknown;
  /** Shares in Rials. */
  settlement: SettlementItem[] | null;
  /** The secret in the payment's URLs. Never changes. */
  returnKey: string;
  /** The gateway's token for the buyer's redirect. */
  token: string | null;
  /** The digital receipt, in the form that was stored first; the gateway is asked about this form. */
  referenceNumber: string | null;
  /** The receipt folded (see `receipt.ts`). Unique in the whole table. */
  receiptKey: string | null;
  /** The order's id while this payment holds the order (verifying, paid, review). Unique per account. */
  orderKey: string | null;
  /** See {@link ReceiptDetails.traceNumber}. */
  traceNumber: string | null;
  /** See {@link ReceiptDetails.terminalId}. */
  terminalId: string | null;
  /** See {@link ReceiptDetails.rrn}. */
  rrn: string | null;
  /** See {@link ReceiptDetails.maskedPan}. */
  maskedPan: string | null;
  /** The card's last four digits, for look-ups. */
  cardEnd: string | null;
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
  /** When a sweep must look at the row next; null when nothing is to be done. Follows from the next five fields. */
  dueAt: number | null;
  /** Until when one process owns the attempt or hook call under way. */
  leaseUntil: number | null;
  /** When a payment that is created or pending is given up. */
  expiresAt: number | null;
  /** When the next verify attempt is due (received: when the order is looked at again). */
  nextVerifyAt: number | null;
  /** When the next hook call is due. */
  nextHookAt: number | null;
  /** Calls of verify-payment, counted before each call. */
  verifyAttempts: number;
  /** Of these, how many were refused for a reason about the shop and not about the receipt. */
  shopRefusals: number;
  /** Calls of the pending hook, counted before each call. */
  hookAttempts: number;
  /** When the hook's `transaction` for this status committed. */
  hookAppliedAt: number | null;
  /** When the hook returned, or when it turned out that none is to be called. */
  hookDeliveredAt: number | null;
  /** Sum of recorded give-backs, Rials. */
  givenBack: number;
  /** When the latest give-back was recorded. */
  givenBackAt: number | null;
  /** JSON, at most 100 entries, oldest first. */
  history: HistoryEntry[];
}

/** The receipt's fields of a callback (protocol §3). */
export type ReceiptFields = Pick<
  PaymentRecord,
  'referenceNumber' | 'traceNumber' | 'terminalId' | 'rrn' | 'maskedPan' | 'cardEnd'
>;
