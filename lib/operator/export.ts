import type { Readable } from 'node:stream';
import { latinDigits } from '../core/iran';
import type { HistoryEntry, PaymentRecord } from '../core/record';
import type { Locale } from '../texts';
import { toCsv, type Cell } from './csv';
import { dayText, timeText } from './dates';
import type { Operator } from './operator';
import { eachPayment } from './pages';

/** Payments confirmed, and money given back, from here on and before. */
export interface ExportRange {
  from: number;
  before: number;
}

/** The columns of an export, by name, in the order of the file. */
const COLUMNS: readonly [en: string, fa: string, cell: (line: Line, locale: Locale) => Cell][] = [
  ['kind', 'نوع', ({ entry }, locale) => KIND[entry ? 'giveBack' : 'payment'][locale]],
  ['date', 'تاریخ', ({ at }, locale) => latinDigits(dayText(at, locale))],
  ['time', 'ساعت', ({ at }) => timeText(at, 'en', true)],
  ['order', 'سفارش', ({ payment }) => payment.orderId],
  ['amount (Rials)', 'مبلغ (ریال)', ({ amount }) => amount],
  ['amount (Tomans)', 'مبلغ (تومان)', ({ amount }) => amount / 10],
  ['invoice', 'شماره فاکتور', ({ payment }) => payment.invoiceNumber],
  ['receipt', 'رسید دیجیتالی', ({ payment }) => payment.referenceNumber],
  ['trace number', 'شماره پیگیری', ({ payment }) => payment.traceNumber],
  ['RRN', 'شماره مرجع', ({ payment }) => payment.rrn],
  ['terminal', 'ترمینال', ({ payment }) => payment.terminalId],
  ['card', 'کارت', ({ payment }) => payment.maskedPan],
  ['mobile', 'موبایل', ({ payment }) => payment.cellNumber],
  ['reference', 'شماره بازگشت وجه', ({ entry }) => detail(entry, 'reference')],
  ['by', 'ثبت‌کننده', ({ entry }) => entry?.by ?? null],
  ['note', 'توضیح', ({ entry }) => detail(entry, 'text')],
];

const KIND = {
  payment: { en: 'payment', fa: 'پرداخت' },
  giveBack: { en: 'give-back', fa: 'بازگشت وجه' },
} as const;

/** A row: a payment, or one give-back of it. */
interface Line {
  payment: PaymentRecord;
  entry?: HistoryEntry;
  at: number;
  /** Rials; negative for a give-back. */
  amount: number;
}

/**
 * Exports an accountant's bookings for a range of time, as CSV that Excel opens rightly: payments by confirmation date,
 * then money given back by the date of the give-back, with negative amounts. It reads page by page.
 */
export function exportPayments(operator: Operator, range: ExportRange, locale: Locale): Readable {
  return toCsv(rowsOf(operator, range, locale));
}

async function* rowsOf(operator: Operator, range: ExportRange, locale: Locale): AsyncGenerator<Cell[]> {
  yield COLUMNS.map(([en, fa]) => (locale === 'fa' ? fa : en));
  const inWords = (line: Line): Cell[] => COLUMNS.map(([, , cell]) => cell(line, locale));
  for await (const line of paymentLines(operator, range)) yield inWords(line);
  for await (const line of giveBackLines(operator, range)) yield inWords(line);
}

async function* paymentLines({ store, account }: Operator, range: ExportRange): AsyncGenerator<Line> {
  for await (const payment of eachPayment(store, { account, statuses: ['paid'], confirmed: range })) {
    yield { payment, at: payment.verifiedAt ?? range.from, amount: payment.amount };
  }
}

async function* giveBackLines(operator: Operator, range: ExportRange): AsyncGenerator<Line> {
  for await (const payment of givenBackSince(operator, range.from)) {
    for (const entry of payment.history) {
      if (entry.event !== 'gaveBack' || entry.at < range.from || entry.at >= range.before) continue;
      yield { payment, entry, at: entry.at, amount: -Number(entry.data?.['amount'] ?? 0) };
    }
  }
}

/** A give-back that is recorded meanwhile takes its payment to the front: the payments of that time are read at the end. */
async function* givenBackSince(
  { store, account, now }: Operator,
  from: number,
): AsyncGenerator<PaymentRecord> {
  const met = new Set<string>();
  for (const since of [from, now()]) {
    for await (const payment of eachPayment(store, { account, givenBack: { from: since } })) {
      if (met.has(payment.invoiceNumber)) continue;
      met.add(payment.invoiceNumber);
      yield payment;
    }
  }
}

const detail = (entry: HistoryEntry | undefined, name: string): string | null => {
  const value = entry?.data?.[name];
  return value === undefined ? null : String(value);
};
