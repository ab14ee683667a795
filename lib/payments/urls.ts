import type { Settings } from '../config';
import type { PaymentRecord } from '../core/record';

type Keys = Pick<PaymentRecord, 'invoiceNumber' | 'returnKey'>;

const address =
  (page: 'pay' | 'callback' | 'result') =>
  ({ publicUrl }: Pick<Settings, 'publicUrl'>, { invoiceNumber, returnKey }: Keys): string =>
    `${publicUrl}/${page}/${invoiceNumber}/${returnKey}`;

/** The page that sends the buyer to the gateway. */
export const payUrl = address('pay');
/** Where the gateway POSTs the buyer back to. */
export const callbackUrl = address('callback');
/** The page for an order that is taken; it names neither the order nor its payment. */
export const takenUrl = ({ publicUrl }: Pick<Settings, 'publicUrl'>): string => `${publicUrl}/taken`;
/** The payment's stored outcome. */
export const resultPageUrl = address('result');

/**
 * The origin that payments are begun under. Addresses of this machine count as one: a developer's port changes from
 * start to start.
 */
export function paymentOrigin(publicUrl: string): string {
  const { hostname, origin } = new URL(publicUrl);
  return isLoopback(hostname) ? 'loopback' : origin;
}

/** Whether a host name of a URL is this machine. */
export const isLoopback = (hostname: string): boolean => LOOPBACK.test(hostname);

const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/;
