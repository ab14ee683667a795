import type { SweepReport } from '../../core/sweep-report';
import type { Locale } from '../../texts';
import { count, money } from '../words';

/** The report of a sweep, in the words of staff. */
export function sweepText(
  { due, paid, failed, review, hooks, waiting, ms }: SweepReport,
  locale: Locale,
): string {
  const n = (value: number): string => count(value, locale);
  if (locale === 'fa') {
    if (due === 0) return 'موعد هیچ پرداختی نرسیده بود.';
    return (
      `موعد ${n(due)} پرداخت رسیده بود: ${n(paid)} پرداخت‌شده، ${n(failed)} ناموفق و ${n(review)} در دست بررسی شد. ` +
      `${n(hooks)} نتیجه به فروشگاه اعلام شد و ${n(waiting)} پرداخت هنوز در انتظار است. زمان: ${n(ms)} میلی‌ثانیه.`
    );
  }
  if (due === 0) return 'Nothing was due.';
  return (
    `Payments that were due: ${due}. Became paid: ${paid}, failed: ${failed}, review: ${review}. ` +
    `Hooks that returned: ${hooks}. Still waiting for an answer or a hook: ${waiting}. It took ${ms} ms.`
  );
}

/** A file that was written. */
export const writtenText = (file: string, locale: Locale): string =>
  locale === 'fa' ? `فایل ${file} نوشته شد.` : `${file} is written.`;

/** The result of the store contract. */
export function contractText(cases: number, broken: number, locale: Locale): string {
  const [all, some] = [count(cases, locale), count(broken, locale)];
  if (locale === 'fa') {
    return broken === 0
      ? `محل ذخیره هر ${all} مورد قرارداد را رعایت می‌کند.`
      : `محل ذخیره ${some} مورد از ${all} مورد قرارداد را رعایت نمی‌کند.`;
  }
  return broken === 0
    ? `The store keeps the contract: ${all} cases.`
    : `The store breaks ${some} of ${all} promises.`;
}

/** Cases of the contract that are left out, by the capability that a store or its module lacks. */
export const untriedText = [
  {
    capability: 'transactions',
    en: 'Not tried: transactions: the store has none.',
    fa: 'آزموده نشد: تراکنش: این محل ذخیره ندارد.',
  },
  {
    capability: 'endTransaction',
    en: 'Not tried: transactions that the database ends: only with an endTransaction of scratchStore.',
    fa: 'آزموده نشد: تراکنش‌هایی که پایگاه داده پایان می‌دهد: فقط با endTransaction در scratchStore.',
  },
  {
    capability: 'spoil',
    en: 'Not tried: rows that cannot be read: only with a spoil of scratchStore.',
    fa: 'آزموده نشد: سطرهایی که خوانده نمی‌شود: فقط با spoil در scratchStore.',
  },
  {
    capability: 'search',
    en: 'Not tried: look-ups of staff: the store has no search.',
    fa: 'آزموده نشد: جست‌وجوی کارکنان: این محل ذخیره ندارد.',
  },
  {
    capability: 'findWithHolder',
    en: 'Not tried: a payment and the holder of its order in one statement: the store has no findWithHolder.',
    fa: 'آزموده نشد: پرداخت و دارندهٔ سفارش آن در یک دستور: این محل ذخیره findWithHolder ندارد.',
  },
  {
    capability: 'crowds',
    en: 'Not tried: hundreds of payments at once: left out by --small.',
    fa: 'آزموده نشد: صدها پرداخت با هم: به خواست --small.',
  },
] as const;

/** Lines of a report that are compared so far. */
export const linesText = (lines: number, locale: Locale): string =>
  locale === 'fa' ? `${count(lines, 'fa')} سطر` : `${count(lines, 'en')} lines`;

/** A report without a period. */
export const noDatesText = (locale: Locale): string =>
  locale === 'fa'
    ? 'گزارش تاریخ ندارد: برای دیدن پرداخت‌هایی که در گزارش نیست، --from و --until را بنویسید.'
    : 'The report has no dates: give --from and --until to see what is paid here and not in it.';

/** Rows with negative amounts. */
export function reversalsText(reversals: { count: number; amount: number }, locale: Locale): string {
  const sum = `${count(reversals.count, locale)} × ${money(-reversals.amount, locale)}`;
  return locale === 'fa' ? `${sum} برگشتی در گزارش` : `${sum} of reversals in the report`;
}
