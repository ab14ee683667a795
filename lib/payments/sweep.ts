import { DEFAULT_RECOVERY } from '../core/policy';
import type { PaymentRecord, PaymentStatus } from '../core/record';
import { hasOutcome, SWEEP_ORDER } from '../core/statuses';
import type { SweepReport } from '../core/sweep-report';
import { hasCode, HELP_PAGE } from '../errors';
import type { Context } from './context';
import { deliver } from './hooks';
import { readOrderFacts } from './order-facts';
import { Outage } from './outage';
import { run, type Outcome } from './run';
import { verify } from './verify';

/** The state of one sweep. */
interface Sweep {
  context: Context;
  report: SweepReport;
  outage: Outage;
  /** Called for each payment; false stops the sweep. */
  goesOn: () => boolean;
}

/** After this many payments that cannot be worked on the store is probably down: the sweep stops. */
const MOST_STUCK = 1_000;

/**
 * Works on due payments in batches until none is left: answers that buyers wait for first, expiries last.
 *
 * @param goesOn - called for each payment, as a sign of progress; false stops the sweep.
 */
export async function sweep(context: Context, goesOn: () => boolean): Promise<SweepReport> {
  const began = performance.now();
  const report: SweepReport = { due: 0, paid: 0, failed: 0, review: 0, hooks: 0, waiting: 0, ms: 0 };
  const work: Sweep = { context, report, outage: new Outage(context.policy), goesOn };
  for (const statuses of SWEEP_ORDER) await sweepStatuses(work, statuses);
  return { ...report, ms: Math.round(performance.now() - began) };
}

/**
 * A payment that was worked on is due later, so that a batch is always new. One that stays due is left for the next
 * sweep, where it comes first.
 */
async function sweepStatuses(work: Sweep, statuses: readonly PaymentStatus[]): Promise<void> {
  const { batch, concurrency } = work.context.settings.recovery || DEFAULT_RECOVERY;
  const asks = statuses.includes('verifying');
  const mayGoOn = (): boolean => work.goesOn() && !(asks && work.outage.noticed);
  const stuck = new Set<string>();
  for (let more = true; more && mayGoOn();) {
    const limit = batch + stuck.size;
    const due = await readDue(work, statuses, limit, stuck);
    const fresh = due.filter(({ invoiceNumber }) => !stuck.has(invoiceNumber));
    await eachOf(fresh, concurrency, async (record) => {
      if (!mayGoOn()) return;
      const after = await look(work, record);
      if (after === undefined || isDue(work, after)) stuck.add(record.invoiceNumber);
    });
    more = due.length >= limit && stuck.size < MOST_STUCK;
  }
}

function readDue(
  { context }: Sweep,
  statuses: readonly PaymentStatus[],
  limit: number,
  stuck: Set<string>,
): Promise<PaymentRecord[]> {
  const { account, now, origins } = context.settings;
  const onUnreadable = (invoiceNumber: string, error: Error): void => {
    stuck.add(invoiceNumber);
    const message = 'A due payment cannot be read from the store; it is skipped until its row is repaired.';
    context.reporter.log('error', { err: error, invoiceNumber }, message);
  };
  return context.store.due({ account, origins, statuses, now: now(), limit, onUnreadable });
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

async function look(work: Sweep, record: PaymentRecord): Promise<PaymentRecord | undefined> {
  const { context, report } = work;
  report.due += 1;
  try {
    const first = await step(work, record);
    // A review may be due for an attempt and for a hook call.
    const { record: after } =
      first.changed && isDue(work, first.record) ? await step(work, first.record) : first;
    if (after.dueAt !== null) report.waiting += 1;
    return after;
  } catch (error) {
    report.waiting += 1;
    if (hasCode(error, 'ERR_ATIPAY_STORE_LOCKED')) return undefined;
    const { invoiceNumber, orderId } = record;
    const message = 'A due payment could not be worked on.';
    context.reporter.log('error', { err: error, invoiceNumber, orderId }, message);
    return undefined;
  }
}

type Step = Pick<Outcome, 'changed' | 'record'>;

const isDue = ({ context }: Sweep, { dueAt }: PaymentRecord): boolean =>
  dueAt !== null && dueAt <= context.settings.now();

async function step(work: Sweep, record: PaymentRecord): Promise<Step> {
  const after = await advance(work, record);
  if (after.changed) {
    count(work.report, record, after.record);
    noteExpiry(work.context, record, after.record);
  }
  return after;
}

/** Counts the changes of this sweep only; another process counts its changes. */
function count(report: SweepReport, before: PaymentRecord, after: PaymentRecord): void {
  const moved = after.status !== before.status;
  if (moved && hasOutcome(after)) report[after.status] += 1;
  const pending = before.hookDeliveredAt === null || moved;
  if (pending && after.hookDeliveredAt !== null) report.hooks += 1;
}

const NO_CALLBACK =
  'Several buyers were sent to the bank, and no callback has reached this process. If they do come back, something in ' +
  'front of the router keeps them out: mount the router before login, CSRF and redirects, and guard /pay alone. ' +
  'npx atipay-payments doctor --app <your module> posts to the callback and names what answers.';

/** Warns once when no buyer seems to reach the callback. */
function noteExpiry(
  { reporter, returns, settings }: Context,
  before: PaymentRecord,
  after: PaymentRecord,
): void {
  if (before.status !== 'pending' || after.failureReason !== 'Abandoned' || !returns.expired()) return;
  const { publicUrl } = settings;
  reporter.log('warn', { publicUrl, help: `${HELP_PAGE}#401-or-403-on-the-callback` }, NO_CALLBACK);
}

/** One step on with a due payment. Its row is not waited for: another process may hold it for long. */
async function advance({ context, outage }: Sweep, held: PaymentRecord): Promise<Step> {
  const mayVerify = !outage.noticed;
  const event =
    held.status === 'received'
      ? ({ on: 'orderChecked', held, order: await readOrderFacts(context, held) } as const)
      : ({ on: 'due', held, mayVerify } as const);
  const outcome = await run(context, held, event, { wait: false });
  return { changed: outcome.changed, record: await follow(context, outcome, outage) };
}

/** Follows up an attempt or a hook call of a sweep or of staff: no buyer waits, so each may take its whole time. */
export async function follow(
  context: Context,
  { record, effects }: Outcome,
  outage?: Outage,
): Promise<PaymentRecord> {
  if (effects.includes('hook')) return deliver(context, record);
  if (!effects.includes('verify')) return record;
  const verified = await verify(context, record, { tries: 1 });
  outage?.note(verified.answer);
  return verified.record;
}
