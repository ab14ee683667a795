import type {
  Currency,
  Payment,
  PaymentBase,
  PaymentFailure,
  PaymentRecord,
  ReceiptDetails,
} from './payment';
import { texts, type Locale } from './texts';

/** Rials, as stored and on the wire, in the currency the shop speaks. */
export function inCurrency(rials: number, currency: Currency): number {
  return currency === 'IRT' ? rials / 10 : rials;
}

/** A record as the shop may see it: no keys, no tokens, no machinery. */
export function toPayment(record: PaymentRecord, locale: Locale): Payment {
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
        failure: failureOf(record, locale),
        ...base,
        ...receipt,
      };
    case 'failed':
      return { status: 'failed', failure: failureOf(record, locale), ...base, ...receipt };
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
  // A copy: what one hook or listener does to it, neither the next one nor the store may see.
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

function failureOf(record: PaymentRecord, locale: Locale): PaymentFailure {
  const reason = record.failureReason ?? 'Failed';
  return { reason, message: texts(locale).failure[reason] };
}
