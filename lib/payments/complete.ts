import type { Callback } from '../callback';
import type { ForgedReason } from '../events';
import { move, type PaymentRecord, type ReceiptFields } from '../payment';
import { change, reread } from './change';
import { openPayment } from './access';
import { publicly, type Context } from './context';
import { duty, fulfilSoon } from './duties';
import { proceed, takeReceipt } from './receive';

/** What the buyer is shown after a callback. `undefined`: the neutral page. */
export type Completion =
  | {
      record: PaymentRecord;
      /** The gateway's word was incomplete or contradicted itself: nothing was recorded. */
      unconfirmed: boolean;
    }
  | undefined;

const NOT_BELIEVED = 'A callback was not believed; nothing changed.';

/** The keys were right and the form was not there: most likely every payment of this shop ends so. */
const NO_INVOICE =
  'A callback named no invoice; nothing changed. If this happens to every buyer, something in front of the router reads bodies and keeps them.';

/**
 * Takes the gateway's POST, as the buyer's browser delivers it. What it claims is never believed: a failure may end a
 * pending payment, a receipt is verified, anything else changes nothing and is reported.
 */
export async function complete(
  context: Context,
  path: { invoiceNumber: string; returnKey: string },
  callback: Callback,
): Promise<Completion> {
  const record = await openPayment(context, path.invoiceNumber, path.returnKey);
  if (typeof record === 'string') return neutral(context, record, path.invoiceNumber);
  if (callback.invoiceNumber !== record.invoiceNumber) {
    const why = callback.invoiceNumber === undefined ? NO_INVOICE : NOT_BELIEVED;
    return neutral(context, 'otherInvoice', path.invoiceNumber, record, why);
  }
  const { claim, terminalId } = callback;
  if (terminalId !== undefined && terminalId !== (context.settings.terminalId ?? terminalId)) {
    return unchanged(context, record, 'otherTerminal');
  }
  switch (claim.kind) {
    case 'unclear':
      return unchanged(context, record, claim.problem);
    case 'failed':
      return { record: await takeFailure(context, record, claim), unconfirmed: false };
    case 'paid':
      return takePaid(context, record, claim.receipt);
  }
}

function neutral(
  context: Context,
  reason: ForgedReason,
  invoiceNumber: string,
  record?: PaymentRecord,
  why?: string,
): Completion {
  reportForged(context, reason, /^\d{20}$/.test(invoiceNumber) ? invoiceNumber : undefined, record, why);
  return undefined;
}

function unchanged(context: Context, record: PaymentRecord, reason: ForgedReason): Completion {
  reportForged(context, reason, record.invoiceNumber, record);
  return { record, unconfirmed: true };
}

function reportForged(
  context: Context,
  reason: ForgedReason,
  invoiceNumber: string | undefined,
  record?: PaymentRecord,
  why = NOT_BELIEVED,
): void {
  context.reporter.log('warn', { reason, invoiceNumber }, why);
  const payment = record && publicly(context, record);
  context.reporter.emit('forged', { reason, invoiceNumber, ...(payment && { payment }) });
}

/** A failure counts only while the payment is pending: it is nobody's proof, and an abandoned first tab must not undo more. */
async function takeFailure(
  context: Context,
  record: PaymentRecord,
  claim: Extract<Callback['claim'], { kind: 'failed' }>,
): Promise<PaymentRecord> {
  const now = context.settings.now();
  const note = `the gateway sent the buyer back: ${claim.state}`;
  const { record: stored, won } = await change(context, record, (current) =>
    current.status === 'pending'
      ? move(
          current,
          'failed',
          { ...duty(context, 'failed', now), ...claim.details, failureReason: claim.reason },
          note,
          now,
        )
      : undefined,
  );
  return won ? fulfilSoon(context, stored) : stored;
}

async function takePaid(
  context: Context,
  record: PaymentRecord,
  receipt: ReceiptFields & { referenceNumber: string },
): Promise<Completion> {
  for (let current = record; ; current = await reread(context, current)) {
    if (current.status === 'created') return unchanged(context, current, 'noTokenYet');
    if (current.status !== 'pending') return takeAnother(context, current, receipt.referenceNumber);
    const received = await takeReceipt(context, current, receipt);
    if (received === 'replay') return replayed(context, current, receipt.referenceNumber);
    if (received !== 'moved') return { record: await finish(context, received), unconfirmed: false };
  }
}

/** The receipt is stored: from here on the sweep does what this request cannot, so the buyer gets the page in any case. */
async function finish(context: Context, record: PaymentRecord): Promise<PaymentRecord> {
  try {
    return await context.tasks.track(proceed(context, record));
  } catch (error) {
    const { invoiceNumber, orderId } = record;
    context.reporter.log(
      'error',
      { err: error, invoiceNumber, orderId },
      'A payment could not be finished; the sweep goes on.',
    );
    return record;
  }
}

/** An OK for a payment that no longer waits for one. */
function takeAnother(context: Context, record: PaymentRecord, referenceNumber: string): Completion {
  const same = record.referenceNumber === referenceNumber;
  if (record.status === 'failed' || !same) {
    const { invoiceNumber, orderId, status } = record;
    context.reporter.log(
      'warn',
      { invoiceNumber, orderId, status, referenceNumber },
      'A receipt came that is never verified; the gateway returns its money.',
    );
    context.reporter.emit('late', { payment: publicly(context, record), referenceNumber });
  }
  return { record, unconfirmed: false };
}

function replayed(context: Context, record: PaymentRecord, referenceNumber: string): Completion {
  const { invoiceNumber, orderId } = record;
  context.reporter.log(
    'warn',
    { invoiceNumber, orderId, referenceNumber },
    'The receipt of another payment was presented; nothing changed.',
  );
  context.reporter.emit('replay', { payment: publicly(context, record), referenceNumber });
  return { record, unconfirmed: true };
}
