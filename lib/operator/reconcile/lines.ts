import type { Locale } from '../../texts';
import type { Cell } from '../csv';
import { momentText } from '../dates';
import { statusText } from '../texts/statuses';
import type { Advice, ListName, ReconcileLine } from './reconcile';

const NAMES: Record<ListName, Record<Locale, string>> = {
  matched: { en: 'matched', fa: 'منطبق' },
  amountDiffers: { en: 'amount differs', fa: 'مبلغ متفاوت' },
  notPaidHere: { en: 'in the report, not paid here', fa: 'در گزارش هست، در فروشگاه پرداخت‌شده نیست' },
  notInReport: { en: 'paid here, not in the report', fa: 'در فروشگاه پرداخت‌شده است، در گزارش نیست' },
  twice: { en: 'twice in the report', fa: 'دو بار در گزارش' },
  outside: { en: 'outside the period', fa: 'خارج از بازه' },
};

const ADVICE: Record<Advice, Record<Locale, string>> = {
  resolve: {
    en: 'in review: the money is there, resolve it as paid',
    fa: 'در دست بررسی: پول واریز شده است، پرداخت‌شده ثبت کنید',
  },
  giveBack: {
    en: 'failed here: the money is held, give it back',
    fa: 'در فروشگاه ناموفق است: پول نزد شماست، بازگردانید',
  },
  wait: { en: 'not decided yet: wait for the result', fa: 'هنوز نتیجه ندارد: منتظر بمانید' },
  unknown: { en: 'no payment of this shop', fa: 'پرداختی از این فروشگاه نیست' },
};

/** A list in the words of staff. */
export const listText = (list: ListName, locale: Locale): string => NAMES[list][locale];

/** What to do about a line, in the words of staff. */
const adviceText = (advice: Advice | undefined, locale: Locale): string =>
  advice === undefined ? '' : ADVICE[advice][locale];

/** The names of {@link lineCells}. */
export const lineHead = (locale: Locale): string[] =>
  locale === 'fa'
    ? [
        'فهرست',
        'سطر',
        'سفارش',
        'چه باید کرد',
        'مبلغ گزارش (ریال)',
        'مبلغ فروشگاه (ریال)',
        'شماره فاکتور',
        'وضعیت',
        'زمان',
        'رسید',
        'شماره مرجع',
        'شماره پیگیری',
        'ترمینال',
      ]
    : [
        'list',
        'line',
        'order',
        'what to do',
        'report (Rials)',
        'shop (Rials)',
        'invoice',
        'status',
        'time',
        'receipt',
        'RRN',
        'trace number',
        'terminal',
      ];

/** A line of a list as cells. */
export function lineCells({ list, row, payment, advice }: ReconcileLine, locale: Locale): Cell[] {
  const at = row?.at ?? payment?.verifiedAt ?? payment?.createdAt;
  return [
    listText(list, locale),
    row?.line ?? null,
    payment?.orderId ?? null,
    adviceText(advice, locale) || null,
    row?.amount ?? null,
    payment?.amount ?? null,
    payment?.invoiceNumber ?? (row?.invoice || null),
    payment ? statusText(payment.status, locale) : null,
    at === undefined ? null : momentText(at, locale),
    payment?.referenceNumber ?? (row?.receipt || null),
    payment?.rrn ?? (row?.rrn || null),
    payment?.traceNumber ?? (row?.trace || null),
    payment?.terminalId ?? (row?.terminal || null),
  ];
}
