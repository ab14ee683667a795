import { windowEnd } from '../policy';
import { foldReceipt } from '../receipt';
import type { HistoryEvent, PaymentRecord, ReceiptFields } from '../record';
import type { Input } from '../guards';

type Patch = Partial<PaymentRecord>;
type Moment = Pick<Input, 'policy' | 'now'>;

/** A receipt as it is stored: as it came, and folded for comparison. */
export const receiptPatch = (receipt: ReceiptFields & { referenceNumber: string }, now: number): Patch => ({
  receiptKey: foldReceipt(receipt.referenceNumber),
  receivedAt: now,
  ...receipt,
});

/** Counts one more attempt and takes its lease. */
export const beginAttempt = ({ record, policy, now }: Pick<Input, 'record'> & Moment): Patch => ({
  verifyAttempts: record.verifyAttempts + 1,
  nextVerifyAt: now,
  leaseUntil: now + policy.leaseMs,
});

/** The same in review, where attempts have an hourly schedule that ends. */
export const beginReviewAttempt = (input: Pick<Input, 'record'> & Moment): Patch => ({
  ...beginAttempt(input),
  nextVerifyAt: nextInReview(input),
});

function nextInReview({ record, policy, now }: Pick<Input, 'record'> & Moment): number | null {
  const next = now + policy.reviewSpacingMs;
  return record.nextVerifyAt !== null && next <= windowEnd(record, policy) + policy.reviewForMs ? next : null;
}

/** Looks at the payment again after the spacing, and when its window ends at the latest. */
export const lookAgain = ({ policy, now }: Moment): Patch => ({ nextVerifyAt: now + policy.verifySpacingMs });

/** Waits with a receipt; the end of the window is not slept through. */
export const waitWithReceipt = ({ record, policy, now }: Pick<Input, 'record'> & Moment): Patch => ({
  nextVerifyAt: Math.min(now + policy.verifySpacingMs, windowEnd(record, policy)),
});

/** Counts one more call of the pending hook and takes its lease. */
export const beginCall = ({ record, policy, now }: Pick<Input, 'record'> & Moment): Patch => ({
  hookAttempts: record.hookAttempts + 1,
  leaseUntil: now + policy.leaseMs,
});

/** The fields of a payment that has just been decided: the first call of its hook, or none. */
export function hookPatch(status: 'paid' | 'failed' | 'review', { policy, now }: Moment): Patch {
  const fresh = { hookAttempts: 0, hookAppliedAt: null, hookDeliveredAt: null, nextHookAt: now };
  switch (policy.hooks[status]) {
    case 'now':
      return { ...fresh, hookAttempts: 1, leaseUntil: now + policy.leaseMs };
    case 'later':
      return fresh;
    case 'none':
      return { ...fresh, nextHookAt: null, hookDeliveredAt: now };
  }
}

interface HeldInput {
  record: PaymentRecord;
  event: { held: PaymentRecord };
}

/**
 * Gives the lease back if it is still the one that the attempt or call was made under. In another status it is the
 * lease of that status' hook, also where both end at the same time.
 */
export const releaseLease = ({ record, event: { held } }: HeldInput): Patch =>
  record.status === held.status && record.leaseUntil === held.leaseUntil ? { leaseUntil: null } : {};

/**
 * Fields that the acting process saw stored and that a row which went back in time may have lost: receipt and attempts.
 * The same as the row's for every other row.
 */
export function restored(record: PaymentRecord, held: PaymentRecord): Patch {
  const receipt: Patch =
    record.receiptKey === null
      ? {
          referenceNumber: held.referenceNumber,
          receiptKey: held.receiptKey,
          traceNumber: held.traceNumber,
          terminalId: held.terminalId,
          rrn: held.rrn,
          maskedPan: held.maskedPan,
          cardEnd: held.cardEnd,
        }
      : {};
  return {
    ...receipt,
    receivedAt: record.receivedAt ?? held.receivedAt,
    verifyAttempts: Math.max(record.verifyAttempts, held.verifyAttempts),
    shopRefusals: Math.max(record.shopRefusals, held.shopRefusals),
  };
}

/** Records an event unless the latest entry records the same. */
export const unlessRepeated =
  (event: HistoryEvent) =>
  ({ record }: Pick<Input, 'record'>): HistoryEvent | undefined =>
    record.history.at(-1)?.event === event ? undefined : event;

/** Records that an attempt or call ended with its process: its lease ran out instead of being given back. */
export const ifLost =
  (event: HistoryEvent) =>
  ({ record }: Pick<Input, 'record'>): HistoryEvent | undefined =>
    record.leaseUntil === null ? undefined : event;

/** Details without those that are missing. */
export function details(
  values: Record<string, string | number | null | undefined>,
): Record<string, string | number> {
  const entries = Object.entries(values).flatMap(([name, value]) =>
    value === undefined || value === null || value === '' ? [] : [[name, value] as const],
  );
  return Object.fromEntries(entries);
}
