import { withFields, withNote, type PaymentRecord } from '../payment';
import { change } from './change';
import { leaseMs, type Context } from './context';
import { fulfil, hookFailed } from './duties';
import { leaveToNextSweep, Outage } from './outage';
import { settleReceived } from './receive';
import { giveUp } from './start';
import { countAsk, silence, verify, verifyInReview } from './verify';

/** What a sweep did. */
export interface SweepReport {
  /** Payments that were due. */
  looked: number;
  /** Payments that became paid. */
  paid: number;
  /** Payments that became failed. */
  failed: number;
  /** Payments that went into review. */
  review: number;
  /** Hooks that returned, or turned out not to be owed. */
  hooks: number;
  /** Payments that are still owed something: an answer, or a hook that returns. */
  waiting: number;
  /** How long it took, in milliseconds. */
  ms: number;
}

/** So many payments that cannot be worked on are the store's trouble, not theirs. */
const MOST_STUCK = 1_000;

/**
 * Does what is due, in batches, until nothing more is. What has been looked at is due later, so that a batch is always
 * new; what could not be worked on stays due and is left for the next sweep.
 */
export async function sweep(context: Context, stopped: () => boolean): Promise<SweepReport> {
  const began = performance.now();
  const report: SweepReport = { looked: 0, paid: 0, failed: 0, review: 0, hooks: 0, waiting: 0, ms: 0 };
  const { batch, concurrency } = context.settings.recovery || { batch: 50, concurrency: 10 };
  const { account, now } = context.settings;
  const stuck = new Set<string>();
  const outage = new Outage();
  for (let more = true; more && !stopped();) {
    const due = await context.store.due(account, now(), batch + stuck.size);
    const fresh = due.filter((record) => !stuck.has(record.invoiceNumber));
    await eachOf(fresh, concurrency, async (record) => {
      if (stopped()) return;
      const after = await look(context, record, report, outage);
      if (after?.dueAt !== null && (after?.dueAt ?? 0) <= now()) stuck.add(record.invoiceNumber);
    });
    more = fresh.length > 0 && due.length >= batch && stuck.size < MOST_STUCK;
  }
  return { ...report, ms: Math.round(performance.now() - began) };
}

async function eachOf<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
}

async function look(
  context: Context,
  record: PaymentRecord,
  report: SweepReport,
  outage: Outage,
): Promise<PaymentRecord | undefined> {
  report.looked += 1;
  try {
    const after = await advance(context, record, outage);
    count(report, record, after);
    return after;
  } catch (error) {
    const { invoiceNumber, orderId } = record;
    report.waiting += 1;
    context.reporter.log(
      'error',
      { err: error, invoiceNumber, orderId },
      'A due payment could not be worked on.',
    );
    return undefined;
  }
}

function count(report: SweepReport, before: PaymentRecord, after: PaymentRecord): void {
  if (
    after.status !== before.status &&
    (after.status === 'paid' || after.status === 'failed' || after.status === 'review')
  ) {
    report[after.status] += 1;
  }
  const owed = before.handledAt === null || after.status !== before.status;
  if (owed && after.handledAt !== null) report.hooks += 1;
  if (after.dueAt !== null) report.waiting += 1;
}

/** One step on with a payment that somebody must look at. */
async function advance(context: Context, record: PaymentRecord, outage: Outage): Promise<PaymentRecord> {
  switch (record.status) {
    case 'created':
      return giveUp(
        context,
        record,
        'GatewayUnavailable',
        'no token came: the process that asked for it is gone',
      );
    case 'pending':
      return giveUp(context, record, 'Abandoned', 'the buyer did not come back in time');
    case 'received':
      return settleReceived(context, record);
    case 'verifying':
      return askAgain(context, record, outage);
    case 'review':
      return lookAtReview(context, record, outage);
    case 'paid':
    case 'failed':
      return callAgain(context, record);
  }
}

async function askAgain(context: Context, record: PaymentRecord, outage: Outage): Promise<PaymentRecord> {
  if (outage.noticed) return leaveToNextSweep(context, record);
  const counted = await countAsk(
    context,
    record,
    unheard(record, silence(record.asks), `ask ${record.asks}`),
  );
  if (!counted) return record;
  const after = await verify(context, counted, 1);
  outage.note(after.status !== 'verifying' && after.failureReason !== 'VerificationTimedOut');
  return after;
}

async function lookAtReview(context: Context, record: PaymentRecord, outage: Outage): Promise<PaymentRecord> {
  const asking = record.askAt !== null && record.askAt <= context.settings.now();
  if (asking && record.handledAt !== null && outage.noticed) return leaveToNextSweep(context, record);
  const current = asking ? await verifyInReview(context, record) : record;
  if (asking) outage.note(current.failureReason !== 'VerificationTimedOut');
  return current.status === 'review' ? callAgain(context, current) : current;
}

/** Counts and leases one more call of a hook, then makes it; nothing when it is not owed, or is another's to call. */
async function callAgain(context: Context, record: PaymentRecord): Promise<PaymentRecord> {
  const now = context.settings.now();
  const { hookAttempts: calls } = record;
  const note = calls > 0 ? unheard(record, hookFailed(calls), `call ${calls} of the shop's hook`) : undefined;
  const { record: leased, won } = await change(context, record, (current) => {
    if (current.version !== record.version || current.handledAt !== null) return undefined;
    const counted = { hookAttempts: calls + 1, dueAt: now + leaseMs(context), updatedAt: now };
    return note === undefined ? withFields(current, counted) : withNote(current, note, now, counted);
  });
  return won ? fulfil(context, leased) : leased;
}

/** A note for the history if it has not been told how something ended that was begun: the lease has run out instead. */
function unheard({ history }: PaymentRecord, end: string, what: string): string | undefined {
  if (history.some(({ note }) => note.startsWith(end))) return undefined;
  return `nothing was heard of ${what}: its process has ended, or lost the database; a sweep does it again`;
}
