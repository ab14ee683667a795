import { AtipayError, isUniqueViolation } from '../errors';
import type { HistoryEntry, PaymentRecord } from '../payment';
import { publicly, type ChangeContext } from './context';

/** What a change came to: the record as stored now, and whether it was this change that made it so. */
export interface Changed {
  record: PaymentRecord;
  won: boolean;
}

/**
 * The compare-and-set loop every change goes through: decides on the record, writes, and when the row has moved
 * meanwhile reads it again and decides anew. `decide` returns undefined when there is nothing to change.
 *
 * @throws UniqueViolation when a key of the decided record is taken.
 */
export async function change(
  context: ChangeContext,
  record: PaymentRecord,
  decide: (current: PaymentRecord) => PaymentRecord | undefined,
): Promise<Changed> {
  for (let current = record; ; current = await reread(context, current)) {
    const next = decide(current);
    if (!next) return { record: current, won: false };
    const stored = await attempt(context, current, next);
    if (stored) return { record: stored, won: true };
  }
}

/** One compare-and-set; undefined when the row has moved. Tells of a change of status. */
export async function attempt(
  context: ChangeContext,
  current: PaymentRecord,
  next: PaymentRecord,
): Promise<PaymentRecord | undefined> {
  const stored = await context.store.update(next, undefined, current);
  if (stored && stored.status !== current.status) tellTransition(context, current, stored);
  return stored;
}

/** Like {@link attempt}, with `'taken'` when another payment holds the receipt or the order. */
export async function attemptKeys(
  context: ChangeContext,
  current: PaymentRecord,
  next: PaymentRecord,
): Promise<PaymentRecord | 'moved' | 'taken'> {
  try {
    return (await attempt(context, current, next)) ?? 'moved';
  } catch (error) {
    if (isUniqueViolation(error)) return 'taken';
    throw error;
  }
}

/** The row as it is now. */
export async function reread(context: ChangeContext, record: PaymentRecord): Promise<PaymentRecord> {
  const current = await context.store.find(record.invoiceNumber);
  if (current) return current;
  throw new AtipayError('ERR_ATIPAY_STORE', `Payment ${record.invoiceNumber} has gone from the store.`);
}

/** Reports a change of status: an event, a log line, and a call for a person when it is a review. */
export function tellTransition(
  context: ChangeContext,
  from: PaymentRecord | undefined,
  to: PaymentRecord,
): void {
  const { note } = entryOf(to);
  const durationMs = from ? to.updatedAt - entryOf(from).at : 0;
  const level = levelOf(context, to);
  if (context.reporter.isLogged(level)) {
    context.reporter.log(level, lineOf(from, to, durationMs), messageOf(to, note));
  }
  if (context.reporter.isHeard('transition')) {
    const payment = publicly(context, to);
    context.reporter.emit('transition', { payment, from: from?.status, to: to.status, note, durationMs });
  }
  if (to.status === 'review') context.reporter.emit('review', { payment: publicly(context, to) });
}

/** The fields of a transition's line. The receipt is among them only where a person has to look it up. */
function lineOf(from: PaymentRecord | undefined, to: PaymentRecord, ms: number): object {
  const { invoiceNumber, orderId, account, status, failureReason: reason, referenceNumber } = to;
  const receipt = status === 'review' ? { referenceNumber } : {};
  return { invoiceNumber, orderId, account, from: from?.status ?? null, to: status, reason, ms, ...receipt };
}

/** In the words of the history, without the receipt: a log is read by more people. */
function messageOf({ status, referenceNumber }: PaymentRecord, note: string): string {
  const words = referenceNumber === null ? note : note.replace(`receipt ${referenceNumber}`, 'a receipt');
  return `Payment ${status}: ${words}`;
}

/** When and why a record came into its status. */
const entryOf = (record: PaymentRecord): Pick<HistoryEntry, 'at' | 'note'> =>
  record.history.find(({ status }) => status === record.status) ?? { at: record.updatedAt, note: '' };

/** A payment that needs a person is an error line where no hook tells of it. */
function levelOf({ settings }: ChangeContext, { status }: PaymentRecord): 'info' | 'warn' | 'error' {
  if (status !== 'review') return 'info';
  return settings.onReview ? 'warn' : 'error';
}
