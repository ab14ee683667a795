import type { Locale } from '../../texts';
import type { FindKind } from '../find';
import { rials } from '../words';

const KINDS: Record<FindKind, Record<Locale, string>> = {
  invoiceNumber: { en: 'invoice', fa: 'شماره فاکتور' },
  orderId: { en: 'order', fa: 'سفارش' },
  referenceNumber: { en: 'receipt', fa: 'رسید دیجیتالی' },
  traceNumber: { en: 'trace number', fa: 'شماره پیگیری' },
  rrn: { en: 'RRN', fa: 'شماره مرجع' },
  cellNumber: { en: 'mobile', fa: 'موبایل' },
  cardEnd: { en: 'card ending in', fa: 'چهار رقم آخر کارت' },
  amount: { en: 'amount', fa: 'مبلغ' },
};

/** The reading of a text, in the words of staff. */
export const guessText = (kind: FindKind, value: string, locale: Locale): string =>
  `${KINDS[kind][locale]} ${kind === 'amount' ? rials(Number(value), locale) : value}`;
