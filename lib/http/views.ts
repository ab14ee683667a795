import type { PaymentRecord } from '../core/record';
import { windowEnd } from '../core/policy';
import { hasOutcome, STATUSES } from '../core/statuses';
import { mayPass, type ErrorKind, type ErrorView, type ResultView } from '../pages';
import { shopPayment, type Context } from '../payments/context';
import { shopResultUrl, shopRetryUrl } from './shop-urls';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** How long the page that moves on to the shop waits for a decision. */
const LONGEST_WAIT_MS = 15 * SECOND;

/** Leads to the bank's page. Relative, so that the page does not hold the key of its address. */
const PAY_URL = '?pay';

/** The values of a payment's result page. */
export function resultView(context: Context, record: PaymentRecord, unconfirmed: boolean): ResultView {
  const { locale, shop, now } = context.settings;
  const payment = shopPayment(context, record);
  const continueUrl = shopResultUrl(context, payment);
  const age = now() - (record.receivedAt ?? record.createdAt);
  return {
    payment,
    locale,
    shop,
    at: decidedAt(record),
    now: now(),
    until: untilOf(context, record),
    retryUrl: shopRetryUrl(context, payment),
    payUrl: isPayable(record) ? PAY_URL : undefined,
    continueUrl,
    refreshSeconds: unconfirmed ? undefined : refreshOf(record, age, continueUrl !== undefined),
    unconfirmed: unconfirmed || undefined,
  };
}

/** The buyer can still be sent to the bank with it. */
export const isPayable = (record: PaymentRecord): boolean =>
  record.token !== null && STATUSES[record.status].open;

/** The values of an error page. Without a payment, a `retryUrl` that needs one cannot be asked. */
export function errorView({ settings }: Context, kind: ErrorKind, retryUrl?: string): ErrorView {
  const { locale, shop } = settings;
  const url = retryUrl ?? (typeof settings.retryUrl === 'string' ? settings.retryUrl : undefined);
  return { kind, locale, shop, retryUrl: mayPass(kind) ? url : undefined };
}

/** When the payment came to the status that it is in; while undecided, when it was started. */
function decidedAt(record: PaymentRecord): number {
  const { status, createdAt, receivedAt, verifiedAt, history } = record;
  if (!hasOutcome(record)) return createdAt;
  if (status === 'paid' && verifiedAt !== null) return verifiedAt;
  return history.find((entry) => entry.status === status)?.at ?? receivedAt ?? createdAt;
}

/** Until when the payment can be made, or the gateway is asked about it. */
function untilOf({ policy }: Context, record: PaymentRecord): number | undefined {
  const end = windowEnd(record, policy);
  switch (record.status) {
    case 'pending':
      return record.expiresAt ?? undefined;
    case 'received':
    case 'verifying':
      return Number.isFinite(end) ? end : undefined;
    case 'review':
      return Number.isFinite(end) ? end + policy.reviewForMs : undefined;
    default:
      return undefined;
  }
}

/** Often at first, when an answer is seconds away; seldom later, when a page was left open. */
function refreshOf(record: PaymentRecord, age: number, movesOn: boolean): number | undefined {
  if (hasOutcome(record)) return undefined;
  if (movesOn) return record.receivedAt !== null && age < LONGEST_WAIT_MS ? 2 : undefined;
  return age < MINUTE ? 3 : age < 10 * MINUTE ? 10 : 60;
}
