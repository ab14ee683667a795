import type { Locale } from '../../texts';
import { persianDigits } from '../dates';

/** Why a report cannot be compared. */
export type ProblemKind =
  | 'empty'
  | 'workbook'
  | 'notText'
  | 'notUtf8'
  | 'noHeader'
  | 'noAmount'
  | 'noKey'
  | 'sameColumn'
  | 'unknownColumn'
  | 'noUnit'
  | 'amount'
  | 'amountAmbiguous'
  | 'date'
  | 'rounded'
  | 'malformed'
  | 'openQuote'
  | 'tooLong';

/** The subject of a problem. */
export interface ProblemData {
  line?: number | undefined;
  /** A cell, a column, or columns. */
  text?: string | undefined;
}

const en: Record<ProblemKind, (text: string) => string> = {
  empty: () => 'The file holds no rows.',
  workbook: () => 'This is an Excel workbook or another archive: save it as "CSV UTF-8" and give that file.',
  notText: () => 'This is not a text file: save the report as "CSV UTF-8" and give that file.',
  notUtf8: () => 'The file is not in UTF-8: save it as "CSV UTF-8" (Excel) or choose UTF-8 (LibreOffice).',
  noHeader: () => 'No line names the columns: the first lines must hold names such as RRN, Amount, Date.',
  noAmount: (text) =>
    `No column holds the amount. Columns: ${text}. Say which one it is, for example amount=Sum.`,
  noKey: (text) =>
    `No column holds the receipt, the RRN or the trace number. Columns: ${text}. Payments are never matched by amount alone.`,
  sameColumn: (text) => `Two columns could be the ${text}: say which one it is.`,
  unknownColumn: (text) => `There is no column "${text}".`,
  noUnit: () => 'The file does not say whether amounts are Rials or Tomans: say which.',
  amount: (text) => `"${text}" is not an amount.`,
  amountAmbiguous: (text) => `"${text}" may be a whole number or a fraction: write it without a point.`,
  date: (text) => `"${text}" is not a date: expected 1405-09-07 or 2026-11-28, with or without a time.`,
  rounded: (text) =>
    `"${text}" has been rounded by a spreadsheet: export the report again, with this column as text.`,
  malformed: () => 'The line cannot be read: its quotes are not right.',
  openQuote: () => 'A quote (") is opened and never closed.',
  tooLong: () => 'The line is longer than any line of a report.',
};

const fa: Record<ProblemKind, (text: string) => string> = {
  empty: () => 'فایل هیچ ردیفی ندارد.',
  workbook: () => 'این فایل اکسل یا فشرده است: آن را با قالب «CSV UTF-8» ذخیره کنید و همان فایل را بدهید.',
  notText: () => 'این فایل متنی نیست: گزارش را با قالب «CSV UTF-8» ذخیره کنید.',
  notUtf8: () => 'کدگذاری فایل UTF-8 نیست: آن را با قالب «CSV UTF-8» ذخیره کنید.',
  noHeader: () =>
    'هیچ سطری نام ستون‌ها را ندارد: سطرهای اول باید نام‌هایی مانند شماره مرجع، مبلغ و تاریخ داشته باشند.',
  noAmount: (text) => `ستون مبلغ پیدا نشد. ستون‌ها: ${text}. بگویید کدام است، مثلاً amount=جمع.`,
  noKey: (text) =>
    `ستون رسید، شماره مرجع یا شماره پیگیری پیدا نشد. ستون‌ها: ${text}. تطبیق هرگز فقط با مبلغ انجام نمی‌شود.`,
  sameColumn: (text) => `دو ستون می‌توانند ${text} باشند: بگویید کدام است.`,
  unknownColumn: (text) => `ستونی به نام «${text}» نیست.`,
  noUnit: () => 'در فایل معلوم نیست مبلغ‌ها ریال است یا تومان: یکی را انتخاب کنید.',
  amount: (text) => `«${text}» مبلغ نیست.`,
  amountAmbiguous: (text) => `«${text}» ممکن است عدد صحیح یا اعشاری باشد: آن را بدون نقطه بنویسید.`,
  date: (text) => `«${text}» تاریخ نیست: مانند ۱۴۰۵/۰۹/۰۷ یا ۲۰۲۶/۱۱/۲۸ بنویسید، با ساعت یا بدون آن.`,
  rounded: (text) => `«${text}» را اکسل گرد کرده است: گزارش را دوباره بگیرید و این ستون را متنی کنید.`,
  malformed: () => 'این سطر خوانده نشد: علامت‌های نقل‌قول آن درست نیست.',
  openQuote: () => 'علامت نقل‌قول (") باز شده و بسته نشده است.',
  tooLong: () => 'این سطر از هر سطر گزارش درازتر است.',
};

const TEXTS: Record<Locale, Record<ProblemKind, (text: string) => string>> = { en, fa };
const LONGEST = 200;

/** The report cannot be compared; nothing was changed. */
export class ReportProblem extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly data: ProblemData = {},
  ) {
    super();
    this.message = this.text('en');
  }

  /** In words, with the line. */
  text(locale: Locale): string {
    const { line, text = '' } = this.data;
    const words = TEXTS[locale][this.kind](text.slice(0, LONGEST));
    if (line === undefined) return words;
    return locale === 'fa' ? `سطر ${persianDigits(String(line))}: ${words}` : `Line ${line}: ${words}`;
  }
}
