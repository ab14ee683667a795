import { AtipayError } from '../errors';
import { move, type PaymentRecord } from '../payment';
import { change } from './change';
import type { ChangeContext, Context } from './context';
import { duty, fulfilSoon } from './duties';

const NOTE_LIMIT = 500;

/**
 * A person's decision on a payment in review, stored with its note and time; then the hook it owes is called.
 *
 * @throws AtipayError `ERR_ATIPAY_RESOLUTION` for a wrong outcome or an empty note, `ERR_ATIPAY_PAYMENT_NOT_FOUND`,
 * `ERR_ATIPAY_NOT_IN_REVIEW` when there is nothing for a person to decide (any more).
 */
export async function resolve(
  context: Context,
  invoiceNumber: string,
  outcome: 'paid' | 'failed',
  note: string,
): Promise<PaymentRecord> {
  const stored = await decide(context, invoiceNumber, outcome, note, (now) => duty(context, outcome, now));
  return fulfilSoon(context, stored);
}

/** The same where the shop's hooks are not at hand: the hook is due at once, for the shop's next sweep to call. */
export function resolveForSweep(
  context: ChangeContext,
  invoiceNumber: string,
  outcome: 'paid' | 'failed',
  note: string,
): Promise<PaymentRecord> {
  return decide(context, invoiceNumber, outcome, note, (now) => ({ dueAt: now }));
}

async function decide(
  context: ChangeContext,
  invoiceNumber: string,
  outcome: 'paid' | 'failed',
  note: string,
  owed: (now: number) => Partial<PaymentRecord>,
): Promise<PaymentRecord> {
  const words = checkResolution(outcome, note);
  const record = await context.store.find(invoiceNumber);
  if (record?.account !== context.settings.account) throw notFound(invoiceNumber);
  const { record: stored, won } = await change(context, record, (current) => {
    if (current.status !== 'review') return undefined;
    const now = context.settings.now();
    const failureReason = outcome === 'paid' ? null : ('ResolvedByHand' as const);
    const patch = { ...owed(now), failureReason, ...(outcome === 'paid' && { verifiedAt: now }) };
    return move(current, outcome, patch, `resolved by hand as ${outcome}: ${words}`, now);
  });
  if (!won) throw notInReview(stored);
  return stored;
}

function checkResolution(outcome: unknown, note: unknown): string {
  if (outcome !== 'paid' && outcome !== 'failed') throw wrong("the outcome must be 'paid' or 'failed'");
  if (typeof note !== 'string' || note.trim() === '') {
    throw wrong('a note is needed that says who decided and why: it stays with the payment');
  }
  if (note.length > NOTE_LIMIT) throw wrong(`the note is longer than ${NOTE_LIMIT} characters`);
  return note.trim();
}

const wrong = (what: string): AtipayError =>
  new AtipayError('ERR_ATIPAY_RESOLUTION', `resolve(invoiceNumber, outcome, note): ${what}.`, {
    status: 400,
  });

const notFound = (invoiceNumber: string): AtipayError =>
  new AtipayError('ERR_ATIPAY_PAYMENT_NOT_FOUND', `There is no payment ${invoiceNumber}.`, { status: 404 });

const notInReview = ({ invoiceNumber, status }: PaymentRecord): AtipayError =>
  new AtipayError(
    'ERR_ATIPAY_NOT_IN_REVIEW',
    `Payment ${invoiceNumber} is ${status}, not in review: there is nothing to decide.`,
    { status: 409 },
  );
