import type { Payment, PaymentFailure } from '../core/payment';
import { REASONS } from '../core/reasons';
import { STATUSES } from '../core/statuses';
import { texts, type Locale, type Notice } from '../texts';
import type { Tone } from './layout';

/** What a page says of a payment. */
export interface Outcome extends Notice {
  tone: Exclude<Tone, 'plain'>;
  /** What becomes of a deducted amount, when `body` does not say. */
  note?: string;
  /** What happens next, with the place of a moment in it. */
  next?: string;
  /** A new attempt can succeed. */
  retry?: boolean;
}

function failed({ reason, message }: PaymentFailure, locale: Locale): Outcome {
  const { outcome, moneyBack } = texts(locale);
  const { tellsMoney, mayRetry } = REASONS[reason];
  const note = tellsMoney ? {} : { note: moneyBack };
  return {
    tone: 'failed',
    title: outcome.failed.title,
    body: message,
    retry: mayRetry,
    ...note,
  };
}

/**
 * What there is to say of a payment. `unconfirmed`, an answer of the gateway that led to nothing, counts only while
 * nothing else has come: what is stored is the truth.
 */
export function outcomeOf(payment: Payment, locale: Locale, unconfirmed: boolean): Outcome {
  const { outcome, next, moneyBack, unconfirmed: incomplete } = texts(locale);
  const { status } = payment;
  if (status === 'failed') return failed(payment.failure, locale);
  if (status === 'review') {
    return { tone: 'review', title: outcome.review.title, body: payment.failure.message, next: next.review };
  }
  if (unconfirmed && STATUSES[status].open) {
    return { tone: 'failed', ...incomplete, note: moneyBack, retry: true };
  }
  if (status === 'paid') return { tone: 'paid', ...outcome.paid };
  if (status === 'created') return { tone: 'wait', ...outcome.created };
  return { tone: 'wait', ...outcome[status], next: next[status] };
}
