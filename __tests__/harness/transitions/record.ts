import type { PaymentRecord } from 'express-atipay';
import { dueAtOf } from '../../../lib/core/machine';
import { REASONS } from '../../../lib/core/reasons';
import { foldReceipt } from '../../../lib/core/receipt';
import { STATUSES } from '../../../lib/core/statuses';

/** Fields that no transition changes. */
const FIXED = [
  'invoiceNumber',
  'account',
  'orderId',
  'origin',
  'amount',
  'currency',
  'returnKey',
  'createdAt',
] as const;

/** Contradictions in a record. */
export function* contradictions(record: PaymentRecord): Generator<string> {
  const { status, orderId, orderKey, referenceNumber, receiptKey, failureReason } = record;
  const { hook, holdsOrder } = STATUSES[status];
  if (orderKey !== (holdsOrder ? orderId : null)) yield `${status} with the order key ${String(orderKey)}`;
  if (receiptKey !== (referenceNumber && foldReceipt(referenceNumber))) yield 'the receipt key is another';
  if ((receiptKey === null) !== (record.receivedAt === null)) yield 'a receipt without its time';
  if (TAKES_RECEIPT.has(status) && receiptKey === null) yield `${status} without a receipt`;
  if ((record.verifiedAt !== null) !== (status === 'paid')) yield `${status}, verified ${record.verifiedAt}`;
  if ((failureReason ? REASONS[failureReason].status : status) !== status)
    yield `${status}: ${failureReason}`;
  if (failureReason === null && (status === 'failed' || status === 'review')) yield `${status} for no reason`;
  if (record.shopRefusals > record.verifyAttempts) yield 'more refusals than attempts';
  if (hook === null && (record.hookAttempts > 0 || record.hookDeliveredAt !== null))
    yield `${status}: a hook`;
  if (record.dueAt !== dueAtOf(record)) yield `due at ${record.dueAt}, not at ${dueAtOf(record)}`;
}

const TAKES_RECEIPT: ReadonlySet<string> = new Set(['received', 'verifying', 'paid', 'review']);

/** Changes that no transition makes. */
export function* impossible(before: PaymentRecord, after: PaymentRecord): Generator<string> {
  for (const field of FIXED) if (before[field] !== after[field]) yield `${field} changed`;
  if (before.version === after.version) yield 'the version is the same';
  if (before.receiptKey !== null && before.receiptKey !== after.receiptKey) yield 'the receipt changed';
  for (const count of ['verifyAttempts', 'shopRefusals', 'givenBack'] as const) {
    if (after[count] < before[count]) yield `${count} went down`;
  }
  const entered = before.status !== after.status;
  if (!entered && after.hookAttempts < before.hookAttempts) yield 'hookAttempts went down';
  if (entered && (after.hookAttempts > 1 || after.hookAppliedAt !== null)) yield 'a hook of another status';
}
