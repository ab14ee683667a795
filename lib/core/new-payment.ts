import type { CheckedOrder } from './order';
import type { Policy } from './policy';
import type { PaymentRecord } from './record';

/** The identifiers of a new payment, drawn by the caller. */
export type NewKeys = Pick<PaymentRecord, 'invoiceNumber' | 'account' | 'origin' | 'returnKey' | 'version'>;

/**
 * Every field of a record, in the order of its columns. Records begin as a copy of it: V8 copies objects quickly that got
 * their fields in one order.
 */
export const BLANK: PaymentRecord = {
  invoiceNumber: '',
  account: '',
  orderId: '',
  origin: '',
  status: 'created',
  version: 0,
  amount: 0,
  currency: 'IRR',
  cellNumber: null,
  description: null,
  metadata: null,
  settlement: null,
  returnKey: '',
  token: null,
  referenceNumber: null,
  receiptKey: null,
  orderKey: null,
  traceNumber: null,
  terminalId: null,
  rrn: null,
  maskedPan: null,
  cardEnd: null,
  failureReason: null,
  createdAt: 0,
  updatedAt: 0,
  receivedAt: null,
  verifiedAt: null,
  dueAt: null,
  leaseUntil: null,
  expiresAt: null,
  nextVerifyAt: null,
  nextHookAt: null,
  verifyAttempts: 0,
  shopRefusals: 0,
  hookAttempts: 0,
  hookAppliedAt: null,
  hookDeliveredAt: null,
  givenBack: 0,
  givenBackAt: null,
  history: [],
};

/** A payment before the gateway is asked for its token. */
export function newPayment(
  order: CheckedOrder,
  keys: NewKeys,
  policy: Pick<Policy, 'tokenTimeoutMs'>,
  now: number,
): PaymentRecord {
  const expiresAt = now + policy.tokenTimeoutMs;
  return {
    ...BLANK,
    ...keys,
    ...order,
    createdAt: now,
    updatedAt: now,
    dueAt: expiresAt,
    expiresAt,
    history: [
      { at: now, status: 'created', event: 'created', data: { order: order.orderId, amount: order.amount } },
    ],
  };
}
