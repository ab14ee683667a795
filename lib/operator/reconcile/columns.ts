import { latinDigits } from '../../core/iran';
import { ReportProblem } from './problem';

/** The meanings of a report's columns. */
export type ColumnName = 'receipt' | 'rrn' | 'trace' | 'terminal' | 'invoice' | 'amount' | 'date' | 'time';

/** Amounts in the report. */
export type Unit = 'IRR' | 'IRT';

/** Where each thing stands in a row. */
export interface Columns {
  places: Partial<Record<ColumnName, number>>;
  /** The names as the report has them. */
  names: string[];
  /** By the header of the amount; undefined when it does not say. */
  unit: Unit | undefined;
}

/** Names by which reports of AtiPay, of PSPs and of banks call a column, folded. */
const ALIASES: Record<ColumnName, readonly string[]> = {
  receipt: [
    ...['referencenumber', 'receipt', 'digitalreceipt', 'refnum', 'referenceno'],
    ...['رسیددیجیتالی', 'رسیددیجیتال', 'رسید', 'شمارهرسید', 'شمارهرسیددیجیتالی'],
  ],
  rrn: [
    ...['rrn', 'retrievalreferencenumber', 'retrievalreference'],
    ...['شمارهمرجع', 'شمارهارجاع', 'کدمرجع', 'شمارهمرجعتراکنش'],
  ],
  trace: [
    ...['tracenumber', 'trace', 'traceno', 'stan', 'systemtraceno'],
    ...['شمارهپیگیری', 'کدپیگیری', 'پیگیری', 'کدرهگیری', 'شمارهرهگیری'],
  ],
  terminal: [
    ...['terminal', 'terminalid', 'terminalno', 'terminalnumber', 'tid'],
    ...['ترمینال', 'شمارهترمینال', 'کدترمینال', 'پایانه', 'شمارهپایانه', 'کدپایانه'],
  ],
  invoice: [
    ...['invoice', 'invoicenumber', 'invoiceno', 'reservationnumber', 'resnum'],
    ...['شمارهفاکتور', 'فاکتور', 'شمارهرزرو', 'شمارهخرید', 'شناسهخرید'],
  ],
  amount: [
    ...['amount', 'transactionamount', 'sum', 'price'],
    ...['مبلغ', 'مبلغتراکنش', 'مبلغخرید', 'مبلغکل', 'مبلغپرداختی'],
  ],
  date: [
    ...['date', 'transactiondate', 'datetime', 'paymentdate', 'dateandtime'],
    ...['تاریخ', 'تاریختراکنش', 'تاریخپرداخت', 'تاریخوساعت', 'تاریخوزمان', 'زمانتراکنش'],
  ],
  time: ['time', 'transactiontime', 'ساعت', 'زمان', 'ساعتتراکنش', 'زمانپرداخت'],
};

const RIALS = /\(?(?:ریال|rials?|irr)\)?/gu;
const TOMANS = /\(?(?:تومان|tomans?|irt)\)?/gu;

/** A header without letter case, blanks, signs and the two spellings of Arabic letters. */
export const foldHeader = (text: string): string =>
  latinDigits(text)
    .toLowerCase()
    .replaceAll('ي', 'ی')
    .replaceAll('ى', 'ی')
    .replaceAll('ك', 'ک')
    .replaceAll('ۀ', 'ه')
    .replace(/[\s\p{P}\p{S}\p{Cf}\p{M}ٔ]/gu, '');

const bare = (text: string): string => {
  const folded = foldHeader(text);
  return folded.replace(RIALS, '').replace(TOMANS, '') || folded;
};

/** The column names that a header may stand for. */
const meaning = (name: string): ColumnName | undefined =>
  (Object.keys(ALIASES) as ColumnName[]).find((column) => ALIASES[column].includes(bare(name)));

/** Whether a line looks like the one that names the columns. */
export const looksLikeHeader = (cells: readonly string[]): boolean =>
  cells.filter((cell) => meaning(cell) !== undefined).length >= 2;

/**
 * Finds the columns by their names, or where `map` says.
 *
 * @throws ReportProblem for a report without an amount or without anything to match by.
 */
export function findColumns(
  names: readonly string[],
  map: Partial<Record<ColumnName, string>>,
  line: number,
): Columns {
  const places: Partial<Record<ColumnName, number>> = {};
  for (const column of Object.keys(ALIASES) as ColumnName[]) {
    const place = placeOf(column, names, map[column], line);
    if (place !== undefined) places[column] = place;
  }
  const all = names.filter((name) => name.trim() !== '').join(', ');
  if (places.amount === undefined) throw new ReportProblem('noAmount', { text: all });
  const keys = [places.receipt, places.rrn, places.trace, places.invoice];
  if (keys.every((place) => place === undefined)) throw new ReportProblem('noKey', { text: all });
  return { places, names: [...names], unit: unitOf(names[places.amount] ?? '') };
}

function placeOf(
  column: ColumnName,
  names: readonly string[],
  mapped: string | undefined,
  line: number,
): number | undefined {
  if (mapped !== undefined) {
    const place = names.findIndex((name) => foldHeader(name) === foldHeader(mapped));
    if (place === -1) throw new ReportProblem('unknownColumn', { text: mapped });
    return place;
  }
  const found = names.flatMap((name, place) => (meaning(name) === column ? [place] : []));
  if (found.length > 1) {
    const text = `${column} (${found.map((place) => names[place]).join(', ')})`;
    throw new ReportProblem('sameColumn', { line, text });
  }
  return found[0];
}

function unitOf(header: string): Unit | undefined {
  const folded = foldHeader(header);
  const inRials = folded.search(RIALS) !== -1;
  const inTomans = folded.search(TOMANS) !== -1;
  if (inRials === inTomans) return undefined;
  return inRials ? 'IRR' : 'IRT';
}
