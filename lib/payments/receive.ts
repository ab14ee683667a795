import {
  holdsOrder,
  move,
  receiptNumber,
  withFields,
  withNote,
  type PaymentRecord,
  type PaymentStatus,
  type ReceiptFields,
} from '../payment';
import { attempt, attemptKeys, change } from './change';
import { leaseMs, publicly, type Context } from './context';
import { duty, fulfilSoon } from './duties';
import { spacingMs, verify, windowEnd } from './verify';

/** The longest a shop may think about whether an order is still payable. */
const STILL_PAYABLE_MS = 10_000;

/** Why a payment with a receipt waits, as its history has it. */
const ORDER_TAKEN = 'the order is taken by another payment';
const NO_WORD = 'the shop could not say whether the order is still payable';

/** The outcome of a first receipt: the payment that has it, another payment has it, or the row moved and decides anew. */
export type Received = PaymentRecord | 'replay' | 'moved';

/**
 * Takes a receipt for a pending payment: usually receipt and order in one write that also counts the first ask. If a key
 * is taken, the receipt alone; if that is taken too, the receipt is another payment's.
 */
export async function takeReceipt(
  context: Context,
  record: PaymentRecord,
  receipt: ReceiptFields,
): Promise<Received> {
  const payable = await askShop(context, record);
  const now = context.settings.now();
  const withReceipt = withFields(record, receipt, { receivedAt: now });
  if (payable === true) {
    const stored = await attemptKeys(context, record, claimed(context, withReceipt, now));
    if (stored !== 'taken') return stored;
  }
  const why = payable ? ORDER_TAKEN : NO_WORD;
  const next =
    payable === false ? await declined(context, withReceipt, now) : kept(context, withReceipt, why, now);
  const stored = await attemptKeys(context, record, next);
  return stored === 'taken' ? 'replay' : stored;
}

/** Goes on with a payment that has just got its receipt, as far as it goes while the buyer waits. */
export function proceed(context: Context, record: PaymentRecord): Promise<PaymentRecord> {
  switch (record.status) {
    case 'verifying':
      return verify(context, record);
    case 'received':
      return settleReceived(context, record);
    default:
      return fulfilSoon(context, record);
  }
}

/** A payment that holds a receipt and waits: for another payment of its order, or for the shop's word. */
export async function settleReceived(context: Context, record: PaymentRecord): Promise<PaymentRecord> {
  const holder = await holderOf(context, record);
  if (holder === 'paid' || holder === 'review') {
    const [reason, words] =
      holder === 'paid' ? (['OrderAlreadyPaid', 'paid'] as const) : (['OrderInReview', 'in review'] as const);
    return refuse(context, record, reason, `never verified: another payment of the order is ${words}`);
  }
  if (context.settings.now() >= windowEnd(context, record)) {
    return refuse(context, record, 'WindowMissed', 'never verified: its window is over');
  }
  if (holder === 'verifying') return wait(context, record, ORDER_TAKEN);
  const payable = await askShop(context, record);
  if (payable === false)
    return refuse(
      context,
      record,
      'OrderNotPayable',
      'never verified: the shop says the order is no longer payable',
    );
  if (payable === undefined) return wait(context, record, NO_WORD);
  const stored = await attemptKeys(context, record, claimed(context, record, context.settings.now()));
  if (stored === 'taken') return wait(context, record, ORDER_TAKEN);
  return stored === 'moved' ? record : verify(context, stored);
}

function claimed(context: Context, record: PaymentRecord, now: number): PaymentRecord {
  const note = `the buyer is back with receipt ${receiptNumber(record)}; verify-payment is asked`;
  return move(record, 'verifying', { asks: 1, dueAt: now + leaseMs(context) }, note, now);
}

function kept(context: Context, record: PaymentRecord, why: string, now: number): PaymentRecord {
  const note = `the buyer is back with receipt ${receiptNumber(record)}; ${why}`;
  return move(record, 'received', { dueAt: now + spacingMs(context) }, note, now);
}

/** Not payable, the receipt kept. The reason names the payment that has the order, if one has. */
async function declined(context: Context, record: PaymentRecord, now: number): Promise<PaymentRecord> {
  const holder = await holderOf(context, record);
  const failureReason =
    holder === 'paid' ? 'OrderAlreadyPaid' : holder === 'review' ? 'OrderInReview' : 'OrderNotPayable';
  const note = `receipt ${receiptNumber(record)} is never verified: the shop says the order is no longer payable`;
  return move(record, 'failed', { ...duty(context, 'failed', now), failureReason }, note, now);
}

async function refuse(
  context: Context,
  record: PaymentRecord,
  failureReason: 'OrderAlreadyPaid' | 'OrderInReview' | 'OrderNotPayable' | 'WindowMissed',
  note: string,
): Promise<PaymentRecord> {
  const now = context.settings.now();
  const next = move(record, 'failed', { ...duty(context, 'failed', now), failureReason }, note, now);
  const stored = await attempt(context, record, next);
  return stored ? fulfilSoon(context, stored) : record;
}

async function wait(context: Context, record: PaymentRecord, why: string): Promise<PaymentRecord> {
  const now = context.settings.now();
  const repeated = record.history.at(-1)?.note.endsWith(why) === true;
  const { record: stored } = await change(context, record, (current) => {
    if (current.version !== record.version) return undefined;
    const later = { dueAt: Math.min(now + spacingMs(context), windowEnd(context, current)) };
    return repeated ? withFields(current, later) : withNote(current, why, now, later);
  });
  return stored;
}

/** The status of the payment that holds the order of one that does not, if one does. */
async function holderOf(context: Context, record: PaymentRecord): Promise<PaymentStatus | undefined> {
  const all = await context.store.findByOrder(record.account, record.orderId);
  return all.find(({ status }) => holdsOrder(status))?.status;
}

/** The shop's word, bounded in time. A throw is no word at all: undefined. */
async function askShop(context: Context, record: PaymentRecord): Promise<boolean | undefined> {
  const { stillPayable } = context.settings;
  if (!stillPayable) return true;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_resolve, reject) => {
    const expire = (): void => reject(new Error(`stillPayable took over ${STILL_PAYABLE_MS} ms`));
    timer = setTimeout(expire, STILL_PAYABLE_MS);
  });
  try {
    const answer: unknown = await Promise.race([stillPayable(publicly(context, record)), patience]);
    if (typeof answer !== 'boolean')
      throw new TypeError(`stillPayable must answer true or false, not ${typeof answer}`);
    return answer;
  } catch (error) {
    const { invoiceNumber, orderId } = record;
    context.reporter.log(
      'error',
      { err: error, invoiceNumber, orderId },
      'stillPayable threw; it is asked again.',
    );
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
