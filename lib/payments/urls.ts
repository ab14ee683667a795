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
