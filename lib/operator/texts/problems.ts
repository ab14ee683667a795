import type { Locale } from '../../texts';

/** A text in the reader's language. */
export type Saying = (locale: Locale) => string;

const both =
  (en: string, fa: string): Saying =>
  (locale) =>
    locale === 'fa' ? fa : en;

const EXAMPLE = `

  // payments.mjs
  export const payments = atipayRouter({ apiKey, store, onSuccess, /* as in the shop */ recovery: false });`;
const HOW = {
  en: `Give --app a module that exports the shop's router, its atipay or its store:${EXAMPLE}`,
  fa: `با --app فایلی بدهید که router، atipay یا store فروشگاه را export می‌کند:${EXAMPLE}`,
};

const SCRATCH = `

  export const scratchStore = async () => ({ store: new MyStore(/* an empty table */), close: () => … });`;

/** Why a command could not do its work, or cannot be understood. */
export const problems = {
  noWhere: both(
    'Where are the payments? Give --app <file>, --database <url>, --knexfile <file>, or set DATABASE_URL.',
    'پرداخت‌ها کجاست؟ یکی از --app <file>، --database <url> یا --knexfile <file> را بنویسید، یا DATABASE_URL را تنظیم کنید.',
  ),
  databaseTwice: both(
    '--database and --knexfile are two ways to say the same: give one.',
    '--database و --knexfile هر دو محل پرداخت‌ها را می‌گویند: فقط یکی را بنویسید.',
  ),
  appTwice: both(
    '--app, --database and --knexfile are ways to say the same: give one.',
    '--app، --database و --knexfile همه محل پرداخت‌ها را می‌گویند: فقط یکی را بنویسید.',
  ),
  scheme: (scheme: string) =>
    both(
      `Payments are not kept in ${scheme}: give postgres://, mysql:// or the path of a SQLite file.`,
      `پرداخت‌ها در ${scheme} نگهداری نمی‌شود: postgres:// یا mysql:// یا مسیر یک فایل SQLite را بنویسید.`,
    ),
  /** `undefined`: the name may hold a password. */
  noSqlite: (file: string | undefined) =>
    both(
      `There is no SQLite file ${file ?? 'of that name'}.`,
      `فایل SQLite ${file ?? 'به این نام'} پیدا نشد.`,
    ),
  noFile: (file: string) => both(`There is no file ${file}.`, `فایل ${file} پیدا نشد.`),
  noPartOfKnexfile: (file: string, env: string) =>
    both(
      `${file} has neither a client nor a part "${env}": see --env.`,
      `در ${file} نه client هست و نه بخش «${env}»: گزینه --env را ببینید.`,
    ),
  notInstalled: (name: string) =>
    both(
      `${name} is not installed here: run npm install ${name}.`,
      `${name} نصب نیست: npm install ${name} را اجرا کنید.`,
    ),
  noDriver: (client: string, driver: string) =>
    both(
      `The driver for ${client} is not installed here. Run: npm install ${driver}`,
      `درایور ${client} نصب نیست. اجرا کنید: npm install ${driver}`,
    ),
  notLoaded: (file: string) =>
    both(
      `Node cannot load ${file} as it is: NODE_OPTIONS='--import tsx' lets it, with tsx installed.`,
      `نود فایل ${file} را به این صورت نمی‌خواند: tsx را نصب و NODE_OPTIONS='--import tsx' را تنظیم کنید.`,
    ),
  nothingExported: (file: string) =>
    both(
      `${file} exports no atipayRouter, no atipay of one and no store. ${HOW.en}`,
      `در ${file} هیچ atipayRouter، atipay یا store ای export نشده است. ${HOW.fa}`,
    ),
  noRouterExported: (file: string) =>
    both(
      `${file} exports no atipayRouter and no atipay of one. ${HOW.en}`,
      `در ${file} هیچ atipayRouter یا atipay ای export نشده است. ${HOW.fa}`,
    ),
  needsShop: (command: string) =>
    both(
      `${command} needs the shop's own router. ${HOW.en}`,
      `دستور ${command} به router خود فروشگاه نیاز دارد. ${HOW.fa}`,
    ),
  tokenNeedsApp: both(
    '--token asks AtiPay with the shop’s key: give --app.',
    '--token با کلید فروشگاه از آتی‌پی می‌پرسد: گزینه --app را هم بنویسید.',
  ),
  noScratchStore: both(
    `check needs a store to try. Give --database or --knexfile, and it works in a scratch table; or --app with a module that exports${SCRATCH}`,
    `برای check محلی لازم است که آزموده شود. با --database یا --knexfile در جدولی موقت کار می‌کند؛ یا با --app فایلی بدهید که این را export می‌کند:${SCRATCH}`,
  ),
  outcome: both(
    'resolve <invoice> paid|failed --note <why>',
    'نتیجه باید paid یا failed باشد: resolve <invoice> paid|failed --note <why>',
  ),
  howMuch: both('How much? Give --rials or --tomans.', 'چه مبلغی؟ یکی از --rials یا --tomans را بنویسید.'),
  periodHalf: both('Give both --from and --until.', 'هر دو گزینه --from و --until را بنویسید.'),
  noPayment: (invoice: string) =>
    both(
      `There is no payment ${invoice}. An act takes an invoice number: see show or find.`,
      `پرداختی با شماره ${invoice} نیست. این دستور شماره فاکتور می‌خواهد: show یا find را ببینید.`,
    ),
  nameless: both(
    'Who does this? The system does not say: give --by <name>.',
    'چه کسی این کار را می‌کند؟ سیستم نامی نمی‌دهد: --by <name> را بنویسید.',
  ),
  noTerminal: both(
    'There is no terminal to ask at: give --yes to go on without a question.',
    'ترمینالی برای پرسیدن نیست: برای ادامه بدون پرسش --yes را بنویسید.',
  ),
  unchanged: both('Nothing was changed.', 'چیزی تغییر نکرد.'),
  unreachable: both(
    'The database is not reached at this address, or it gave no answer in time.',
    'پایگاه داده در این آدرس در دسترس نیست یا در مهلت مقرر پاسخ نداد.',
  ),
  changedMeanwhile: (invoice: string) =>
    both(
      `Payment ${invoice} was changed meanwhile. Look at it again: show ${invoice}`,
      `پرداخت ${invoice} در این فاصله تغییر کرده است و کاری انجام نشد. دوباره ببینید: show ${invoice}`,
    ),
  unforeseen: (message: string) =>
    both(message, `خطایی پیش‌بینی‌نشده رخ داد؛ این پیام را به برنامه‌نویس بدهید: ${message}`),
};

/** Where the help is. */
export const tryHelp = both('Try atipay-payments --help.', 'راهنما: atipay-payments --locale fa --help');

/** A value of an option that cannot be used. */
export const valueProblems = {
  when: both(
    'It takes a day such as 1405-09-07, 2026-11-28, today or yesterday, or a minute such as "1405-09-07 14:30", Tehran time.',
    'یک روز مانند ۱۴۰۵/۰۹/۰۷، ۲۰۲۶/۱۱/۲۸، «امروز» یا «دیروز» بنویسید، یا یک دقیقه مانند "۱۴۰۵/۰۹/۰۷ ۱۴:۳۰" به وقت تهران.',
  ),
  oneOf: (names: readonly string[]) =>
    both(`It takes ${names.join(', ')}.`, `یکی از این‌ها را بنویسید: ${names.join('، ')}.`),
  cardEnd: both(
    'It takes the last four digits of the card, nothing more.',
    'فقط چهار رقم آخر کارت را بنویسید.',
  ),
  limit: both('It takes a whole number from 1 to 1000.', 'عددی صحیح از 1 تا 1000 بنویسید.'),
  amount: both('It takes a whole amount above 0.', 'مبلغی صحیح و بیشتر از صفر بنویسید.'),
  mapping: (columns: readonly string[]) =>
    both(
      `It takes <column>=<name in the report>; columns: ${columns.join(', ')}.`,
      `به شکل <column>=<نام در گزارش> بنویسید؛ ستون‌ها: ${columns.join('، ')}.`,
    ),
  upload: both(
    'It takes a form with a file (multipart/form-data), as the page sends it.',
    'فرم همان صفحه همراه با یک فایل پذیرفته می‌شود (multipart/form-data).',
  ),
};
