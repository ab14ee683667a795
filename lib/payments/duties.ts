import { callHook, type HookCall, type HookContext, type HookOutcome } from '../hooks';
import { owesHook, withNote, type PaymentRecord, type PaymentStatus } from '../payment';
import { oneLine } from '../core/text';
import { payerOf, traced, type HookTrace } from '../tracing';
import { change } from './change';
import { leaseMs, publicly, type Context } from './context';

const FIRST_DELAY_MS = 30_000;
const LONGEST_DELAY_MS = 3_600_000;

/** How long the buyer's page waits for a hook; the hook itself goes on. */
const PAGE_WAIT_MS = 10_000;

/** Statuses in which a payment may still become, or is, what its order waits for. */
const ALIVE: ReadonlySet<PaymentStatus> = new Set([
  'created',
  'pending',
  'received',
  'verifying',
  'paid',
  'review',
]);

/** The part of a record that says what a payment owes on entering a status: the first call of its hook, or nothing. */
export function duty(
  context: Context,
  status: 'paid' | 'failed' | 'review',
  now: number,
  askAt: number | null = null,
): Partial<PaymentRecord> {
  return hasHook(context, status)
    ? { hookAttempts: 1, askAt, dueAt: earliest(now + leaseMs(context), askAt) }
    : { handledAt: now, askAt, dueAt: askAt };
}

const hasHook = ({ settings }: Context, status: PaymentStatus): boolean =>
  status === 'paid' ||
  (status === 'failed' && settings.onFailure !== undefined) ||
  (status === 'review' && settings.onReview !== undefined);

const earliest = (time: number, other: number | null): number =>
  other === null ? time : Math.min(time, other);

/**
 * Calls the hook a decided payment owes; the attempt is already counted and leased in the record. Resolves with the
 * record as stored afterwards, whatever the hook did.
 */
export async function fulfil(context: Context, record: PaymentRecord): Promise<PaymentRecord> {
  if (!owesHook(record.status) || record.handledAt !== null) return record;
  if (!hasHook(context, record.status))
    return handled(context, record, 'no hook is configured for this outcome');
  if (record.status === 'failed' && (await orderIsAlive(context, record))) {
    return handled(
      context,
      record,
      'the shop is not told: another payment of the order is under way or paid',
    );
  }
  const outcome = await call(context, record);
  return outcome.kind === 'returned'
    ? handled(context, outcome.record, 'the shop was told')
    : tryLater(context, outcome.record, outcome.error);
}

function call(context: Context, record: PaymentRecord): Promise<HookOutcome> {
  const work: HookCall = {
    store: context.store,
    record,
    hook: (hookContext) => dispatch(context, record, hookContext),
    timeoutMs: context.settings.hookTimeoutMs,
    now: context.settings.now,
    stillOwed: async () => record.status !== 'failed' || !(await orderIsAlive(context, record)),
  };
  return traced(
    'atipay:hook',
    () => ({ ...payerOf(record), hook: hookFor(record.status), attempt: record.hookAttempts }),
    () => callHook(work),
    (outcome) => ({ outcome: outcome.kind, ...(outcome.kind === 'threw' && { error: outcome.error }) }),
  );
}

const hookFor = (status: PaymentStatus): HookTrace['hook'] =>
  status === 'paid' ? 'onSuccess' : status === 'failed' ? 'onFailure' : 'onReview';

/** {@link fulfil} for a caller that has somebody waiting: answers after ten seconds while the hook goes on. */
export async function fulfilSoon(context: Context, record: PaymentRecord): Promise<PaymentRecord> {
  const work = context.tasks.track(fulfil(context, record));
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<PaymentRecord>((resolve) => {
    timer = setTimeout(resolve, PAGE_WAIT_MS, record);
  });
  try {
    return await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}

function dispatch(context: Context, record: PaymentRecord, hookContext: HookContext<unknown>): unknown {
  const { settings } = context;
  const payment = publicly(context, record);
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

/** Whether the order of a failed payment has another one that may still be, or is, what it waits for. */
async function orderIsAlive(context: Context, failed: PaymentRecord): Promise<boolean> {
  const all = await context.store.findByOrder(failed.account, failed.orderId);
  return all.some(({ status }) => ALIVE.has(status));
}

const sameDuty = (current: PaymentRecord, record: PaymentRecord): boolean =>
  current.status === record.status && current.handledAt === null;

async function handled(context: Context, record: PaymentRecord, note: string): Promise<PaymentRecord> {
  const now = context.settings.now();
  const { record: stored } = await change(context, record, (current) =>
    sameDuty(current, record)
      ? withNote(current, note, now, { handledAt: now, dueAt: current.askAt })
      : undefined,
  );
  return stored;
}

async function tryLater(context: Context, record: PaymentRecord, error: unknown): Promise<PaymentRecord> {
  const now = context.settings.now();
  const delay = Math.min(FIRST_DELAY_MS * 2 ** (record.hookAttempts - 1), LONGEST_DELAY_MS);
  const nextTryAt = now + delay;
  const { invoiceNumber, orderId, hookAttempts: attempt } = record;
  context.reporter.log(
    'error',
    { err: error, invoiceNumber, orderId, attempt, nextTryAt },
    `The hook for a ${record.status} payment threw; it is called again in ${delay / 1000} s.`,
  );
  context.reporter.emit('hookError', { payment: publicly(context, record), error, attempt, nextTryAt });
  const { record: stored } = await change(context, record, (current) =>
    sameDuty(current, record) && current.hookAttempts === record.hookAttempts
      ? withNote(current, `${hookFailed(attempt)}: ${summary(error)}`, now, {
          dueAt: earliest(nextTryAt, current.askAt),
        })
      : undefined,
  );
  return stored;
}

/** How the history begins to tell of a hook that threw or took too long. */
export const hookFailed = (call: number): string => `the shop's hook did not return (call ${call})`;

const summary = (error: unknown): string => oneLine(wordsOf(error), 120);

/** Anything can be thrown, also what cannot be turned into a text. */
function wordsOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return 'it threw something that cannot be shown';
  }
}
