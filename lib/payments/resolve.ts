import type { PaymentEvent, Refused } from '../core/event';
import { amountText } from '../core/payment';
import type { PaymentRecord } from '../core/record';
import { isOneLine } from '../core/text';
import { AtipayError, type AtipayErrorCode } from '../errors';
import type { Context, RunContext } from './context';
import { deliverSoon } from './hooks';
import { readOrderFacts } from './order-facts';
import { run, type Outcome } from './run';
import { follow } from './sweep';

const TEXT_LIMIT = 500;
const NAME_LIMIT = 100;

/** A decision on a payment in review. */
export interface Resolution {
  outcome: 'paid' | 'failed';
  /** Who decided. */
  by: string;
  /** Why. */
  text: string;
}

/** Money that was given back by other means: the gateway has no refund call. */
export interface GiveBack {
  /** Rials. */
  amount: number;
  /** The transfer's number, or another trace of it. */
  reference: string;
  /** Who gave it back. */
  by: string;
  /** Why. */
  text: string;
}

/** The payment was changed after the person who acts had read it. */
export class ChangedMeanwhile extends Error {
  constructor(readonly record: PaymentRecord) {
    super(`Payment ${record.invoiceNumber} was changed meanwhile.`);
  }
}

/**
 * Stores a person's decision on a payment in review, then calls its hook.
 *
 * @param seen - the version of the payment that the person read; {@link ChangedMeanwhile} is thrown on another.
 * @throws AtipayError `ERR_ATIPAY_RESOLUTION`, `ERR_ATIPAY_PAYMENT_NOT_FOUND`, `ERR_ATIPAY_NOT_IN_REVIEW`,
 * `ERR_ATIPAY_PAYMENT_BUSY` while an attempt or a hook call is under way.
 */
export async function resolve(
  context: Context,
  invoiceNumber: string,
  resolution: Resolution,
  seen?: number,
): Promise<PaymentRecord> {
  const { record, effects } = await resolveOnly(context, invoiceNumber, resolution, seen);
  return effects.includes('hook') ? deliverSoon(context, record) : record;
}

/** The same without the call of the hook, where the shop's hooks are not at hand. */
export function resolveOnly(
  context: RunContext,
  invoiceNumber: string,
  { outcome, by, text }: Resolution,
  seen?: number,
): Promise<Outcome> {
  if ((outcome as unknown) !== 'paid' && (outcome as unknown) !== 'failed') {
    throw problem('ERR_ATIPAY_RESOLUTION', "the outcome must be 'paid' or 'failed'");
  }
  return act(context, invoiceNumber, {
    on: 'resolved',
    seen,
    outcome,
    by: checked('who decided', by, NAME_LIMIT),
    text: checked('why, in a note that stays with the payment', text, TEXT_LIMIT),
  });
}

/** Adds a note of staff to a payment's history. */
export async function addNote(
  context: RunContext,
  invoiceNumber: string,
  by: string,
  text: string,
  seen?: number,
): Promise<PaymentRecord> {
  const event = {
    on: 'noted',
    seen,
    by: checked('who writes', by, NAME_LIMIT),
    text: checked('the note', text, TEXT_LIMIT),
  } as const;
  return (await act(context, invoiceNumber, event)).record;
}

/** Records money that was given back. No money moves. */
export async function recordGiveBack(
  context: RunContext,
  invoiceNumber: string,
  giveBack: GiveBack,
  seen?: number,
): Promise<PaymentRecord> {
  const { amount } = giveBack;
  if (!Number.isSafeInteger(amount) || amount <= 0) {
    throw problem('ERR_ATIPAY_GIVE_BACK', 'amount must be a positive whole number');
  }
  const event = {
    on: 'gaveBack',
    seen,
    amount,
    reference: checked('a reference of the transfer', giveBack.reference, NAME_LIMIT),
    by: checked('who gave it back', giveBack.by, NAME_LIMIT),
    text: checked('why', giveBack.text, TEXT_LIMIT),
  } as const;
  return (await act(context, invoiceNumber, event)).record;
}

/** Does the next step of a payment now: asks verify-payment, or calls the pending hook. */
export async function retry(
  context: Context,
  invoiceNumber: string,
  by: string,
  seen?: number,
): Promise<PaymentRecord> {
  const event = { on: 'retried', seen, by: checked('who asks', by, NAME_LIMIT) } as const;
  const outcome = await act(context, invoiceNumber, event);
  if (outcome.record.status !== 'received') return follow(context, outcome);
  const held = outcome.record;
  const order = await readOrderFacts(context, held);
  return follow(context, await run(context, held, { on: 'orderChecked', held, order }));
}

async function act(context: RunContext, invoiceNumber: string, event: PaymentEvent): Promise<Outcome> {
  const record = await context.store.find(invoiceNumber);
  if (record?.account !== context.settings.account) {
    throw new AtipayError('ERR_ATIPAY_PAYMENT_NOT_FOUND', `There is no payment ${invoiceNumber}.`, {
      status: 404,
    });
  }
  const outcome = await run(context, record, event);
  if (outcome.refused === 'changedMeanwhile') throw new ChangedMeanwhile(outcome.record);
  if (outcome.refused !== undefined) throw refusal(outcome.record, outcome.refused);
  return outcome;
}

const REFUSALS: Record<
  Exclude<Refused, 'changedMeanwhile'>,
  { code: AtipayErrorCode; why: (record: PaymentRecord) => string }
> = {
  leased: {
    code: 'ERR_ATIPAY_PAYMENT_BUSY',
    why: ({ leaseUntil }) =>
      `an attempt or a hook call is under way: try again after ${new Date(leaseUntil ?? 0).toISOString()}`,
  },
  notInReview: {
    code: 'ERR_ATIPAY_NOT_IN_REVIEW',
    why: ({ status }) => `it is ${status}, not in review: there is nothing to decide`,
  },
  nothingPending: {
    code: 'ERR_ATIPAY_NOTHING_PENDING',
    why: ({ status }) => `it is ${status}, and no attempt or hook call is pending`,
  },
  notGivenBack: {
    code: 'ERR_ATIPAY_GIVE_BACK',
    why: ({ status }) => `it is ${status}: only a decided payment with a receipt can be given back`,
  },
  exceedsAmount: {
    code: 'ERR_ATIPAY_GIVE_BACK',
    why: ({ amount, givenBack, currency }) =>
      `of ${amountText(amount, currency)}, ${amountText(givenBack, currency)} are given back already: ` +
      `at most ${amountText(amount - givenBack, currency)} more can be`,
  },
  notPurgeable: {
    code: 'ERR_ATIPAY_NOTHING_PENDING',
    why: () => 'it is not decided yet, or its hook is still pending',
  },
};

function refusal(record: PaymentRecord, refused: keyof typeof REFUSALS): AtipayError {
  const { code, why } = REFUSALS[refused];
  return new AtipayError(code, `Payment ${record.invoiceNumber}: ${why(record)}.`, { status: 409 });
}

function checked(what: string, text: unknown, limit: number): string {
  if (typeof text !== 'string' || text.trim() === '') {
    throw problem('ERR_ATIPAY_RESOLUTION', `${what} is missing`);
  }
  const trimmed = text.trim();
  if (trimmed.length > limit)
    throw problem('ERR_ATIPAY_RESOLUTION', `${what}: longer than ${limit} characters`);
  if (!isOneLine(trimmed.replaceAll('\n', ' '))) {
    throw problem('ERR_ATIPAY_RESOLUTION', `${what}: has control characters`);
  }
  return trimmed;
}

const problem = (code: AtipayErrorCode, what: string): AtipayError =>
  new AtipayError(code, `The act cannot be recorded: ${what}.`, { status: 400 });
