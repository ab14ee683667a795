import type { Currency, FailureReason, PaymentRecord, SettlementItem } from './record';

/** Why a payment failed or is in review; `message` is in the configured locale and may be shown to the buyer. */
export interface PaymentFailure {
  /** A stable name to compare in code. */
  reason: FailureReason;
  /** A text for the buyer: the reason and the next step. */
  message: string;
}

/** Fields of every payment. Times are epoch milliseconds. */
export interface PaymentBase {
  /** Identifies this attempt; unique, 20 digits, ordered by time. The gateway calls it reservation number. */
  invoiceNumber: string;
  /** The payable thing; it is paid once, however many attempts it takes. */
  orderId: string;
  /** The AtiPay account that takes the payment. */
  account: string;
  /** In `currency`: Rials for `IRR`, Tomans for `IRT`. */
  amount: number;
  /** The router's currency when the payment was started; it stays with the payment. */
  currency: Currency;
  /** The buyer's mobile, `09xxxxxxxxx`. */
  cellNumber?: string;
  /** As given with the order. */
  description?: string;
  /** The shop's JSON, as given with the order. */
  metadata?: unknown;
  /** How the amount is split (protocol §1). */
  settlement?: SettlementItem[];
  /** When it was started, before the gateway was asked for a token. */
  createdAt: number;
  /** When anything about it last changed. */
  updatedAt: number;
}

/** The gateway's details of a payment that the buyer made (protocol §3). */
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

/** Not paid; a deducted amount goes back to the buyer. Final. */
export interface FailedPayment extends PaymentBase, Partial<ReceiptDetails> {
  status: 'failed';
  /** Why it was not paid. */
  failure: PaymentFailure;
}

/** The buyer may have been charged, and the order was not fulfilled: a person decides with `resolve`. */
export interface ReviewPayment extends PaymentBase, ReceiptDetails {
  status: 'review';
  /** Why a person must decide. */
  failure: PaymentFailure;
}

/** A payment as the shop sees it; `status` discriminates. */
export type Payment =
  | CreatedPayment
  | PendingPayment
  | ReceivedPayment
  | VerifyingPayment
  | PaidPayment
  | FailedPayment
  | ReviewPayment;

/** Rials, as stored and on the wire, in the currency the shop speaks. */
export function inCurrency(rials: number, currency: Currency): number {
  return currency === 'IRT' ? rials / 10 : rials;
}

/** An amount in the currency that the shop speaks, in Rials; not a number unless it is whole. */
export function inRials(amount: number, currency: Currency): number {
  if (!Number.isSafeInteger(amount)) return NaN;
  return currency === 'IRT' ? amount * 10 : amount;
}

/** An amount with its unit, as errors name it. */
export const amountText = (rials: number, currency: Currency): string =>
  `${inCurrency(rials, currency)} ${currency === 'IRT' ? 'Tomans' : 'Rials'}`;

/** Texts for failures, by reason. */
export type FailureTexts = Readonly<Record<FailureReason, string>>;

/** A record as the shop may see it: without keys, tokens and schedule. */
export function toShopPayment(record: PaymentRecord, texts: FailureTexts): Payment {
  const base = baseOf(record);
  const receipt = receiptOf(record);
  switch (record.status) {
    case 'paid':
      return {
        status: 'paid',
        referenceNumber: '',
        verifiedAt: record.verifiedAt ?? record.updatedAt,
        ...base,
        ...receipt,
      };
    case 'review':
      return {
        status: 'review',
        referenceNumber: '',
        failure: failureOf(record, texts),
        ...base,
        ...receipt,
      };
    case 'failed':
      return { status: 'failed', failure: failureOf(record, texts), ...base, ...receipt };
    default:
      return { status: record.status, ...base };
  }
}

function baseOf(record: PaymentRecord): PaymentBase {
  const { currency, cellNumber, description, metadata, settlement } = record;
  const base: PaymentBase = {
    invoiceNumber: record.invoiceNumber,
    orderId: record.orderId,
    account: record.account,
    amount: inCurrency(record.amount, currency),
    currency,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
  };
  if (cellNumber !== null) base.cellNumber = cellNumber;
  if (description !== null) base.description = description;
  // A copy: hooks and listeners may change theirs.
  if (metadata !== null) base.metadata = structuredClone(metadata);
  if (settlement !== null) {
    base.settlement = settlement.map((item) => ({ ...item, amount: inCurrency(item.amount, currency) }));
  }
  return base;
}

function receiptOf(record: PaymentRecord): Partial<ReceiptDetails> {
  const { referenceNumber, traceNumber, terminalId, rrn, maskedPan } = record;
  const receipt: Partial<ReceiptDetails> = {};
  if (referenceNumber !== null) receipt.referenceNumber = referenceNumber;
  if (traceNumber !== null) receipt.traceNumber = traceNumber;
  if (terminalId !== null) receipt.terminalId = terminalId;
  if (rrn !== null) receipt.rrn = rrn;
  if (maskedPan !== null) receipt.maskedPan = maskedPan;
  return receipt;
}

function failureOf(record: PaymentRecord, texts: FailureTexts): PaymentFailure {
  const reason = record.failureReason ?? 'Failed';
  return { reason, message: texts[reason] };
}
