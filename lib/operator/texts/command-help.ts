import type { Locale } from '../../texts';

const TEXTS = {
  program: {
    en: 'Where is the money of an order? What needs a person? For those who run a shop.',
    fa: 'پول یک سفارش کجاست؟ چه چیزی باید بررسی شود؟ برای کسانی که فروشگاه را می‌گردانند.',
  },
  after: {
    en: `
Times are of Tehran, in the Persian or the Gregorian calendar: 1405-09-07, 2026-11-28 14:30,
"yesterday 18:00".
A value that begins with a dash is written with an equals sign (--order=-7), or after "--".
Ends with 0 when done, 1 when not (not found, refused, no database), 2 when the command is wrong.`,
    fa: `
زمان‌ها به وقت تهران است، شمسی یا میلادی: ۱۴۰۵/۰۹/۰۷ یا "۲۰۲۶/۱۱/۲۸ ۱۴:۳۰" یا "دیروز ۱۸:۰۰".
مقداری که با خط تیره شروع می‌شود با علامت مساوی (--order=-7) یا پس از "--" نوشته می‌شود.
کد پایان: 0 یعنی انجام شد؛ 1 یعنی نشد (پیدا نشد، پذیرفته نشد، پایگاه داده نبود)؛
2 یعنی دستور درست نیست.`,
  },

  attention: {
    en: 'what needs a person, most urgent first',
    fa: 'مواردی که باید رسیدگی شود، به ترتیب فوریت',
  },
  today: {
    en: 'count and sum by status and hour, beside the week before',
    fa: 'تعداد و مبلغ بر اساس وضعیت و ساعت، در کنار هفته قبل',
  },
  find: {
    en: 'order, invoice, receipt, trace number, RRN, mobile, card’s last four, amount',
    fa: 'جست‌وجوی سفارش، فاکتور، رسید، شماره پیگیری یا مرجع، موبایل، چهار رقم آخر کارت یا مبلغ',
  },
  show: {
    en: 'where the money is, then the facts and the story',
    fa: 'پول کجاست؛ سپس مشخصات و آن‌چه گذشته است',
  },
  list: { en: 'payments, newest first', fa: 'پرداخت‌ها، از تازه‌ترین' },
  resolve: {
    en: 'decides a payment in review, for good: paid or failed',
    fa: 'ثبت نتیجه پرداختی که در دست بررسی است، بدون بازگشت: paid (واریز شده) یا failed (نشده)',
  },
  retry: {
    en: "does the next step now: asks AtiPay or calls the shop's hook (needs --app)",
    fa: 'گام بعدی همین حالا: پرسش از آتی‌پی یا اعلام به سایت فروشگاه (با --app)',
  },
  note: { en: 'adds a note to the story', fa: 'ثبت یادداشت برای پرداخت' },
  giveBack: {
    en: 'records money that was given back by other means; no money moves',
    fa: 'ثبت مبلغی که به روش دیگری بازگردانده‌اید؛ با این کار پولی جابه‌جا نمی‌شود',
  },
  export: {
    en: 'a CSV for the accountant: confirmed payments and give-backs',
    fa: 'فایل CSV برای حسابدار: پرداخت‌های تأییدشده و بازگشت وجه‌ها',
  },
  reconcile: {
    en: "compares the facilitator's report (CSV, TSV) with the payments",
    fa: 'مغایرت‌گیری گزارش آتی‌پی یا بانک (CSV یا TSV) با پرداخت‌ها',
  },
  purge: {
    en: 'removes personal data of old decided payments; receipts and sums stay',
    fa: 'پاک کردن اطلاعات شخصی پرداخت‌های قدیمی؛ رسیدها و مبلغ‌ها می‌ماند',
  },
  sweep: {
    en: "does what is due now, with the shop's own hooks (needs --app)",
    fa: 'یک بازبینی دوره‌ای همین حالا، با اعلام نتیجه به سایت فروشگاه (با --app)',
  },
  doctor: { en: 'looks for mistakes in how the shop is set up', fa: 'معاینه: اشکال‌های راه‌اندازی فروشگاه' },
  check: {
    en: 'runs the store contract against a store of your kind, in a scratch table',
    fa: 'آزمودن محل ذخیره پرداخت‌ها در جدولی موقت',
  },
  small: {
    en: 'without the cases that write hundreds of payments at once',
    fa: 'بدون آزمون‌هایی که صدها پرداخت را با هم می‌نویسند',
  },
  help: { en: 'display help for command', fa: 'راهنمای یک دستور' },

  app: {
    en: "a module that exports the shop's router, its atipay or its store",
    fa: 'فایلی از سایت فروشگاه که router، atipay یا store را export می‌کند',
  },
  database: {
    en: 'postgres://… by pg, mysql://… by mysql2, or a SQLite file by better-sqlite3 (default: DATABASE_URL)',
    fa: 'postgres://… با pg، mysql://… با mysql2 یا فایل SQLite با better-sqlite3 (پیش‌فرض: DATABASE_URL)',
  },
  knexfile: { en: "the shop's knexfile", fa: 'فایل knexfile فروشگاه' },
  env: {
    en: 'the part of the knexfile (default: NODE_ENV, or development)',
    fa: 'بخش knexfile (پیش‌فرض: NODE_ENV یا development)',
  },
  table: { en: 'default atipay_payments', fa: 'نام جدول (پیش‌فرض: atipay_payments)' },
  schema: { en: "the table's schema", fa: 'نام schema جدول' },
  account: { en: 'the AtiPay account', fa: 'حساب آتی‌پی' },
  locale: { en: 'language of the answers', fa: 'زبان پاسخ‌ها' },
  json: { en: 'for programs', fa: 'خروجی برای برنامه‌ها' },
  helpOption: { en: 'display help for command', fa: 'همین راهنما' },
  version: { en: 'output the version number', fa: 'نسخه برنامه' },

  by: { en: 'who acts (default: the user of the system)', fa: 'چه کسی (پیش‌فرض: کاربر سیستم)' },
  yes: { en: 'do not ask', fa: 'بدون پرسش' },
  resolveNote: {
    en: 'what AtiPay said and who was asked; stays in the story',
    fa: 'آتی‌پی چه گفت و از چه کسی پرسیده شد؛ همراه پرداخت می‌ماند',
  },
  giveBackNote: { en: 'why; stays in the story', fa: 'چرا؛ همراه پرداخت می‌ماند' },
  rials: { en: 'how much, in Rials', fa: 'مبلغ به ریال' },
  tomans: { en: 'how much, in Tomans', fa: 'مبلغ به تومان' },
  reference: { en: 'the number of the transfer', fa: 'شماره پیگیری واریز' },

  day: { en: 'another day', fa: 'روزی دیگر' },
  from: { en: 'begun from here on', fa: 'شروع‌شده از این زمان' },
  until: { en: 'begun until then; a day counts whole', fa: 'شروع‌شده تا این زمان؛ خود آن روز هم' },
  confirmedFrom: { en: 'confirmed from here on', fa: 'تأییدشده از این زمان' },
  confirmedUntil: {
    en: 'confirmed until then; a day counts whole',
    fa: 'تأییدشده تا این زمان؛ خود آن روز هم',
  },
  status: { en: 'one or several with commas', fa: 'یک یا چند وضعیت با ویرگول' },
  order: { en: 'the order', fa: 'سفارش' },
  receipt: { en: 'the digital receipt', fa: 'رسید دیجیتالی' },
  trace: { en: 'the trace number', fa: 'شماره پیگیری' },
  rrn: { en: "the bank's reference", fa: 'شماره مرجع' },
  mobile: { en: "the buyer's mobile", fa: 'موبایل خریدار' },
  card: { en: 'the last four digits of the card', fa: 'چهار رقم آخر کارت' },
  next: { en: 'the page after this one', fa: 'صفحه بعد از این نشانه' },
  limit: { en: 'payments to list', fa: 'تعداد پرداخت‌ها' },

  firstDay: { en: 'from this day on', fa: 'از این روز' },
  lastDay: { en: 'until this day; it counts whole', fa: 'تا این روز؛ خود آن روز هم' },
  exportFile: { en: 'default: the standard output', fa: 'فایل خروجی (پیش‌فرض: همین صفحه)' },
  unit: {
    en: 'of the amounts, where the report does not say',
    fa: 'واحد مبلغ‌ها، اگر در گزارش نوشته نشده باشد',
  },
  map: {
    en: 'which column of the report is which, for example amount=Sum',
    fa: 'کدام ستون گزارش چیست، مانند amount=جمع',
  },
  reportFrom: { en: 'what the report covers: from this day', fa: 'بازه گزارش: از این روز' },
  linesFile: { en: 'every line of the result as CSV', fa: 'همه سطرهای نتیجه در یک فایل CSV' },

  purgeBefore: { en: 'payments begun before this day', fa: 'پرداخت‌هایی که پیش از این روز شروع شده‌اند' },
  purgeBy: { en: 'who asks for it', fa: 'به خواست چه کسی' },
  purgeYes: { en: 'the data cannot be brought back', fa: 'این اطلاعات بازگشت ندارد' },
  token: {
    en: 'also ask AtiPay for a token of 1,000 Rials, which nobody pays',
    fa: 'درخواست توکن ۱٬۰۰۰ ریالی از آتی‌پی هم؛ این توکن پرداخت نمی‌شود',
  },
} as const satisfies Record<string, Record<Locale, string>>;

export type HelpText = keyof typeof TEXTS;

/** A description of the command line's help. */
export const helpText = (name: HelpText, locale: Locale): string => TEXTS[name][locale];

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'شیوه نوشتن:',
  'Arguments:': 'ورودی‌ها:',
  'Options:': 'گزینه‌ها:',
  'Commands:': 'دستورها:',
};

/** A heading of the help. */
export const helpTitle = (title: string, locale: Locale): string =>
  locale === 'fa' ? (TITLES[title] ?? title) : title;

/** The notes after an option: its choices and its default. */
export const helpNotes = (text: string, locale: Locale): string =>
  locale === 'fa' ? text.replace('choices:', 'یکی از:').replace('default:', 'پیش‌فرض:') : text;
