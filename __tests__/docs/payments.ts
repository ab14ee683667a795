import { move, type FailureReason, type Payment, type PaymentRecord } from '../../lib/payment';
import { toPayment } from '../../lib/payment-view';

export const STATUSES = ['created', 'pending', 'received', 'verifying', 'paid', 'failed', 'review'] as const;

const RECORD: PaymentRecord = {
  invoiceNumber: '17954928315143125994',
  account: 'default',
  orderId: '1',
  status: 'created',
  version: 0,
  amount: 250_000,
  currency: 'IRR',
  cellNumber: '09123456789',
  description: null,
  metadata: null,
  settlement: null,
  returnKey: 'key',
  token: null,
  referenceNumber: null,
  orderKey: null,
  traceNumber: null,
  terminalId: null,
  rrn: null,
  maskedPan: null,
  failureReason: null,
  createdAt: 0,
  updatedAt: 0,
  receivedAt: null,
  verifiedAt: null,
  dueAt: null,
  askAt: null,
  asks: 0,
  hookAttempts: 0,
  handledAt: null,
  appliedAt: null,
  history: [],
};

/** A payment that failed, or is in review, for this reason. */
export const paymentWith = (status: 'failed' | 'review', failureReason: FailureReason): Payment =>
  toPayment({ ...RECORD, status, failureReason }, 'en');

/** Every pair `from to` of statuses that a payment can go through. */
export const possibleMoves = (): string[] =>
  STATUSES.flatMap((from) => STATUSES.filter((to) => canMove(from, to)).map((to) => `${from} ${to}`));

function canMove(from: Payment['status'], to: Payment['status']): boolean {
  try {
    move({ ...RECORD, status: from }, to, {}, '', 0);
    return true;
  } catch {
    return false;
  }
}
