import type { Locale } from '../../texts';

const TEXTS = {
  needs: { en: 'Needs you', fa: 'نیاز به رسیدگی' },
  find: { en: 'Find', fa: 'جست‌وجو' },
  payments: { en: 'Payments', fa: 'پرداخت‌ها' },
  today: { en: 'Today', fa: 'امروز' },
  reconcile: { en: 'Reconcile', fa: 'مغایرت‌گیری' },
  doctor: { en: 'Doctor', fa: 'معاینه' },
  skip: { en: 'To the content', fa: 'رفتن به محتوا' },
  menu: { en: 'Pages', fa: 'صفحه‌ها' },
  language: { en: 'فارسی', fa: 'English' },
  zone: { en: 'All times are Tehran time.', fa: 'همه زمان‌ها به وقت تهران است.' },
  searchLabel: {
    en: 'Order, mobile, card, trace number, receipt or amount',
    fa: 'سفارش، موبایل، کارت، شماره پیگیری، رسید یا مبلغ',
  },
  from: { en: 'From (1405-09-07 or 2026-11-28)', fa: 'از (مانند ۱۴۰۵/۰۹/۰۷)' },
  until: { en: 'Until (that day included)', fa: 'تا (خود آن روز هم)' },
  status: { en: 'Status', fa: 'وضعیت' },
  anyStatus: { en: 'all', fa: 'همه' },
  card: { en: 'Card, last four digits', fa: 'چهار رقم آخر کارت' },
  time: { en: 'Time', fa: 'زمان' },
  begunTime: { en: 'begun', fa: 'شروع' },
  confirmedTime: { en: 'confirmed', fa: 'تأیید' },
  show: { en: 'Show', fa: 'نمایش' },
  newer: { en: 'Newest', fa: 'تازه‌ترین‌ها' },
  older: { en: 'Older', fa: 'قدیمی‌ترها' },
  export: { en: 'Download for the accountant (CSV)', fa: 'دریافت فایل حسابداری (CSV)' },
  exportNote: {
    en: 'Payments by confirmation date, and give-backs.',
    fa: 'پرداخت‌ها بر اساس تاریخ تأیید، و بازگشت وجه‌ها.',
  },
  purge: { en: 'Remove old personal data', fa: 'پاک کردن اطلاعات شخصی قدیمی' },
  purgeNote: {
    en: 'Mobile, card, description, and the notes and messages of the history are removed from decided payments. Receipts, amounts, orders and times stay. This cannot be undone.',
    fa: 'موبایل، کارت، توضیح و یادداشت‌ها و پیام‌های تاریخچه از پرداخت‌هایی که نتیجه دارند پاک می‌شود. رسید، مبلغ، سفارش و زمان می‌ماند. این کار بازگشت ندارد.',
  },
  purgeBefore: { en: 'Begun before (1405-09-07 or 2026-11-28)', fa: 'شروع‌شده پیش از (مانند ۱۴۰۵/۰۹/۰۷)' },
  purgeNewest: { en: 'The newest of them:', fa: 'تازه‌ترین آن‌ها:' },
  purgeNone: {
    en: 'No decided payment is older than this.',
    fa: 'پرداخت قدیمی‌تری که نتیجه داشته باشد نیست.',
  },
  open: { en: 'Open the payment', fa: 'دیدن پرداخت' },
  tellBuyer: { en: 'Tell the buyer', fa: 'به خریدار بگویید' },
  otherLanguage: { en: 'In Persian', fa: 'به انگلیسی' },
  story: { en: 'What happened', fa: 'چه گذشت' },
  facts: { en: 'Facts', fa: 'مشخصات' },
  others: { en: 'Other payments of the order', fa: 'پرداخت‌های دیگر سفارش' },
  acts: { en: 'Acts', fa: 'اقدام‌ها' },
  readOnly: {
    en: 'You may look, and not act: ask whoever runs the desk for the right.',
    fa: 'شما فقط اجازه دیدن دارید؛ برای اقدام از مدیر فروشگاه اجازه بگیرید.',
  },
  support: { en: 'Copy for support', fa: 'متن برای پشتیبانی' },
  why: { en: 'Why? It stays with the payment.', fa: 'چرا؟ همراه پرداخت می‌ماند.' },
  resolvePaid: { en: 'The money is there', fa: 'پول واریز شده است' },
  resolveFailed: { en: 'The money is not there', fa: 'پول واریز نشده است' },
  noteTitle: { en: 'Note', fa: 'یادداشت' },
  noteButton: { en: 'Add the note', fa: 'ثبت یادداشت' },
  giveBackTitle: { en: 'Give-back', fa: 'بازگشت وجه' },
  giveBackNote: {
    en: 'Records what you have already transferred. No money moves by this.',
    fa: 'مبلغی را که خودتان واریز کرده‌اید ثبت می‌کند؛ با این کار پولی جابه‌جا نمی‌شود.',
  },
  giveBackMost: { en: 'at most', fa: 'حداکثر' },
  giveBackButton: { en: 'Record the give-back', fa: 'ثبت بازگشت وجه' },
  amount: { en: 'Amount', fa: 'مبلغ' },
  unit: { en: 'Unit', fa: 'واحد' },
  rials: { en: 'Rials', fa: 'ریال' },
  tomans: { en: 'Tomans', fa: 'تومان' },
  reference: { en: 'Number of the transfer', fa: 'شماره پیگیری واریز' },
  retryAsk: { en: 'Ask AtiPay now', fa: 'همین حالا از آتی‌پی پرسیده شود' },
  retryHook: { en: 'Call the shop’s hook now', fa: 'همین حالا دوباره اعلام شود' },
  done: { en: 'Done.', fa: 'انجام شد.' },
  changedTitle: { en: 'The payment has changed meanwhile', fa: 'این پرداخت در این فاصله تغییر کرده است' },
  changedBody: {
    en: 'Nothing was done. This happened since you opened the page:',
    fa: 'کاری انجام نشد. از زمانی که صفحه را باز کردید این اتفاق افتاده است:',
  },
  backToPayment: { en: 'Look at the payment again', fa: 'دیدن دوباره پرداخت' },
  forbiddenTitle: { en: 'You may not do this', fa: 'اجازه این کار را ندارید' },
  foreignTitle: { en: 'This form did not come from the desk', fa: 'این فرم از این میز کار نیامده است' },
  foreignBody: {
    en: 'Nothing was done. Open the page again and send the form from there.',
    fa: 'کاری انجام نشد. صفحه را دوباره باز کنید و فرم را از همان‌جا بفرستید.',
  },
  refusedTitle: { en: 'This was not done', fa: 'این کار انجام نشد' },
  notFoundTitle: { en: 'There is no such payment', fa: 'چنین پرداختی نیست' },
  noPageTitle: { en: 'There is no such page', fa: 'چنین صفحه‌ای نیست' },
  failedTitle: { en: 'The page could not be made', fa: 'صفحه آماده نشد' },
  failedBody: {
    en: 'The shop’s server reports an error. Try again in a moment; if it stays, call your developer.',
    fa: 'سرور فروشگاه خطا داد. کمی بعد دوباره تلاش کنید؛ اگر تکرار شد به برنامه‌نویس خبر دهید.',
  },
  toStart: { en: 'To the start', fa: 'رفتن به صفحه اول' },
  previousDay: { en: 'The day before', fa: 'روز قبل' },
  nextDay: { en: 'The day after', fa: 'روز بعد' },
  confirmedSum: { en: 'Confirmed', fa: 'تأییدشده' },
  startedCount: { en: 'Started', fa: 'شروع‌شده' },
  conversion: { en: 'Paid of those started', fa: 'پرداخت‌شده از شروع‌شده‌ها' },
  givenBack: { en: 'Given back of these', fa: 'بازگردانده‌شده از این‌ها' },
  thisDay: { en: 'This day', fa: 'این روز' },
  yesterday: { en: 'The day before', fa: 'روز قبل' },
  lastWeek: { en: 'A week before', fa: 'هفته قبل' },
  hour: { en: 'Hour', fa: 'ساعت' },
  chart: { en: 'Confirmed by hour, in Rials', fa: 'مبلغ تأییدشده در هر ساعت، به ریال' },
  asTable: { en: 'The same as a table', fa: 'همین ارقام در جدول' },
  byStatus: { en: 'Begun on this day, by status', fa: 'شروع‌شده در این روز، بر اساس وضعیت' },
  reasons: { en: 'Why payments failed or are in review', fa: 'دلیل‌های ناموفق بودن یا بررسی' },
  reason: { en: 'Reason', fa: 'دلیل' },
  count: { en: 'Count', fa: 'تعداد' },
  reportFile: { en: 'The report of AtiPay or the bank (CSV)', fa: 'گزارش آتی‌پی یا بانک (CSV)' },
  reportNote: {
    en: 'From Excel: save as "CSV UTF-8". Nothing is changed by this.',
    fa: 'در اکسل با قالب «CSV UTF-8» ذخیره کنید. با این کار چیزی تغییر نمی‌کند.',
  },
  reportUnit: { en: 'Amounts in the report', fa: 'واحد مبلغ در گزارش' },
  unitByReport: { en: 'as the report says', fa: 'آن‌چه در گزارش نوشته شده' },
  mapExample: { en: 'amount=Sum, rrn=Ref', fa: 'amount=جمع, rrn=کد' },
  mapNote: {
    en: 'Columns that are not found by name, for example',
    fa: 'ستون‌هایی که پیدا نمی‌شوند، مانند',
  },
  anotherReport: { en: 'Another report', fa: 'گزارشی دیگر' },
  compare: { en: 'Compare', fa: 'مقایسه' },
  compareDownload: { en: 'Compare and download (CSV)', fa: 'مقایسه و دریافت فایل (CSV)' },
  columnsFound: { en: 'Columns found', fa: 'ستون‌های پیدا شده' },
  noPeriod: {
    en: 'The report has no dates: give from and until to see what is paid here and not in it.',
    fa: 'گزارش تاریخ ندارد: بازه را بنویسید تا پرداخت‌هایی که در گزارش نیست دیده شود.',
  },
  moreLines: { en: 'More lines are in the download.', fa: 'بقیه سطرها در فایل دریافتی است.' },
  daily: { en: 'Sums by day and terminal', fa: 'جمع روزانه هر ترمینال' },
  day: { en: 'Day', fa: 'روز' },
  terminal: { en: 'Terminal', fa: 'ترمینال' },
  reportSum: { en: 'Report', fa: 'گزارش' },
  shopSum: { en: 'Shop', fa: 'فروشگاه' },
  differs: { en: 'differs', fa: 'متفاوت' },
  left: { en: 'Rows left out (sums, empty)', fa: 'سطرهای کنارگذاشته (جمع، خالی)' },
  reversals: { en: 'reversals in the report', fa: 'برگشتی‌های گزارش' },
  askToken: { en: 'Ask AtiPay for a token of 1,000 Rials', fa: 'درخواست توکن ۱٬۰۰۰ ریالی از آتی‌پی' },
  askTokenNote: {
    en: 'Tries the key from this server. Nobody pays the token.',
    fa: 'کلید را از همین سرور امتحان می‌کند؛ این توکن پرداخت نمی‌شود.',
  },
  levelError: { en: 'Wrong', fa: 'نادرست' },
  levelWarning: { en: 'Look at this', fa: 'توجه' },
  levelFine: { en: 'Fine', fa: 'درست' },
} as const;

export type DeskText = keyof typeof TEXTS;

/** A text of the desk. */
export const deskText = (name: DeskText, locale: Locale): string => TEXTS[name][locale];

/** The consequence of a decision, on its button. */
export const resolveButton = (orderId: string, outcome: 'paid' | 'failed', locale: Locale): string => {
  if (locale === 'fa') {
    return outcome === 'paid'
      ? `سفارش ${orderId} پرداخت‌شده ثبت و انجام شود`
      : `سفارش ${orderId} پرداخت‌نشده ثبت شود`;
  }
  return outcome === 'paid'
    ? `Mark order ${orderId} as paid and serve it`
    : `Mark order ${orderId} as not paid`;
};

/** The label of the button that removes personal data. */
export const purgeButton = (day: string, locale: Locale): string =>
  locale === 'fa'
    ? `پاک کردن اطلاعات شخصی همه پرداخت‌های پیش از ${day}`
    : `Remove the personal data of all payments before ${day}`;
