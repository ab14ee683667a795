import type { Effect, PaymentEvent } from '../core/event';
import { isShopFault } from '../core/reasons';
import type { HistoryEntry, PaymentRecord } from '../core/record';
import type { AtipayError } from '../errors';
import { historyText } from '../texts/history';
import { shopPayment, type RunContext } from './context';
import { refused } from './gateway-problem';

type Level = 'info' | 'warn' | 'error';

const subject = ({ invoiceNumber, orderId, account, status }: PaymentRecord): object => ({
  invoiceNumber,
  orderId,
  account,
  status,
});

/** Reports a new payment or a change of status: a log line, an event, and a call for a person when it is a review. */
export function reportTransition(
  context: RunContext,
  from: PaymentRecord | undefined,
  to: PaymentRecord,
): void {
  if (from?.status === to.status) return;
  const { reporter } = context;
  const entry = to.history.at(-1);
  const durationMs = from ? to.updatedAt - sinceOf(from) : 0;
  const level = levelOf(context, to);
  if (entry && reporter.isLogged(level)) {
    const text = historyText(withoutReceipt(entry), 'en');
    reporter.log(level, lineOf(from, to, durationMs), `Payment ${to.status}: ${text}`);
  }
  if (entry && reporter.isHeard('transition')) {
    const payment = shopPayment(context, to);
    const note = historyText(entry, 'en');
    reporter.emit('transition', { payment, from: from?.status, to: to.status, entry, note, durationMs });
  }
  if (to.status === 'review') reporter.emit('review', { payment: shopPayment(context, to) });
}

/** The fields of a transition's line. The receipt is among them only where a person has to look it up. */
function lineOf(from: PaymentRecord | undefined, to: PaymentRecord, ms: number): object {
  const { invoiceNumber, orderId, account, status, failureReason: reason, referenceNumber } = to;
  const receipt = status === 'review' ? { referenceNumber } : {};
  return { invoiceNumber, orderId, account, from: from?.status ?? null, to: status, reason, ms, ...receipt };
}

/** More people read a log than a payment's history. */
function withoutReceipt(entry: HistoryEntry): HistoryEntry {
  if (entry.data?.['receipt'] === undefined) return entry;
  return { ...entry, data: { ...entry.data, receipt: '(not shown)' } };
}

/** When a record came into its status. */
const sinceOf = ({ history, status, updatedAt }: PaymentRecord): number =>
  history.find((entry) => entry.status === status)?.at ?? updatedAt;

/** A payment that needs a person is an error line where no hook reports it; a shop set up wrongly fails every buyer. */
function levelOf({ settings }: RunContext, { status, failureReason }: PaymentRecord): Level {
  if (failureReason !== null && isShopFault(failureReason)) return 'error';
  if (status !== 'review') return 'info';
  return settings.onReview ? 'warn' : 'error';
}

/** Makes the reports among the effects of an event. */
export function reportEffects(
  context: RunContext,
  { effects, record }: { effects: readonly Effect[]; record: PaymentRecord },
  event: PaymentEvent,
): void {
  const cause = 'during' in event ? event.during : event;
  for (const effect of effects) REPORTS[effect]?.(context, record, cause);
}

type Report = (context: RunContext, record: PaymentRecord, event: PaymentEvent) => void;

const REPORTS: Partial<Record<Effect, Report>> = {
  reportReplay: (context, record, event) => {
    const referenceNumber = receiptOf(event);
    const message = 'The receipt of another payment was presented; nothing changed.';
    context.reporter.log('warn', { ...subject(record), referenceNumber }, message);
    context.reporter.emit('replay', { payment: shopPayment(context, record), referenceNumber });
  },
  reportLate: (context, record, event) => {
    const referenceNumber = receiptOf(event);
    const message = 'A receipt came that is never verified; the gateway returns its money.';
    if (event.on === 'buyerPaid') {
      context.reporter.log('warn', { ...subject(record), referenceNumber }, message);
    }
    context.reporter.emit('late', { payment: shopPayment(context, record), referenceNumber });
  },
  reportLost: (context, record, event) => {
    const amount = event.on === 'amountDiffers' ? event.amount : record.amount;
    const message =
      'AtiPay confirmed money for a payment that is decided otherwise: fulfil the order or give the money back.';
    context.reporter.log('error', { ...subject(record), amount, referenceNumber: receiptOf(event) }, message);
  },
  reportRefusal: (context, record, event) => {
    if (event.on !== 'verifyRefused') return;
    const level = event.aboutShop ? 'error' : 'warn';
    reportGatewayError(context, record, 'verify-payment', refused('verify-payment', event), level);
  },
};

function receiptOf(event: PaymentEvent): string {
  if (event.on === 'buyerPaid') return event.receipt.referenceNumber;
  return ('held' in event ? event.held.referenceNumber : null) ?? '';
}

/** Reports that a row was gone and has been written again. */
export function reportRestored(context: RunContext, record: PaymentRecord): void {
  const message = 'The row of a confirmed payment was gone from the store; it is written again.';
  context.reporter.log('error', subject(record), message);
}

/** Reports a call of the gateway that brought no answer, or a refusal. */
export function reportGatewayError(
  context: RunContext,
  record: PaymentRecord,
  operation: 'get-token' | 'verify-payment',
  error: AtipayError,
  level: Level,
): void {
  const { verifyAttempts: attempt, failureReason: reason } = record;
  const { message, help } = error;
  context.reporter.log(level, { ...subject(record), attempt, reason, help }, message);
  context.reporter.emit('gatewayError', { operation, payment: shopPayment(context, record), error });
}
