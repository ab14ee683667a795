import type { PaymentRecord } from '../core/record';
import type { ForgedReason } from '../events';
import { shopPayment, type RunContext } from './context';

/** A callback that was not believed. */
export interface Forged {
  reason: ForgedReason;
  invoiceNumber: string | undefined;
  record?: PaymentRecord;
}

const NOT_BELIEVED = 'A callback was not believed; nothing changed.';

/** What to look for where the keys were right and the form is not usable: it may be so for every buyer. */
const HINTS: Partial<Record<ForgedReason, string>> = {
  invoiceMissing:
    'A callback named no invoice; nothing changed. If this happens to every buyer, something in front of the router reads bodies and keeps them.',
  malformed:
    'A callback had no readable state; nothing changed. If this happens to every buyer, something in front of the router reads bodies and keeps them.',
  receiptUnusable:
    'A callback brought a receipt with characters that receipts do not have; it was not believed, and the payment can still be made. ' +
    'If this happens often, a sanitizer in front of the router escapes form fields (for example / as &#x2F;): mount the router before it.',
};

/** Reports a callback that was not believed. */
export function reportForged(context: RunContext, { reason, invoiceNumber, record }: Forged): void {
  context.reporter.log('warn', { reason, invoiceNumber }, HINTS[reason] ?? NOT_BELIEVED);
  const payment = record && { payment: shopPayment(context, record) };
  context.reporter.emit('forged', { reason, invoiceNumber, ...payment });
}
