import { owesHook, type PaymentRecord } from '../payment';
import { change } from './change';
import { leaseMs, type Context } from './context';
import { fulfil } from './duties';
import { settleReceived } from './receive';
import { giveUp } from './start';
import { countAsk, verify, verifyInReview } from './verify';

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

/** Does what is due, in batches, until nothing more is. A payment is looked at once a sweep. */
export async function sweep(context: Context, stopped: () => boolean): Promise<SweepReport> {
  const began = performance.now();
  const report: SweepReport = { looked: 0, paid: 0, failed: 0, review: 0, hooks: 0, waiting: 0, ms: 0 };
  const { batch, concurrency } = context.settings.recovery || { batch: 50, concurrency: 10 };
  const seen = new Set<string>();
  for (;;) {
    const due = await context.store.due(context.settings.account, context.settings.now(), batch);
    const fresh = due.filter((record) => !seen.has(record.invoiceNumber));
    for (const { invoiceNumber } of fresh) seen.add(invoiceNumber);
    await eachOf(fresh, concurrency, (record) => look(context, record, report, stopped));
    if (stopped() || fresh.length === 0 || due.length < batch) break;
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
  stopped: () => boolean,
): Promise<void> {
  if (stopped()) return;
  report.looked += 1;
  try {
    count(report, record, await advance(context, record));
  } catch (error) {
    const { invoiceNumber, orderId } = record;
    report.waiting += 1;
    context.reporter.log(
      'error',
      { err: error, invoiceNumber, orderId },
      'A due payment could not be worked on.',
    );
  }
}

function count(report: SweepReport, before: PaymentRecord, after: PaymentRecord): void {
  if (
    after.status !== before.status &&
    (after.status === 'paid' || after.status === 'failed' || after.status === 'review')
  ) {
    report[after.status] += 1;
  }
  if (owesHook(after.status) && after.handledAt !== null && before.handledAt === null) report.hooks += 1;
  if (after.dueAt !== null) report.waiting += 1;
}

/** One step on with a payment that somebody must look at. */
async function advance(context: Context, record: PaymentRecord): Promise<PaymentRecord> {
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
      return askAgain(context, record);
    case 'review':
      return lookAtReview(context, record);
    case 'paid':
    case 'failed':
      return callAgain(context, record);
  }
}

async function askAgain(context: Context, record: PaymentRecord): Promise<PaymentRecord> {
  const counted = await countAsk(context, record);
  return counted ? verify(context, counted, 1) : record;
}

async function lookAtReview(context: Context, record: PaymentRecord): Promise<PaymentRecord> {
  const asking = record.askAt !== null && record.askAt <= context.settings.now();
  const current = asking ? await verifyInReview(context, record) : record;
  return current.status === 'review' && current.handledAt === null ? callAgain(context, current) : current;
}

/** Counts and leases one more call of an owed hook, then makes it. */
async function callAgain(context: Context, record: PaymentRecord): Promise<PaymentRecord> {
  const now = context.settings.now();
  const { record: leased, won } = await change(context, record, (current) =>
    current.version === record.version && current.handledAt === null
      ? { ...current, hookAttempts: current.hookAttempts + 1, dueAt: now + leaseMs(context), updatedAt: now }
      : undefined,
  );
  return won ? fulfil(context, leased) : leased;
}
