import type { PaymentRecord } from '../core/record';
import type { ForgedReason } from '../events';
import { shopPayment, type Context, type RunContext } from './context';

/** A callback that was not believed. */
export interface Forged {
  reason: ForgedReason;
  invoiceNumber: string | undefined;
  record?: PaymentRecord;
  /** The client's address, as Express sees it. */
  address: string | undefined;
}

type Counted = Pick<Context, 'callbacks'>;

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

/** Reports a callback that was not believed, with how many came for the same invoice or from the same address. */
export function reportForged(context: RunContext & Counted, forged: Forged): void {
  const { reason, invoiceNumber, record, address } = forged;
  const count = context.callbacks.count(invoiceNumber ?? address ?? '');
  context.reporter.log('warn', { reason, invoiceNumber, address, count }, HINTS[reason] ?? NOT_BELIEVED);
  const payment = record && { payment: shopPayment(context, record) };
  context.reporter.emit('forged', { reason, invoiceNumber, address, count, ...payment });
}

/** Callbacks for a payment that is decided come again with a reload; this many are reported, and each ten times as many. */
const REPEATS = 10;

/** Counts a callback that changed nothing since its payment is decided. */
export function reportRepeat(
  context: RunContext & Counted,
  record: PaymentRecord,
  address: string | undefined,
): void {
  const count = context.callbacks.count(record.invoiceNumber);
  if (count < REPEATS || !Number.isInteger(Math.log10(count))) return;
  const { invoiceNumber, orderId, status } = record;
  const message = `${count} callbacks came for a payment that is decided; they changed nothing.`;
  context.reporter.log('warn', { invoiceNumber, orderId, status, address, count }, message);
  context.reporter.emit('repeated', { payment: shopPayment(context, record), address, count });
}
