import type { FailureReason, PaymentStatus } from './core/record';
import { en } from './texts/en';
import { fa } from './texts/fa';

/** Languages of pages and messages. */
export type Locale = 'fa' | 'en';

/** The subjects of error pages and of problem documents. */
export type ErrorKind =
  | 'notFound'
  | 'orderNotFound'
  | 'orderInvalid'
  | 'orderTaken'
  | 'tooManyAttempts'
  | 'tokenRefused'
  | 'gatewayUnavailable'
  | 'methodNotAllowed'
  | 'unreadable'
  | 'internal';

/** A heading and the text under it. */
export interface Notice {
  title: string;
  body: string;
}

/**
 * Everything buyers read in one language, as plain text: pages escape it. `{time}` and `{phone}` stand for a moment and
 * for the shop's telephone number.
 */
export interface Texts {
  /** The outcome and the buyer's next step; each text is complete without the others. */
  failure: Record<FailureReason, string>;
  error: Record<ErrorKind, Notice>;
  /** Where a payment stands. `failed` and `review` go on with the failure's text. */
  outcome: Record<Exclude<PaymentStatus, 'failed' | 'review'>, Notice> &
    Record<'failed' | 'review', Pick<Notice, 'title'>>;
  /** The next step of a payment without a final outcome, and its deadline. */
  next: Record<'pending' | 'received' | 'verifying' | 'review', string>;
  /** The gateway's answer was incomplete or contradicted itself, and nothing came of it. */
  unconfirmed: Notice;
  redirect: Notice;
  /** An old payment link. */
  renew: Notice;
  /** Under a failure that does not speak of the money itself. */
  moneyBack: string;
  /** Above the invoice number of a payment in review. */
  quote: string;
  /** The shop's telephone number. */
  phone: string;
  reloads: string;
  movesOn: string;
  /** Which gateway a payment goes through. */
  via: string;
  /** On paper: when it was printed. */
  printed: string;
  /** The zone of every moment on a page. */
  zone: string;
  /** Announced when a number has been copied. */
  copied: string;
  unit: { rials: string; tomans: string };
  label: Record<
    | 'amount'
    | 'order'
    | 'invoice'
    | 'trace'
    | 'reference'
    | 'rrn'
    | 'card'
    | 'time'
    | 'started'
    | 'description',
    string
  >;
  action: Record<
    'pay' | 'renew' | 'retry' | 'toBank' | 'back' | 'continue' | 'reload' | 'print' | 'copy',
    string
  >;
}

const TEXTS: Record<Locale, Texts> = { fa, en };

/** The texts of a language. */
export const texts = (locale: Locale): Texts => TEXTS[locale];
