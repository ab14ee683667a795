import { setTimeout } from 'node:timers/promises';
import type { Refusal, VerifyAnswer } from '../gateway/client';
import {
  move,
  receiptNumber,
  withFields,
  withNote,
  type FailureReason,
  type PaymentRecord,
} from '../payment';
import { payerOf, tellVerification, traced } from '../tracing';
import { change, reread } from './change';
import { leaseMs, publicly, type Context } from './context';
import { duty, fulfilSoon } from './duties';

/** What a callback's buyer waits for verify-payment, tries and pauses together. */
const BUDGET_MS = 15_000;
const TRIES = 3;
const PAUSE_MS = 200;
/** Less than this is not worth a call. */
const SHORTEST_CALL_MS = 1_000;

const HOUR = 3_600_000;
/** How long a payment in review is asked for again, hourly. */
const REVIEW_MS = 24 * HOUR;

/** When verifying again is no longer of use, by the gateway's own clock: see `verifyWindowMs`. */
export const windowEnd = (context: Context, record: PaymentRecord): number =>
  (record.receivedAt ?? record.createdAt) + context.settings.verifyWindowMs;

/** The spacing of asks that got no answer: the sweep's own, so that a payment is done one sweep after the gateway is back. */
export const spacingMs = ({ settings }: Context): number =>
  settings.recovery === false ? 30_000 : Math.min(settings.recovery.everyMs, 30_000);

/**
 * Asks verify-payment about a payment whose first ask is already counted and leased, and acts on the answer: up to
 * `tries` times within the time a buyer can be kept waiting. Each further ask is counted before it is made.
 */
export async function verify(context: Context, record: PaymentRecord, tries = TRIES): Promise<PaymentRecord> {
  const end = performance.now() + BUDGET_MS;
  for (let current = record, left = tries - 1; ; left -= 1) {
    const answer = await ask(context, current, end - performance.now());
    if (answer.kind !== 'unanswered') return settle(context, current, answer);
    context.reporter.log('warn', subject(current), answer.error.message);
    context.reporter.emit('gatewayError', {
      operation: 'verify-payment',
      payment: publicly(context, current),
      error: answer.error,
    });
    if (left === 0 || end - performance.now() < SHORTEST_CALL_MS + PAUSE_MS)
      return postpone(context, current);
    await setTimeout(PAUSE_MS);
    const counted = await countAsk(context, current);
    if (!counted) return reread(context, current);
    current = counted;
  }
}

const subject = ({ invoiceNumber, orderId, account, asks }: PaymentRecord): object => ({
  invoiceNumber,
  orderId,
  account,
  asks,
});

function ask(context: Context, record: PaymentRecord, timeout: number): Promise<VerifyAnswer> {
  const request = { referenceNumber: receiptNumber(record), terminalId: record.terminalId };
  return traced(
    'atipay:verify-payment',
    () => ({ ...payerOf(record), ask: record.asks }),
    () => context.client.verifyPayment(request, { timeout }),
    tellVerification,
  );
}

/**
 * Stores one more ask, with a new lease, before it is made. Undefined when the payment is no longer this caller's.
 *
 * @param note - what the history has to say of it, if anything.
 */
export async function countAsk(
  context: Context,
  record: PaymentRecord,
  note?: string,
): Promise<PaymentRecord | undefined> {
  const now = context.settings.now();
  const { record: stored, won } = await change(context, record, (current) => {
    if (current.version !== record.version) return undefined;
    const counted = { asks: current.asks + 1, dueAt: now + leaseMs(context), updatedAt: now };
    return note === undefined ? withFields(current, counted) : withNote(current, note, now, counted);
  });
  return won ? stored : undefined;
}

/** What the history says of an ask that got no answer. */
export const silence = (ask: number): string => `no answer to verify-payment (ask ${ask}); asked again later`;

/** No answer: the sweep asks again, until the window is over and a person has to look. */
async function postpone(context: Context, record: PaymentRecord): Promise<PaymentRecord> {
  const now = context.settings.now();
  const { record: stored, won } = await change(context, record, (current) => {
    // Whoever has counted another ask meanwhile goes on with it.
    if (current.status !== 'verifying' || current.asks !== record.asks) return undefined;
    if (now >= windowEnd(context, current)) {
      return toReview(
        context,
        current,
        'VerificationTimedOut',
        now,
        'no answer to verify-payment in its window',
      );
    }
    return withNote(current, silence(current.asks), now, { dueAt: now + spacingMs(context) });
  });
  return won ? fulfilSoon(context, stored) : stored;
}

/** Acts on the gateway's word, whatever has become of the row meanwhile. */
async function settle(
  context: Context,
  record: PaymentRecord,
  answer: Exclude<VerifyAnswer, { kind: 'unanswered' }>,
): Promise<PaymentRecord> {
  const now = context.settings.now();
  let before = record;
  const { record: stored, won } = await change(context, record, (current) => {
    before = current;
    if (answer.kind === 'refused') return refused(context, current, answer, now);
    return answer.amount === current.amount
      ? confirmed(context, current, now)
      : mismatched(context, current, answer.amount, now);
  });
  // A payment that stays in review owes its hook as before: the sweep counts the next call.
  if (won) return stored.status === before.status ? stored : fulfilSoon(context, stored);
  tellIfUnaccounted(context, stored, answer);
  return stored;
}

function confirmed(context: Context, current: PaymentRecord, now: number): PaymentRecord | undefined {
  if (current.status !== 'verifying' && current.status !== 'review') return undefined;
  const patch = { verifiedAt: now, failureReason: null, ...duty(context, 'paid', now) };
  return move(current, 'paid', patch, `verify-payment answered ${current.amount} Rials, as expected`, now);
}

function mismatched(
  context: Context,
  current: PaymentRecord,
  amount: number,
  now: number,
): PaymentRecord | undefined {
  const note = `verify-payment answered ${amount} Rials instead of ${current.amount}`;
  if (current.status === 'verifying') return toReview(context, current, 'AmountMismatch', now, note);
  return stopAsking(current, 'AmountMismatch', note, now);
}

function refused(
  context: Context,
  current: PaymentRecord,
  { code, description }: Refusal,
  now: number,
): PaymentRecord | undefined {
  const note = `verify-payment refused${code ? ` (${code})` : ''}${description ? `: ${description}` : ''}`;
  if (current.status !== 'verifying') return stopAsking(current, 'VerificationUnclear', note, now);
  if (current.asks > 1) {
    const unclear = `${note}; but an earlier ask went unanswered and may have taken the money`;
    return toReview(context, current, 'VerificationUnclear', now, unclear);
  }
  const patch = { ...duty(context, 'failed', now), failureReason: 'VerificationRefused' as const };
  return move(current, 'failed', patch, note, now);
}

function toReview(
  context: Context,
  current: PaymentRecord,
  reason: FailureReason,
  now: number,
  note: string,
): PaymentRecord {
  const askAt = reason === 'VerificationTimedOut' ? now + HOUR : null;
  return move(
    current,
    'review',
    { ...duty(context, 'review', now, askAt), failureReason: reason },
    note,
    now,
  );
}

/** A payment in review that was asked about hourly has its answer: only a person can decide now. */
function stopAsking(
  current: PaymentRecord,
  reason: FailureReason,
  note: string,
  now: number,
): PaymentRecord | undefined {
  if (current.failureReason !== 'VerificationTimedOut') return undefined;
  const dueAt = current.handledAt === null ? current.dueAt : null;
  return withNote(current, note, now, { failureReason: reason, askAt: null, dueAt });
}

/** Money confirmed for a payment that is final otherwise (a person was quicker): nothing changes, but it is told loudly. */
function tellIfUnaccounted(context: Context, record: PaymentRecord, answer: VerifyAnswer): void {
  if (record.status !== 'failed' || answer.kind !== 'amount') return;
  const message =
    'verify-payment confirmed money for a payment that has been decided as failed: give it back or serve the order.';
  context.reporter.log('error', { ...subject(record), amount: answer.amount }, message);
  context.reporter.emit('late', {
    payment: publicly(context, record),
    referenceNumber: receiptNumber(record),
  });
}

/** Counts and schedules the hourly ask of a payment in review, then asks once. A hook that is owed stays due meanwhile. */
export async function verifyInReview(context: Context, record: PaymentRecord): Promise<PaymentRecord> {
  const now = context.settings.now();
  const next = now + HOUR <= windowEnd(context, record) + REVIEW_MS ? now + HOUR : null;
  const { record: counted, won } = await change(context, record, (current) => {
    if (current.version !== record.version) return undefined;
    const dueAt = current.handledAt === null ? current.dueAt : next;
    return withFields(current, { asks: current.asks + 1, askAt: next, dueAt, updatedAt: now });
  });
  return won ? verify(context, counted, 1) : counted;
}
