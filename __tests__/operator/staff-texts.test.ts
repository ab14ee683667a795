import type { AttentionItem } from '../../lib/operator/attention';
import { HOUR } from '../../lib/operator/dates';
import { attentionText } from '../../lib/operator/texts/attention';
import {
  contractText,
  linesText,
  noDatesText,
  reversalsText,
  sweepText,
  untriedText,
  writtenText,
} from '../../lib/operator/texts/reports';
import { purgeText } from '../../lib/operator/texts/purge';
import { refusalText } from '../../lib/operator/texts/refusals';
import { AtipayError, type HistoryEntry } from 'express-atipay';
import type { Locale } from '../../lib/texts';
import { aRecord, NOW } from '../support/record';

const LOCALES: readonly Locale[] = ['en', 'fa'];
const inBoth = (text: (locale: Locale) => string): string[] => LOCALES.map(text);

describe('payments that need a person', () => {
  const threw: HistoryEntry = {
    at: NOW,
    status: 'paid',
    event: 'hookThrew',
    data: { problem: 'stock is undefined' },
  };
  const hook = { kind: 'hook', since: NOW } as const;
  const pattern = { since: NOW - HOUR, count: 6 };
  const ITEMS: [what: string, item: AttentionItem, en: string, fa: string][] = [
    [
      'a review without a receipt or a reason',
      { kind: 'review', since: NOW, payment: aRecord({ status: 'review' }) },
      'Order A-1: 250,000 Rials (25,000 Tomans); AtiPay did not answer in time',
      'سفارش A-1\u200f: ۲۵۰٬۰۰۰ ریال (۲۵٬۰۰۰ تومان)؛ آتی‌پی در مهلت مقرر پاسخ نداد',
    ],
    [
      'onSuccess that threw',
      { ...hook, payment: aRecord({ status: 'paid', hookAttempts: 2, history: [threw] }) },
      'Order A-1 is paid and the shop does not know it: onSuccess was called 2 times and did not return: stock is undefined',
      'سفارش A-1\u200f پرداخت شده و سایت فروشگاه خبر ندارد: ۲ بار اعلام شد و به نتیجه نرسید: stock is undefined',
    ],
    [
      'onFailure that did not return',
      { ...hook, payment: aRecord({ status: 'failed', hookAttempts: 1 }) },
      'Order A-1 is failed and the shop does not know it: onFailure was called once and did not return',
      'سفارش A-1\u200f ناموفق بوده و سایت فروشگاه خبر ندارد: ۱ بار اعلام شد و به نتیجه نرسید',
    ],
    [
      'a step that is overdue',
      { kind: 'overdue', since: NOW - 3 * HOUR, payment: aRecord() },
      'Order A-1: its next step has been overdue for 3 h',
      'سفارش A-1\u200f: ۳ ساعت از موعد بازبینی آن گذشته است',
    ],
    [
      'buyers who do not come back',
      { kind: 'noCallbacks', ...pattern },
      'No buyer has come back from the bank since 2026-01-01 10:30 (60 min ago): 6 payments in a row',
      'از ۱۴۰۴/۱۰/۱۱ ۱۰:۳۰ (۶۰ دقیقه پیش) هیچ خریداری از بانک برنگشته است: ۶ پرداخت پشت سر هم',
    ],
    [
      'tokens that do not come',
      { kind: 'noTokens', ...pattern },
      'AtiPay has given no token since 2026-01-01 10:30 (60 min ago): 6 payments in a row could not start',
      'از ۱۴۰۴/۱۰/۱۱ ۱۰:۳۰ (۶۰ دقیقه پیش) آتی‌پی توکن نمی‌دهد: ۶ پرداخت پشت سر هم شروع نشد',
    ],
    [
      'a fault of the shop',
      { kind: 'shopFault', ...pattern, reason: 'TerminalNotFound' },
      '6 payments in a row failed for a reason about the shop: AtiPay does not know the terminal',
      '۶ پرداخت پشت سر هم به دلیلی مربوط به فروشگاه ناموفق بود: آتی‌پی ترمینال را نشناخت',
    ],
  ];

  test.each(ITEMS)('%s', (_what, item, en, fa) => {
    expect(inBoth((locale) => attentionText(item, locale, NOW).what)).toEqual([en, fa]);
    for (const todo of inBoth((locale) => attentionText(item, locale, NOW).todo)) {
      expect(todo.length).toBeGreaterThan(40);
    }
  });
});

describe('reports', () => {
  const report = {
    due: 1_200,
    paid: 3,
    failed: 2,
    review: 1,
    hooks: 5,
    waiting: 4,
    ms: 1_500,
  };
  const REPORTS: [what: string, text: (locale: Locale) => string, en: string, fa: string][] = [
    [
      'a sweep',
      (locale) => sweepText(report, locale),
      'Payments that were due: 1200. Became paid: 3, failed: 2, review: 1. Hooks that returned: 5. Still waiting for an answer or a hook: 4. It took 1500 ms.',
      'موعد ۱٬۲۰۰ پرداخت رسیده بود: ۳ پرداخت‌شده، ۲ ناموفق و ۱ در دست بررسی شد. ۵ نتیجه به فروشگاه اعلام شد و ۴ پرداخت هنوز در انتظار است. زمان: ۱٬۵۰۰ میلی‌ثانیه.',
    ],
    [
      'an idle sweep',
      (locale) => sweepText({ ...report, due: 0 }, locale),
      'Nothing was due.',
      'موعد هیچ پرداختی نرسیده بود.',
    ],
    ['a file', (locale) => writtenText('a.csv', locale), 'a.csv is written.', 'فایل a.csv نوشته شد.'],
    [
      'a store that keeps the contract',
      (locale) => contractText(90, 0, locale),
      'The store keeps the contract: 90 cases.',
      'محل ذخیره هر ۹۰ مورد قرارداد را رعایت می‌کند.',
    ],
    [
      'a store that breaks it',
      (locale) => contractText(90, 2, locale),
      'The store breaks 2 of 90 promises.',
      'محل ذخیره ۲ مورد از ۹۰ مورد قرارداد را رعایت نمی‌کند.',
    ],
    [
      'a purge',
      (locale) => purgeText({ read: 1_200, purged: 1_198, kept: 2 }, locale),
      'Personal data of 1,198 payments is removed; 1,200 were looked at. 2 keep it: the shop has not been informed of them yet.',
      'اطلاعات شخصی ۱٬۱۹۸ پرداخت پاک شد؛ ۱٬۲۰۰ پرداخت بررسی شد. ۲ پرداخت آن را نگه می‌دارد: نتیجه هنوز به فروشگاه اعلام نشده است.',
    ],
    [
      'a purge that kept nothing',
      (locale) => purgeText({ read: 2, purged: 2, kept: 0 }, locale),
      'Personal data of 2 payments is removed; 2 were looked at.',
      'اطلاعات شخصی ۲ پرداخت پاک شد؛ ۲ پرداخت بررسی شد.',
    ],
    ['lines so far', (locale) => linesText(12_000, locale), '12,000 lines', '۱۲٬۰۰۰ سطر'],
    [
      'a report without dates',
      (locale) => noDatesText(locale),
      'The report has no dates: give --from and --until to see what is paid here and not in it.',
      'گزارش تاریخ ندارد: برای دیدن پرداخت‌هایی که در گزارش نیست، --from و --until را بنویسید.',
    ],
    [
      'reversals',
      (locale) => reversalsText({ count: 2, amount: -50_000 }, locale),
      '2 × 50,000 Rials (5,000 Tomans) of reversals in the report',
      '۲ × ۵۰٬۰۰۰ ریال (۵٬۰۰۰ تومان) برگشتی در گزارش',
    ],
  ];

  test.each(REPORTS)('%s', (_what, text, en, fa) => {
    expect(inBoth(text)).toEqual([en, fa]);
  });

  test('each capability that was not tried is named once, in both languages', () => {
    const names = untriedText.map(({ capability }) => capability);
    expect(new Set(names).size).toBe(names.length);
    for (const { en, fa } of untriedText)
      expect([en, fa]).toEqual([
        expect.stringMatching(/^Not tried: /),
        expect.stringMatching(/^آزموده نشد: /),
      ]);
  });
});

test('a refusal that is meant for developers is passed on as it is', () => {
  const error = new AtipayError('ERR_ATIPAY_CONFIG', 'publicUrl is missing.');
  expect(inBoth((locale) => refusalText(error, locale))).toEqual([
    'publicUrl is missing.',
    'این کار انجام نشد؛ این پیام را به برنامه‌نویس بدهید: publicUrl is missing.',
  ]);
});
