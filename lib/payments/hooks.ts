import { setTimeout } from 'node:timers/promises';
import type { PaymentEvent } from '../core/event';
import type { PaymentRecord } from '../core/record';
import { STATUSES } from '../core/statuses';
import { oneLine } from '../core/text';
import { traceSubject, traced } from '../tracing';
import type { HookContext } from '../hook-context';
import { shopPayment, type Context } from './context';
import { limited } from '../time-limit';
import { callHook, type HookOutcome } from './hook-call';
import { orderIsAlive } from './order-facts';
import { run, type Outcome } from './run';

const PROBLEM_LIMIT = 120;

/**
 * Calls the pending hook of a decided payment; the call is already counted and leased in the record. A call that fails
 * for a transient reason of the database is repeated at once. Resolves with the record as stored afterwards.
 */
export async function deliver(context: Context, leased: PaymentRecord): Promise<PaymentRecord> {
  for (let held = leased; ;) {
    if ((held.leaseUntil ?? 0) <= context.settings.now()) return held;
    const { read, event, error } = await call(context, held);
    const outcome = await run(context, read, event);
    if (error) reportHookError(context, held, error.thrown, outcome);
    if (!outcome.changed || !outcome.effects.includes('hook')) return outcome.record;
    await setTimeout(Math.random() * context.policy.immediateHookPauseMs);
    held = outcome.record;
  }
}

/** {@link deliver} for a caller that a buyer waits for: answers after some seconds while the hook goes on. */
export async function deliverSoon(context: Context, record: PaymentRecord): Promise<PaymentRecord> {
  const work = context.tasks.track(deliver(context, record));
  return limited(work, context.policy.pagePatienceMs, () => record);
}

interface Call {
  read: PaymentRecord;
  event: PaymentEvent;
  error?: { thrown: unknown };
}

async function call(context: Context, held: PaymentRecord): Promise<Call> {
  if (held.status === 'failed' && (await orderIsAlive(context, held))) {
    return { read: held, event: { on: 'hookNotOwed', held } };
  }
  const outcome = await tracedCall(context, held);
  const { record: read } = outcome;
  if (outcome.kind === 'returned') {
    return { read, event: { on: 'hookReturned', held, applied: outcome.applied } };
  }
  const { error: thrown } = outcome;
  const transient = context.store.isTransient?.(thrown) === true;
  const problem = oneLine(wordsOf(thrown), PROBLEM_LIMIT);
  const event: PaymentEvent = { on: 'hookThrew', held, problem, transient, spread: Math.random() };
  return { read, event, error: { thrown } };
}

function tracedCall(context: Context, record: PaymentRecord): Promise<HookOutcome> {
  const hook = STATUSES[record.status].hook ?? 'onSuccess';
  return traced(
    'atipay:hook',
    () => ({ ...traceSubject(record), hook, attempt: record.hookAttempts }),
    () => callHook(context, record, (hookContext) => shopHook(context, record, hookContext)),
    ({ kind, error }) => ({ outcome: kind, error }),
  );
}

function shopHook(context: Context, record: PaymentRecord, hookContext: HookContext<unknown>): unknown {
  const { settings } = context;
  const payment = shopPayment(context, record);
  switch (payment.status) {
    case 'paid':
      return settings.onSuccess(payment, hookContext);
    case 'failed':
      return settings.onFailure?.(payment, hookContext);
    case 'review':
      return settings.onReview?.(payment, hookContext);
    default:
      return undefined;
  }
}

function reportHookError(context: Context, held: PaymentRecord, error: unknown, { record }: Outcome): void {
  const { invoiceNumber, orderId, hookAttempts: attempt } = held;
  const now = context.settings.now();
  const atOnce = record.leaseUntil !== null;
  const nextTryAt = atOnce ? now : (record.nextHookAt ?? now);
  const delay = Math.max(0, Math.round((nextTryAt - now) / 1_000));
  context.reporter.log(
    'error',
    { err: error, invoiceNumber, orderId, attempt, nextTryAt },
    `The hook for a ${held.status} payment ` +
      (atOnce
        ? 'met a lock or a conflict in the database; it is called again at once. If this repeats: does it write through another connection than its transaction’s tx?'
        : `threw; it is called again in ${delay} s. The payment stays ${held.status}: correct the hook and deploy it.`),
  );
  context.reporter.emit('hookError', { payment: shopPayment(context, held), error, attempt, nextTryAt });
}

/** Anything can be thrown, also a value that cannot be turned into a text. */
function wordsOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return 'it threw something that cannot be shown';
  }
}
