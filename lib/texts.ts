import type { FailureReason, PaymentStatus } from './core/record';
import { en } from './texts/en';
import { fa } from './texts/fa';

/** Languages of pages and messages. */
export type Locale = 'fa' | 'en';

/** What an error page, or the problem document of a JSON client, is about. */
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

/** A heading and what stands under it. */
export interface Notice {
  title: string;
  body: string;
}

/** Everything people read in one language. Plain text: it is escaped where it is put into a page. */
export interface Texts {
  /** What happened and what the buyer should do; each text stands on its own. */
  failure: Record<FailureReason, string>;
  error: Record<ErrorKind, Notice>;
  /** Where a payment stands. `failed` and `review` go on with the failure's own text. */
  outcome: Record<Exclude<PaymentStatus, 'failed' | 'review'>, Notice> &
    Record<'failed' | 'review', Pick<Notice, 'title'>>;
  /** The gateway's answer was incomplete or contradicted itself, and nothing came of it. */
  unconfirmed: Notice;
  redirect: Notice;
  /** An old payment link. */
  renew: Notice;
  /** Under a failure that does not speak of the money itself. */
  moneyBack: string;
  /** Above the invoice number of a payment in review. */
  quote: string;
  reloads: string;
  movesOn: string;
  unit: { rials: string; tomans: string };
  label: Record<
    'amount' | 'invoice' | 'trace' | 'reference' | 'rrn' | 'card' | 'time' | 'description',
    string
  >;
  action: Record<'pay' | 'renew' | 'retry' | 'back' | 'continue' | 'reload' | 'print', string>;
}

const TEXTS: Record<Locale, Texts> = { fa, en };

/** The texts of a language. */
export const texts = (locale: Locale): Texts => TEXTS[locale];
