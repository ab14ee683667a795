import type { HistoryEntry, PaymentRecord } from 'express-atipay';
import { newPayment } from '../../lib/core/new-payment';
import { foldReceipt } from '../../lib/core/receipt';
import { AMOUNT, MOBILE } from './plan';

export const RETURN_KEY = 'AAAAAAAAAAAAAAAAAAAAAA';

/** The origin of shops at an address of this machine. */
const ORIGIN = 'loopback';
const HOUR = 3_600_000;

/** A payment whose buyer is at the bank, as the package stores it. */
export function pendingRecord(id: string, now: number): PaymentRecord {
  const order = {
    orderId: id,
    amount: AMOUNT,
    currency: 'IRR',
    cellNumber: MOBILE,
    description: null,
    metadata: null,
    settlement: null,
  } as const;
  const keys = {
    invoiceNumber: id.padStart(20, '0'),
    account: 'default',
    origin: ORIGIN,
    returnKey: RETURN_KEY,
    version: 1,
  };
  const created = newPayment(order, keys, { tokenTimeoutMs: 0 }, now);
  return {
    ...created,
    status: 'pending',
    token: '0123456789abcdef0123456789abcdef',
    expiresAt: now + HOUR,
    dueAt: now + HOUR,
    history: [...created.history, { at: now, status: 'pending', event: 'tokenGiven' }],
  };
}

/** A payment that was paid long ago and owes nothing. */
export function settledRecord(id: string, now: number): PaymentRecord {
  const pending = pendingRecord(id, now);
  const receipt = `receipt/${pending.invoiceNumber}`;
  const entry = (status: 'verifying' | 'paid', own: Pick<HistoryEntry, 'event' | 'data'>): HistoryEntry => ({
    at: now,
    status,
    ...own,
  });
  return {
    ...pending,
    status: 'paid',
    version: 4,
    referenceNumber: receipt,
    receiptKey: foldReceipt(receipt),
    orderKey: id,
    traceNumber: '654321',
    terminalId: '12345678',
    rrn: '123456789012',
    maskedPan: '603799******1234',
    cardEnd: '1234',
    receivedAt: now,
    verifiedAt: now,
    expiresAt: null,
    dueAt: null,
    verifyAttempts: 1,
    hookAttempts: 1,
    hookDeliveredAt: now,
    history: [
      ...pending.history,
      entry('verifying', { event: 'claimed', data: { receipt } }),
      entry('paid', { event: 'amountConfirmed', data: { amount: AMOUNT, attempt: 1 } }),
      entry('paid', { event: 'hookDelivered', data: { call: 1 } }),
    ],
  };
}
