import fc from 'fast-check';
import { withoutWords } from '../../lib/core/history';
import type { HistoryEntry, HistoryEvent, PaymentStatus } from '../../lib/core/record';
import { isOneLine } from '../../lib/core/text';
import { historyEn } from '../../lib/texts/history/en';
import { historyFa } from '../../lib/texts/history/fa';
import { historyText } from '../../lib/texts/history';

const EVENTS = Object.keys(historyEn) as HistoryEvent[];
const LOCALES = ['en', 'fa'] as const;

const DATA = {
  amount: 250_000,
  attempt: 3,
  call: 2,
  code: '-2',
  description: 'no such receipt',
  expected: 240_000,
  order: 'A-1',
  problem: 'ECONNRESET',
  receipt: 'Receipt/1',
  reference: 'transfer 5',
  state: 'CanceledByUser',
  text: 'seen on the statement',
};

const entry = (event: HistoryEvent, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  at: 1,
  status: 'review',
  event,
  ...more,
});

const cases = LOCALES.flatMap((locale) => EVENTS.map((event) => [event, locale] as const));

test('both languages have a text for each event', () => {
  expect(Object.keys(historyFa).sort()).toEqual([...EVENTS].sort());
});

describe.each(cases)('%s in %s', (event, locale) => {
  test('is one line with every detail, and with none', () => {
    for (const more of [{ data: DATA, by: 'Sara' }, { data: DATA }, { by: 'Sara' }, {}]) {
      const text = historyText(entry(event, more), locale);
      expect(text).not.toBe('');
      expect(text).not.toMatch(/undefined|null|NaN|\[object/);
      expect(isOneLine(text)).toBe(true);
    }
  });

  test('stays one line with any details', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\u001b[2J', 'a\r\nb', '\u202eab', '\ud800'),
    );
    const data = fc.dictionary(fc.constantFrom(...Object.keys(DATA)), fc.oneof(hostile, fc.integer()));
    fc.assert(
      fc.property(data, hostile, (given, by) => {
        expect(isOneLine(historyText(entry(event, { data: given, by }), locale))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

test.each(cases)('%s in %s reads whole after a purge', (event, locale) => {
  const purged = withoutWords(entry(event, { data: DATA, by: 'Sara' }));
  expect(historyText(purged, locale)).not.toMatch(/[:(]\s*($|[);؛])/);
});

test('a text of staff or of the gateway is cut where it goes on for too long', () => {
  const text = historyText(entry('noted', { by: 'Sara', data: { text: 'x'.repeat(5_000) } }), 'en');
  expect(text).toHaveLength(1_000);
});

test.each<[string, HistoryEntry, string, string]>([
  [
    'a refusal with a code and words',
    entry('verifyRefused', { data: { code: '-2', description: 'no such receipt' } }),
    'verify-payment refused (-2): no such receipt',
    'آتی‌پی پرداخت را تأیید نکرد (-2): no such receipt',
  ],
  [
    'a refusal without a reason',
    entry('verifyRefused', { data: { attempt: 1 } }),
    'verify-payment refused',
    'آتی‌پی پرداخت را تأیید نکرد',
  ],
  [
    'a receipt that waits',
    entry('orderTaken', { data: { receipt: 'R/1' } }),
    'the buyer is back with receipt R/1; another payment holds the order',
    'خریدار با رسید R/1 برگشت؛ پرداخت دیگری برای این سفارش در جریان است',
  ],
  [
    'an order that is still taken',
    entry('orderTaken'),
    'another payment holds the order',
    'پرداخت دیگری برای این سفارش در جریان است',
  ],
  [
    'a give-back',
    entry('gaveBack', { by: 'Sara', data: { amount: 5000, reference: 'T1', text: 'two boxes' } }),
    'Sara recorded a give-back of 5000 Rials (T1): two boxes',
    'Sara بازگرداندن ۵٬۰۰۰ ریال (T1) را ثبت کرد: two boxes',
  ],
])('%s reads so in both languages', (_what, given, en, fa) => {
  expect(historyText(given, 'en')).toBe(en);
  expect(historyText(given, 'fa')).toBe(fa);
});

test.each<[PaymentStatus, string, string]>([
  ['paid', 'resolved as paid by Sara: seen', 'Sara آن را پرداخت‌شده ثبت کرد: seen'],
  ['failed', 'resolved as failed by Sara: seen', 'Sara آن را ناموفق ثبت کرد: seen'],
])('a decision of staff as %s names who decided', (status, en, fa) => {
  const given = entry('resolved', { status, by: 'Sara', data: { text: 'seen' } });
  expect([historyText(given, 'en'), historyText(given, 'fa')]).toEqual([en, fa]);
});
