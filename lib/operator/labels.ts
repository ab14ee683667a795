import type { Locale } from '../texts';

const LABELS = {
  nothing: { en: 'Nothing needs you.', fa: 'موردی برای رسیدگی نیست.' },
  moreAttention: {
    en: 'There is more: see to these first.',
    fa: 'موارد دیگری هم هست؛ اول این‌ها را انجام دهید.',
  },
  zone: { en: '(times of Tehran)', fa: '(به وقت تهران)' },
  noMatch: { en: 'No payments match.', fa: 'پرداختی با این مشخصات نیست.' },
  more: { en: 'There is more:', fa: 'ادامه دارد:' },
  notFound: { en: 'Nothing was found. Looked for:', fa: 'چیزی پیدا نشد. جست‌وجو شد:' },
  takenFor: { en: 'Taken for', fa: 'نتیجه برای:' },
  order: { en: 'Order', fa: 'سفارش' },
  tellBuyer: { en: 'Tell the buyer:', fa: 'به خریدار بگویید:' },
  story: { en: 'What happened', fa: 'چه گذشت' },
  others: { en: 'Other payments of the order', fa: 'پرداخت‌های دیگر سفارش' },
  otherHolds: { en: 'The order is held by payment', fa: 'سفارش با این پرداخت است:' },
  begun: { en: 'begun', fa: 'شروع' },
  invoice: { en: 'invoice', fa: 'شماره فاکتور' },
  status: { en: 'status', fa: 'وضعیت' },
  amount: { en: 'amount', fa: 'مبلغ' },
  card: { en: 'card', fa: 'کارت' },
  account: { en: 'account', fa: 'حساب' },
  receipt: { en: 'receipt', fa: 'رسید دیجیتالی' },
  trace: { en: 'trace number', fa: 'شماره پیگیری' },
  rrn: { en: 'RRN', fa: 'شماره مرجع' },
  terminal: { en: 'terminal', fa: 'ترمینال' },
  mobile: { en: 'mobile', fa: 'موبایل' },
  description: { en: 'description', fa: 'بابت' },
  back: { en: 'buyer came back', fa: 'بازگشت خریدار' },
  confirmed: { en: 'confirmed', fa: 'تأیید' },
  delivered: { en: 'shop informed', fa: 'اعلام به فروشگاه' },
  due: { en: 'next step', fa: 'گام بعدی' },
  givenBack: { en: 'given back', fa: 'بازگردانده‌شده' },
  later: { en: 'later', fa: 'بعد' },
  started: { en: 'started', fa: 'شروع‌شده' },
  conversion: { en: 'paid of those started', fa: 'نسبت پرداخت‌شده به شروع‌شده' },
  yesterday: { en: 'the day before', fa: 'روز قبل' },
  lastWeek: { en: 'a week before', fa: 'هفته قبل' },
  reasons: { en: 'Why payments failed or are in review', fa: 'دلیل‌های ناموفق بودن یا بررسی' },
  byHour: { en: 'Confirmed by hour', fa: 'تأییدشده در هر ساعت' },
  count: { en: 'count', fa: 'تعداد' },
  day: { en: 'day', fa: 'روز' },
  report: { en: 'report', fa: 'گزارش' },
  shop: { en: 'shop', fa: 'فروشگاه' },
} as const;

export type Label = keyof typeof LABELS;

/** A word of the desk and of the command. */
export const label = (name: Label, locale: Locale): string => LABELS[name][locale];
