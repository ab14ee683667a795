import type { Payment } from '../core/payment';
import type { ErrorKind, Locale } from '../texts';
import type { ShopView } from './shop';

/** The values of a result page. Times are epoch milliseconds. */
export type ResultView = {
  /** As it stands now; reload while it is undecided. */
  payment: Payment;
  /** The router's language. */
  locale: Locale;
  /** The shop's name, address, logo and telephone number. */
  shop: ShopView;
  /** When the payment was decided; for an undecided payment, when it was started. */
  at: number;
  /** When the page is made. */
  now: number;
  /** Until when the payment can be made, or its outcome is asked for. */
  until?: number | undefined;
  /** Where the buyer can try again: the `retryUrl` of the shop. */
  retryUrl?: string | undefined;
  /** Leads to the bank's page while the payment can be made; relative to the page's address. */
  payUrl?: string | undefined;
  /** The shop's page: the result is then a small page that moves on to it. */
  continueUrl?: string | undefined;
  /** While the payment is undecided, or while the small page waits: look again after so many seconds. */
  refreshSeconds?: number | undefined;
  /** The gateway's answer was incomplete or contradicted itself. Says so as long as nothing else has come. */
  unconfirmed?: boolean | undefined;
};

/** The values of an error page. */
export type ErrorView = {
  /** The kind of error. */
  kind: ErrorKind;
  /** The router's language. */
  locale: Locale;
  /** The shop's name, address, logo and telephone number. */
  shop: ShopView;
  /** Where the buyer can try again, for an error that may be gone then. */
  retryUrl?: string | undefined;
  /** The details of the error, for people. */
  detail?: string | undefined;
};
