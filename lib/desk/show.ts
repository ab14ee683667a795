import type { PaymentRecord } from '../core/record';
import { historyText } from '../texts/history';
import { telling, whereTheMoneyIs } from './answer';
import { asJson } from './json';
import type { Payments } from './payments';
import { DeskError, columns, duration, localTime, moment, money, plain } from './wording';

const MOST_ATTEMPTS = 100;
/** A pause in a history that is worth a word. */
const PAUSE_MS = 60_000;

/** An order's payments, and the one that was asked for or says how the order stands. */
interface Found {
  subject: PaymentRecord;
  attempts: PaymentRecord[];
}

/** `show`: where the money is, then the facts and the story. @throws DeskError when nothing is known by that number. */
export async function show(
  payments: Payments,
  key: string,
  account: string | undefined,
  json: boolean,
  now: number,
): Promise<string[]> {
  const found = await look(payments, key, account);
  if (found.length === 0) {
    const where = account === undefined ? '' : ` in account ${account}`;
    throw new DeskError(`No order, invoice or receipt ${plain(key)} is known${where}.`);
  }
  if (json)
    return [
      JSON.stringify(
        found.map((each) => jsonOf(each, now)),
        null,
        2,
      ),
    ];
  return found.flatMap((each, index) => [...(index === 0 ? [] : ['']), ...pageOf(each, now)]);
}

/** By invoice number, else by order, else by receipt: an order of each account that has one. */
async function look(payments: Payments, key: string, account: string | undefined): Promise<Found[]> {
  const byInvoice = await payments.search({ account, invoiceNumber: key });
  if (byInvoice.length > 0) return withAttempts(payments, byInvoice);
  const byOrder = await payments.search({ account, orderId: key, limit: MOST_ATTEMPTS });
  if (byOrder.length > 0) return ordersOf(byOrder);
  return withAttempts(payments, await payments.search({ account, referenceNumber: key }));
}

const withAttempts = ({ store }: Payments, subjects: PaymentRecord[]): Promise<Found[]> =>
  Promise.all(
    subjects.map(async (subject) => ({
      subject,
      attempts: await store.findByOrder(subject.account, subject.orderId),
    })),
  );

function ordersOf(records: PaymentRecord[]): Found[] {
  const accounts = [...new Set(records.map(({ account }) => account))];
  return accounts.flatMap((name) => {
    const attempts = records.filter(({ account }) => account === name);
    const subject = telling(attempts);
    return subject ? [{ subject, attempts }] : [];
  });
}

function jsonOf({ subject, attempts }: Found, now: number): object {
  const others = attempts.filter(({ invoiceNumber }) => invoiceNumber !== subject.invoiceNumber);
  return {
    answer: answerTo({ subject, attempts }, now),
    payment: asJson(subject),
    others: others.map(asJson),
  };
}

function answerTo({ subject, attempts }: Found, now: number): string {
  const holder = telling(attempts);
  const elsewhere =
    holder && holder.invoiceNumber !== subject.invoiceNumber && holder.orderKey !== null
      ? ` Payment ${holder.invoiceNumber} of the same order is ${holder.status}.`
      : '';
  return `Order ${plain(subject.orderId)}: ${whereTheMoneyIs(subject, now)}${elsewhere}`;
}

function pageOf(found: Found, now: number): string[] {
  const { subject, attempts } = found;
  const others = attempts.filter(({ invoiceNumber }) => invoiceNumber !== subject.invoiceNumber);
  return [
    answerTo(found, now),
    '',
    ...columns(factsOf(subject).map(([name, value]) => [`  ${name}`, plain(value)])),
    '',
    'What happened',
    ...storyOf(subject),
    ...(others.length === 0 ? [] : ['', 'Other payments of the order', ...columns(others.map(briefly))]),
  ];
}

function factsOf(record: PaymentRecord): [string, string][] {
  const facts: [string, string | null][] = [
    ['invoice', record.invoiceNumber],
    ['account', record.account],
    ['status', record.failureReason === null ? record.status : `${record.status} (${record.failureReason})`],
    ['amount', money(record.amount)],
    ['receipt', record.referenceNumber],
    ['trace number', record.traceNumber],
    ['bank reference', record.rrn],
    ['terminal', record.terminalId],
    ['card', record.maskedPan],
    ['mobile', record.cellNumber],
    ['description', record.description],
    ['begun', moment(record.createdAt)],
    ['buyer came back', record.receivedAt === null ? null : moment(record.receivedAt)],
    ['confirmed', record.verifiedAt === null ? null : moment(record.verifiedAt)],
    ['asked', record.verifyAttempts === 0 ? null : `verify-payment ${record.verifyAttempts} x`],
    ['shop told', record.hookDeliveredAt === null ? null : moment(record.hookDeliveredAt)],
    ['due', record.dueAt === null ? null : moment(record.dueAt)],
  ];
  return facts.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
}

/** The history, oldest first, with the pauses between its lines. */
function storyOf({ history }: PaymentRecord): string[] {
  return columns(
    history.flatMap((entry, index) => {
      const { at, status } = entry;
      const before = history[index - 1]?.at ?? at;
      const pause = at - before >= PAUSE_MS ? [[`  ${duration(at - before)} later`, '', '']] : [];
      return [...pause, [`  ${moment(at)}`, status, plain(historyText(entry, 'en'))]];
    }),
  );
}

const briefly = (record: PaymentRecord): string[] => [
  `  ${localTime(record.createdAt)}`,
  record.invoiceNumber,
  record.failureReason === null ? record.status : `${record.status} (${record.failureReason})`,
];
