import type { Callback, CallbackClaim } from '../core/callback';
import { isInvoiceNumber } from '../core/order';
import type { PaymentRecord } from '../core/record';
import { STATUSES } from '../core/statuses';
import { authorizeWithHolder, type Opened } from './access';
import type { Context } from './context';
import { reportForged, reportRepeat } from './forged';
import { deliverSoon } from './hooks';
import { readOrderFacts } from './order-facts';
import { run } from './run';
import { verify } from './verify';

/** The page that the buyer sees after a callback. `undefined`: the neutral page. */
export type Completion =
  | {
      record: PaymentRecord;
      /** The form was incomplete, contradicted itself or was not believed: nothing was recorded. */
      unconfirmed: boolean;
    }
  | undefined;

/** Where a callback arrived, and from which address. */
export interface CallbackPath {
  invoiceNumber: string;
  returnKey: string;
  address: string | undefined;
}

type PaidClaim = Extract<CallbackClaim, { kind: 'paid' }>;

/**
 * Takes the gateway's POST, as the buyer's browser delivers it (protocol §3). Its claim is never believed: a failure may
 * end a pending payment, a receipt is verified, anything else changes nothing and is reported.
 */
export async function completePayment(
  context: Context,
  path: CallbackPath,
  callback: Callback,
): Promise<Completion> {
  const found = await authorizeWithHolder(context, path.invoiceNumber, path.returnKey);
  if (typeof found === 'string') {
    const invoiceNumber = isInvoiceNumber(path.invoiceNumber) ? path.invoiceNumber : undefined;
    reportForged(context, { reason: found, invoiceNumber, address: path.address });
    return undefined;
  }
  const { record, holder } = found;
  const { invoiceNumber, terminalId, claim } = callback;
  if (invoiceNumber !== undefined && invoiceNumber !== record.invoiceNumber) {
    return unconfirmed(context, path, record, 'otherInvoice');
  }
  if (terminalId !== undefined && terminalId !== (context.settings.terminalId ?? terminalId)) {
    return unconfirmed(context, path, record, 'otherTerminal');
  }
  if (claim.kind === 'unclear') return unconfirmed(context, path, record, claim.problem);
  if (claim.kind === 'paid' && invoiceNumber === undefined) {
    return unconfirmed(context, path, record, 'invoiceMissing');
  }
  if (STATUSES[record.status].final) reportRepeat(context, record, path.address);
  return claim.kind === 'failed'
    ? { record: await takeFailure(context, record, claim), unconfirmed: false }
    : takePaid(context, path, { record, holder }, claim);
}

function unconfirmed(
  context: Context,
  { address }: CallbackPath,
  record: PaymentRecord,
  reason: Parameters<typeof reportForged>[1]['reason'],
): Completion {
  reportForged(context, { reason, invoiceNumber: record.invoiceNumber, record, address });
  return { record, unconfirmed: true };
}

async function takeFailure(
  context: Context,
  read: PaymentRecord,
  { reason, state, details }: Extract<CallbackClaim, { kind: 'failed' }>,
): Promise<PaymentRecord> {
  const { record, effects } = await run(context, read, { on: 'buyerFailed', reason, state, details });
  return effects.includes('hook') ? deliverSoon(context, record) : record;
}

async function takePaid(
  context: Context,
  path: CallbackPath,
  { record: read, holder }: Opened,
  { receipt }: PaidClaim,
): Promise<Completion> {
  const order = STATUSES[read.status].open
    ? await readOrderFacts(context, read, holder)
    : { holder: null, payable: null };
  const { record, effects } = await run(context, read, { on: 'buyerPaid', receipt, order });
  if (effects.includes('reportTooEarly')) return unconfirmed(context, path, record, 'noTokenYet');
  if (effects.includes('reportReplay')) return { record, unconfirmed: true };
  if (effects.includes('verify')) {
    return { record: await finish(context, record, () => verifySoon(context, record)), unconfirmed: false };
  }
  if (effects.includes('hook')) {
    return { record: await finish(context, record, () => deliverSoon(context, record)), unconfirmed: false };
  }
  return { record, unconfirmed: false };
}

async function verifySoon(context: Context, claimed: PaymentRecord): Promise<PaymentRecord> {
  const { verifyTries: tries, verifyPatienceMs: patienceMs } = context.policy;
  const { record } = await verify(context, claimed, { tries, patienceMs });
  return record;
}

/** The receipt is stored: if this request cannot go on, the sweep does. The buyer gets the page in any case. */
async function finish(
  context: Context,
  record: PaymentRecord,
  work: () => Promise<PaymentRecord>,
): Promise<PaymentRecord> {
  try {
    return await context.tasks.track(work());
  } catch (error) {
    const { invoiceNumber, orderId } = record;
    const message = 'A payment could not be finished; the sweep goes on.';
    context.reporter.log('error', { err: error, invoiceNumber, orderId }, message);
    return record;
  }
}
