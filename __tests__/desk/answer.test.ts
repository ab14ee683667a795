import type { FailureReason, PaymentRecord, PaymentStatus } from 'express-atipay';
import { whereTheMoneyIs } from '../../lib/desk/answer';
import { REASONS } from '../../lib/desk/reasons';
import { columns, duration, money, plain } from '../../lib/desk/wording';
import { Scene } from '../../lib/stores/contract/scene';
import { MemoryPaymentStore } from 'express-atipay';

const NOW = Date.UTC(2026, 0, 1, 12);
const scene = new Scene(new MemoryPaymentStore({ quiet: true }));

const answer = (status: PaymentStatus, patch: Partial<PaymentRecord> = {}): string =>
  whereTheMoneyIs(scene.record({ status, createdAt: NOW - 300_000, ...patch }), NOW);

const WITH_RECEIPT = { referenceNumber: 'kP3/1', receivedAt: NOW, asks: 1 };
const note = (words: string): Pick<PaymentRecord, 'history'> => ({
  history: [{ at: NOW, status: 'review', note: words }],
});

const ANSWERS: [what: string, said: () => string, expected: RegExp][] = [
  ['a payment without a token', () => answer('created'), /^No money has moved/],
  ['a buyer at the bank', () => answer('pending'), /sent to the bank 5 min ago and has not come back/],
  [
    'a receipt that waits',
    () => answer('received', { ...WITH_RECEIPT, ...note('the order is taken by another payment') }),
    /^Held by the gateway: .*kP3\/1.*taken by another payment.*goes back by itself/,
  ],
  [
    'an ask that is overdue',
    () => answer('verifying', { ...WITH_RECEIPT, dueAt: NOW - 600_000 }),
    /asked once and has not answered\. It is asked again by the next sweep: it has been due for 10 min\.$/,
  ],
  [
    'money the shop knows of',
    () => answer('paid', { ...WITH_RECEIPT, handledAt: NOW, verifiedAt: NOW }),
    /^The shop has the money: 10,000 Rials \(1,000 Tomans\) confirmed by AtiPay .* The shop was told at/,
  ],
  [
    'money by the word of a person',
    () => answer('paid', { ...WITH_RECEIPT, ...note('resolved by hand as paid: Sara: seen') }),
    /by the word of a person .* The shop has not been told yet/,
  ],
  [
    'a buyer who gave up',
    () => answer('failed', { failureReason: 'CanceledByUser' }),
    /the buyer gave up at the bank/,
  ],
  [
    'a second payment of a paid order',
    () => answer('failed', { ...WITH_RECEIPT, failureReason: 'OrderAlreadyPaid' }),
    /^On its way back to the buyer: receipt kP3\/1 was never verified \(the order had been paid already\)/,
  ],
  [
    'a refused receipt',
    () =>
      answer('failed', {
        ...WITH_RECEIPT,
        failureReason: 'VerificationRefused',
        ...note('verify-payment refused (-2)'),
      }),
    /^Not with the shop: AtiPay refused receipt kP3\/1 \(verify-payment refused \(-2\)\)/,
  ],
  [
    'a failure by the word of a person',
    () =>
      answer('failed', {
        failureReason: 'ResolvedByHand',
        ...note('resolved by hand as failed: Sara: given back'),
      }),
    /^Not with the shop, by the word of a person: Sara: given back\./,
  ],
  [
    'another amount',
    () =>
      answer('review', {
        ...WITH_RECEIPT,
        failureReason: 'AmountMismatch',
        ...note('verify-payment answered 1 Rials instead of 10000'),
      }),
    /^Probably with the shop, and not in the right amount: .*answered 1 Rials instead of 10000.*A person must decide/,
  ],
  [
    'a refusal after silence',
    () => answer('review', { ...WITH_RECEIPT, failureReason: 'VerificationUnclear' }),
    /^Unknown: AtiPay refused .* may have taken 10,000 Rials .* A person must decide\. It is not asked about any more\.$/,
  ],
  [
    'silence to the end of the window',
    () => answer('review', { ...WITH_RECEIPT, failureReason: 'VerificationTimedOut', askAt: NOW + 1 }),
    /^Unknown: the buyer has paid .* Meanwhile it is asked about hourly, next after /,
  ],
  [
    'a receipt that waits, of a row without its history',
    () => answer('received', { referenceNumber: null, history: [] }),
    /^Held by the gateway: the buyer has paid \(receipt unknown\)/,
  ],
  [
    'an ask that is not due',
    () => answer('verifying', { ...WITH_RECEIPT, asks: 2, dueAt: NOW + 60_000 }),
    /asked 2 times and has not answered\. It is asked again after 20/,
  ],
  [
    'an ask that nobody repeats',
    () => answer('verifying', { ...WITH_RECEIPT, dueAt: null }),
    /asked once and has not answered\.$/,
  ],
  [
    'money of which no time is stored',
    () => answer('paid', { ...WITH_RECEIPT, handledAt: NOW, verifiedAt: null, updatedAt: NOW }),
    /confirmed by AtiPay at 2026-/,
  ],
  [
    'a failure by hand whose word is lost',
    () => answer('failed', { failureReason: 'ResolvedByHand', history: [] }),
    /^Not with the shop, by the word of a person: a person decided/,
  ],
  [
    'a refusal whose reason is lost',
    () => answer('failed', { ...WITH_RECEIPT, failureReason: 'VerificationRefused', history: [] }),
    /\(no reason stored\)/,
  ],
  [
    'another amount that is lost',
    () => answer('review', { ...WITH_RECEIPT, failureReason: 'AmountMismatch', history: [] }),
    /verify-payment answered another amount than 10000 Rials/,
  ],
  [
    'a review that is asked about by the next sweep',
    () => answer('review', { ...WITH_RECEIPT, failureReason: 'VerificationTimedOut', askAt: NOW - 1 }),
    /asked about hourly, next by the next sweep\.$/,
  ],
];

test.each(ANSWERS)('where the money is: %s', (_what, said, expected) => {
  expect(said()).toMatch(expected);
});

test('every failure has an answer of one line that leaves nothing open', () => {
  for (const failureReason of Object.keys(REASONS) as FailureReason[]) {
    for (const patch of [WITH_RECEIPT, {}]) {
      expect(answer('failed', { ...patch, failureReason })).toMatch(
        /^[^\n]+ (?:by itself|by other means)\.$/,
      );
    }
  }
});

test('words of others cannot take over the terminal, and Persian stays as it is written', () => {
  expect(plain('\u001b[2Jزعفران، نیم\u200cمثقال\n\u202Eabc')).toBe(' [2Jزعفران، نیم\u200cمثقال abc');
});

test('money is told in Rials and Tomans, time in the unit that fits', () => {
  expect(money(1_250_005)).toBe('1,250,005 Rials (125,000.5 Tomans)');
  expect([59_000, 180_000, 7_200_000, 300_000_000].map(duration)).toEqual(['59 s', '3 min', '2 h', '3 days']);
});

test('columns are as wide as what stands in them, and the last is not padded', () => {
  expect(columns([['a', 'bb'], ['ccc'], ['', 'd']])).toEqual(['a    bb', 'ccc', '     d']);
  expect(columns([])).toEqual([]);
});
