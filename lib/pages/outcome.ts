import type { Payment, PaymentFailure } from '../core/payment';
import { REASONS } from '../core/reasons';
import { STATUSES } from '../core/statuses';
import { texts, type Locale, type Notice } from '../texts';
import type { Tone } from './layout';

/** The outcome on a payment's page. */
export interface Outcome extends Notice {
  tone: Exclude<Tone, 'plain'>;
  /** The fate of a deducted amount, when `body` does not say. */
  note?: string;
  /** The next step, with a placeholder for a time. */
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
 * The outcome of a payment for its page. `unconfirmed`, an answer of the gateway that led to nothing, counts only while
 * nothing else has come: the stored status is the truth.
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
