import type { Settings } from '../config';
import type { PaymentRecord } from '../payment';

type Keys = Pick<PaymentRecord, 'invoiceNumber' | 'returnKey'>;

const own =
  (room: 'pay' | 'callback' | 'result') =>
  ({ publicUrl }: Pick<Settings, 'publicUrl'>, { invoiceNumber, returnKey }: Keys): string =>
    `${publicUrl}/${room}/${invoiceNumber}/${returnKey}`;

/** The page that sends the buyer to the gateway. */
export const payUrl = own('pay');
/** Where the gateway POSTs the buyer back to. */
export const callbackUrl = own('callback');
/** The payment's stored outcome. */
export const resultPageUrl = own('result');
