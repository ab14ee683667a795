import type { CheckedOrder } from './order';
import type { Policy } from './policy';
import type { PaymentRecord } from './record';

/** The identifiers of a new payment, drawn by the caller. */
export type NewKeys = Pick<PaymentRecord, 'invoiceNumber' | 'account' | 'origin' | 'returnKey' | 'version'>;

/** A payment before the gateway is asked for its token. */
export function newPayment(
  order: CheckedOrder,
  keys: NewKeys,
  policy: Pick<Policy, 'tokenTimeoutMs'>,
  now: number,
): PaymentRecord {
  const expiresAt = now + policy.tokenTimeoutMs;
  return {
    ...keys,
    ...order,
    status: 'created',
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
    createdAt: now,
    updatedAt: now,
    receivedAt: null,
    verifiedAt: null,
    dueAt: expiresAt,
    leaseUntil: null,
    expiresAt,
    nextVerifyAt: null,
    nextHookAt: null,
    verifyAttempts: 0,
    shopRefusals: 0,
    hookAttempts: 0,
    hookAppliedAt: null,
    hookDeliveredAt: null,
    givenBack: 0,
    givenBackAt: null,
    history: [
      { at: now, status: 'created', event: 'created', data: { order: order.orderId, amount: order.amount } },
    ],
  };
}
