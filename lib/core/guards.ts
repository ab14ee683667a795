import type { EventName, EventOf, PaymentEvent } from './event';
import { windowEnd, type Policy } from './policy';
import { foldReceipt } from './receipt';
import type { PaymentRecord } from './record';

/** The input of a decision. */
export interface Input<K extends EventName = EventName> {
  record: PaymentRecord;
  event: EventOf<K>;
  policy: Policy;
  now: number;
}

/** A condition of a transition; the table in the documentation shows its name. */
export type Guard<K extends EventName = EventName> = (input: Input<K>) => boolean;

type HeldEvent = Extract<PaymentEvent, { held: PaymentRecord }>['on'];
type OrderEvent = 'buyerPaid' | 'orderChecked';

const isPast = (time: number | null, now: number): boolean => time !== null && time <= now;

export const isDue: Guard = ({ record, now }) => isPast(record.dueAt, now);
export const leased: Guard = ({ record, now }) => (record.leaseUntil ?? 0) > now;
export const hasLease: Guard = ({ record }) => record.leaseUntil !== null;
/** The window runs from the receipt, also where the row has lost it and the acting process still has it. */
export const windowOver: Guard = ({ record, event, policy, now }) => {
  const receivedAt = record.receivedAt ?? ('held' in event ? event.held.receivedAt : null);
  return windowEnd({ ...record, receivedAt }, policy) <= now;
};

// The order.
export const orderPaid: Guard<OrderEvent> = ({ event }) => event.order.holder === 'paid';
export const orderInReview: Guard<OrderEvent> = ({ event }) => event.order.holder === 'review';
export const orderVerifying: Guard<OrderEvent> = ({ event }) => event.order.holder === 'verifying';
export const notPayable: Guard<OrderEvent> = ({ event }) => event.order.payable === false;
export const payableUnknown: Guard<OrderEvent> = ({ event }) => event.order.payable === null;
export const duringCallback: Guard<'orderTaken' | 'receiptTaken'> = ({ event }) =>
  event.during.on === 'buyerPaid';
export const duringCheck: Guard<'orderTaken' | 'receiptTaken'> = ({ event }) =>
  event.during.on === 'orderChecked';
/** The write that the store refused would have recorded money. */
export const duringMoney: Guard<'orderTaken' | 'receiptTaken'> = ({ event: { during } }) =>
  during.on === 'amountConfirmed' ||
  during.on === 'amountDiffers' ||
  ('held' in during && during.held.status === 'paid');

// The receipt.
export const sameReceipt: Guard<'buyerPaid'> = ({ record, event }) =>
  record.receiptKey === foldReceipt(event.receipt.referenceNumber);
export const sameReceiptOrNone: Guard<HeldEvent> = ({ record, event }) =>
  record.receiptKey === null || record.receiptKey === event.held.receiptKey;

// Whose attempt, call and lease it is.
export const sameAttempt: Guard<HeldEvent> = ({ record, event }) =>
  record.verifyAttempts === event.held.verifyAttempts;
export const sameStatus: Guard<HeldEvent> = ({ record, event }) => record.status === event.held.status;
export const sameCall: Guard<HeldEvent> = (input) =>
  sameStatus(input) && input.record.hookAttempts === input.event.held.hookAttempts;
/** An attempt of a payment in review may have taken the lease since the call's ran out. */
export const sameLease: Guard<HeldEvent> = ({ record, event }) => record.leaseUntil === event.held.leaseUntil;
export const heldPaid: Guard<HeldEvent> = ({ event }) => event.held.status === 'paid';

// verify-payment.
export const aboutShop: Guard<'verifyRefused'> = ({ event }) => event.aboutShop;

/**
 * Attempts without an answer, beside the one just answered: attempts counted without those refused about the shop,
 * by the row's counts or the caller's, the higher.
 */
export const someUnanswered: Guard<'verifyRefused'> = ({ record, event: { held } }) =>
  Math.max(record.verifyAttempts - record.shopRefusals, held.verifyAttempts - held.shopRefusals) > 1;
/** A payment in review that is still asked about. */
export const stillAsked: Guard = ({ record }) => record.failureReason === 'VerificationTimedOut';
export const mayVerify: Guard<'due'> = ({ event }) => event.mayVerify;
export const verifyDue: Guard = ({ record, now }) => isPast(record.nextVerifyAt, now);

// Hooks.
export const hookPending: Guard = ({ record }) => record.hookDeliveredAt === null;
export const hookDue: Guard = ({ record, now }) => isPast(record.nextHookAt, now);
export const notApplied: Guard = ({ record }) => record.hookAppliedAt === null;
/** The mark that this call's transaction, or an earlier one that it saw, has committed is still there. */
export const markStands: Guard<'hookReturned'> = ({ record, event: { applied, held } }) =>
  record.hookAppliedAt !== null || (!applied && held.hookAppliedAt === null);
export const mayCallAtOnce: Guard<'hookThrew'> = ({ record, event, policy }) =>
  event.transient && record.hookAttempts <= policy.immediateHookRetries;

// Staff.
export const changedSince: Guard<'resolved' | 'retried' | 'noted' | 'gaveBack'> = ({ record, event }) =>
  event.seen !== undefined && event.seen !== record.version;
export const resolvedPaid: Guard<'resolved'> = ({ event }) => event.outcome === 'paid';
export const hasReceipt: Guard = ({ record }) => record.receiptKey !== null;
export const exceedsAmount: Guard<'gaveBack'> = ({ record, event }) =>
  record.givenBack + event.amount > record.amount;
