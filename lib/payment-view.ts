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
        ...base,
        status: 'paid',
        ...receipt,
        referenceNumber: record.referenceNumber ?? '',
        verifiedAt: record.verifiedAt ?? record.updatedAt,
      };
    case 'review':
      return {
        ...base,
        status: 'review',
        ...receipt,
        referenceNumber: record.referenceNumber ?? '',
        failure: failureOf(record, locale),
      };
    case 'failed':
      return { ...base, status: 'failed', ...receipt, failure: failureOf(record, locale) };
    default:
      return { ...base, status: record.status };
  }
}

function baseOf(record: PaymentRecord): PaymentBase {
  const { currency } = record;
  return {
    invoiceNumber: record.invoiceNumber,
    orderId: record.orderId,
    account: record.account,
    amount: inCurrency(record.amount, currency),
    currency,
    ...(record.cellNumber !== null && { cellNumber: record.cellNumber }),
    ...(record.description !== null && { description: record.description }),
    // A copy: what one hook or listener does to it, neither the next one nor the store may see.
    ...(record.metadata !== null && { metadata: structuredClone(record.metadata) }),
    ...(record.settlement !== null && {
      settlement: record.settlement.map((item) => ({ ...item, amount: inCurrency(item.amount, currency) })),
    }),
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
  };
}

function receiptOf(record: PaymentRecord): Partial<ReceiptDetails> {
  return {
    ...(record.referenceNumber !== null && { referenceNumber: record.referenceNumber }),
    ...(record.traceNumber !== null && { traceNumber: record.traceNumber }),
    ...(record.terminalId !== null && { terminalId: record.terminalId }),
    ...(record.rrn !== null && { rrn: record.rrn }),
    ...(record.maskedPan !== null && { maskedPan: record.maskedPan }),
  };
}

function failureOf(record: PaymentRecord, locale: Locale): PaymentFailure {
  const reason = record.failureReason ?? 'Failed';
  return { reason, message: texts(locale).failure[reason] };
}
