import type { Payment } from '../core/payment';
import type { Context } from '../payments/context';
import { isSafeUrl } from '../safe-url';

/** The shop's page for a payment, if the shop has one. */
export const shopResultUrl = (context: Context, payment: Payment): string | undefined =>
  shopUrl(context, 'resultUrl', payment);

/** Where the buyer of a payment tries again, if the shop has said so. */
export const shopRetryUrl = (context: Context, payment: Payment): string | undefined =>
  shopUrl(context, 'retryUrl', payment);

const INSTEAD = {
  resultUrl: 'the built-in page is shown',
  retryUrl: 'the page leads back to the shop only',
};

/** An address of the shop. An error or an unsafe address of its code is never followed. */
function shopUrl(context: Context, option: keyof typeof INSTEAD, payment: Payment): string | undefined {
  const given = context.settings[option];
  if (given === undefined) return undefined;
  try {
    const url = typeof given === 'string' ? given : given(payment);
    if (typeof url === 'string' && isSafeUrl(url)) return url;
    throw new TypeError(`${option} must return a path, an http(s) address or an app link`);
  } catch (error) {
    const { invoiceNumber, orderId } = payment;
    const message = `${option} threw; ${INSTEAD[option]}.`;
    context.reporter.log('error', { err: error, invoiceNumber, orderId }, message);
    return undefined;
  }
}
