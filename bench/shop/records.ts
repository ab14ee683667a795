import type { PaymentRecord } from 'express-atipay';
import { AMOUNT, MOBILE } from './plan';

export const RETURN_KEY = 'AAAAAAAAAAAAAAAAAAAAAA';

/** A payment whose buyer is at the bank, as the package stores it. */
export function pendingRecord(id: string, now: number): PaymentRecord {
  return {
    invoiceNumber: invoiceOf(id),
    account: 'default',
    orderId: id,
    status: 'pending',
    version: 1,
    amount: AMOUNT,
    currency: 'IRR',
    cellNumber: MOBILE,
    description: null,
    metadata: null,
    settlement: null,
    returnKey: RETURN_KEY,
    token: '0123456789abcdef0123456789abcdef',
    referenceNumber: null,
    orderKey: null,
    traceNumber: null,
    terminalId: null,
    rrn: null,
    maskedPan: null,
    failureReason: null,
    createdAt: now,
    updatedAt: now,
    receivedAt: null,
    verifiedAt: null,
    dueAt: now + 3_600_000,
    askAt: null,
    asks: 0,
    hookAttempts: 0,
    handledAt: null,
    appliedAt: null,
    history: [
      { at: now, status: 'created', note: `order ${id}: ${AMOUNT} Rials to pay` },
      { at: now, status: 'pending', note: 'the gateway gave a token' },
    ],
  };
}

/** A payment that was paid long ago and owes nothing. */
export function settledRecord(id: string, now: number): PaymentRecord {
  const pending = pendingRecord(id, now);
  const note = (status: 'verifying' | 'paid', text: string): PaymentRecord['history'][number] => ({
    at: now,
    status,
    note: text,
  });
  return {
    ...pending,
    status: 'paid',
    version: 4,
    referenceNumber: `receipt/${pending.invoiceNumber}`,
    orderKey: id,
    traceNumber: '654321',
    terminalId: '12345678',
    rrn: '123456789012',
    maskedPan: '603799******1234',
    receivedAt: now,
    verifiedAt: now,
    dueAt: null,
    asks: 1,
    hookAttempts: 1,
    handledAt: now,
    history: [
      ...pending.history,
      note(
        'verifying',
        `the buyer is back with receipt receipt/${pending.invoiceNumber}; verify-payment is asked`,
      ),
      note('paid', `verify-payment answered ${AMOUNT} Rials, as expected`),
      note('paid', 'the shop was told'),
    ],
  };
}

const invoiceOf = (id: string): string => id.padStart(20, '0');
