import type { Payment } from '../core/payment';
import { isSafeUrl } from '../pages';
import type { Context } from '../payments/context';

/** The shop's own page for a payment, if the shop has one. */
export function shopResultUrl(context: Context, payment: Payment): string | undefined {
  const { resultUrl } = context.settings;
  if (resultUrl === undefined) return undefined;
  try {
    const url = typeof resultUrl === 'string' ? resultUrl : resultUrl(payment);
    if (typeof url === 'string' && isSafeUrl(url)) return url;
    throw new TypeError('resultUrl must return a path or an http(s) address');
  } catch (error) {
    const { invoiceNumber, orderId } = payment;
    const message = 'resultUrl threw; the built-in page is shown.';
    context.reporter.log('error', { err: error, invoiceNumber, orderId }, message);
    return undefined;
  }
}
