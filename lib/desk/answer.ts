import type { HistoryEntry, HistoryEvent, PaymentRecord, PaymentStatus } from '../core/record';
import { historyText } from '../texts/history';
import { REASONS } from './reasons';
import { duration, localTime, money, plain } from './wording';

/** Which of an order's payments says how the order stands: the first of these that there is. */
const TELLING: readonly PaymentStatus[] = [
  'paid',
  'review',
  'verifying',
  'received',
  'pending',
  'created',
  'failed',
];

/** The payment that an order's answer is about. `records` are the order's, newest first. */
export function telling(records: readonly PaymentRecord[]): PaymentRecord | undefined {
  for (const status of TELLING) {
    const record = records.find((candidate) => candidate.status === status);
    if (record) return record;
  }
  return undefined;
}

/** Where the money of a payment is, in one line of plain words. */
export function whereTheMoneyIs(record: PaymentRecord, now: number): string {
  return plain(ANSWERS[record.status](record, now).trim());
}

const receipt = ({ referenceNumber }: PaymentRecord): string => `receipt ${referenceNumber ?? 'unknown'}`;
const sum = ({ amount }: PaymentRecord): string => money(amount);

/** The latest entry of one of these events. */
const latest = ({ history }: PaymentRecord, ...events: HistoryEvent[]): HistoryEntry | undefined =>
  history.findLast(({ event }) => events.length === 0 || events.includes(event));
const textOf = (entry: HistoryEntry | undefined): string => (entry ? historyText(entry, 'en') : '');

const ANSWERS: Record<PaymentStatus, (record: PaymentRecord, now: number) => string> = {
  created: () => 'No money has moved: the gateway has not given a token yet, so the buyer could not pay.',
  pending: (record, now) =>
    `No money has reached the shop: the buyer was sent to the bank ${ago(record.createdAt, now)} and has not come ` +
    `back. What a buyer pays and never brings back goes back by itself.`,
  received: (record) =>
    `Held by the gateway: the buyer has paid (${receipt(record)}) and the shop has not asked for the money yet: ` +
    `${textOf(latest(record))}. What is not asked for goes back by itself.`,
  verifying: (record, now) =>
    `Being asked for: the buyer has paid ${sum(record)} (${receipt(record)}); verify-payment was asked ` +
    `${times(record.verifyAttempts)} and has not answered. ${nextStep(record, now, 'It is asked again')}`,
  paid: (record, now) =>
    `The shop has the money: ${sum(record)} ${confirmed(record)}, ${receipt(record)}. ${told(record, now)}`,
  failed: failedAnswer,
  review: (record, now) => `${doubt(record)} A person must decide. ${asking(record, now)}`,
};

const ago = (at: number, now: number): string => `${duration(Math.max(0, now - at))} ago`;
const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

function nextStep({ dueAt }: PaymentRecord, now: number, what: string): string {
  if (dueAt === null) return '';
  if (dueAt > now) return `${what} after ${localTime(dueAt)}.`;
  return `${what} by the next sweep: it has been due for ${duration(now - dueAt)}.`;
}

const confirmed = (record: PaymentRecord): string =>
  byHand(record) === undefined
    ? `confirmed by AtiPay at ${localTime(record.verifiedAt ?? record.updatedAt)}`
    : `by the word of a person at ${localTime(record.verifiedAt ?? record.updatedAt)}`;

/** The words of the person who decided the payment, if one did. */
function byHand(record: PaymentRecord): string | undefined {
  const entry = latest(record, 'resolved');
  return entry && [entry.by, entry.data?.['text']].filter(Boolean).join(': ');
}

function told(record: PaymentRecord, now: number): string {
  if (record.hookDeliveredAt !== null) return `The shop was told at ${localTime(record.hookDeliveredAt)}.`;
  const done = record.hookAppliedAt === null ? '' : ' (its transaction is done)';
  if (record.hookAttempts === 0) {
    return `The shop has not been told yet. ${nextStep(record, now, 'Its hook is called')}`;
  }
  const calls = `its hook was called ${times(record.hookAttempts)} and has not returned${done}`;
  return `The shop does not know it yet: ${calls}. ${nextStep(record, now, 'It is called again')}`;
}

function failedAnswer(record: PaymentRecord): string {
  const { failureReason, referenceNumber } = record;
  const why = REASONS[failureReason ?? 'Failed'];
  if (failureReason === 'ResolvedByHand') {
    return `Not with the shop, by the word of a person: ${byHand(record) ?? why}. There is no refund call: what AtiPay had was given back by other means.`;
  }
  if (referenceNumber === null) {
    return `No money has reached the shop: ${why}. If the bank took any, it goes back to the buyer by itself.`;
  }
  if (failureReason === 'VerificationRefused') {
    return `Not with the shop: AtiPay refused ${receipt(record)} (${lastRefusal(record)}). What was taken goes back to the buyer by itself.`;
  }
  return `On its way back to the buyer: ${receipt(record)} was never verified (${why}), so the gateway returns it by itself.`;
}

const lastRefusal = (record: PaymentRecord): string =>
  textOf(latest(record, 'verifyRefused', 'shopRefused')) || 'no reason stored';

function doubt(record: PaymentRecord): string {
  switch (record.failureReason) {
    case 'AmountMismatch':
      return `Probably with the shop, and not in the right amount: for ${receipt(record)} ${answered(record)}; the order is not served.`;
    case 'VerificationUnclear':
      return `Unknown: AtiPay refused ${receipt(record)} after an earlier ask went unanswered that may have taken ${sum(record)}; the order is not served.`;
    default:
      return `Unknown: the buyer has paid ${sum(record)} (${receipt(record)}), and verify-payment, asked ${times(record.verifyAttempts)}, has not answered; the order is not served.`;
  }
}

const answered = (record: PaymentRecord): string =>
  textOf(latest(record, 'amountDiffers')) ||
  `verify-payment answered another amount than ${record.amount} Rials`;

const asking = ({ nextVerifyAt: askAt }: PaymentRecord, now: number): string =>
  askAt === null
    ? 'It is not asked about any more.'
    : `Meanwhile it is asked about hourly, next ${askAt > now ? `after ${localTime(askAt)}` : 'by the next sweep'}.`;
