import type { PaymentEvent } from '../../../lib/core/event';
import { hookRetryMs } from '../../../lib/core/policy';
import type { PaymentRecord } from '../../../lib/core/record';
import { EVERY, isOutcome } from '../../../lib/core/statuses';
import { decided, held, HOUR, LONG_AGO, NOW, paid, POLICY, recordIn } from '../machine/given';

test.each<[string, PaymentRecord, PaymentEvent, object]>([
  ['a token', recordIn('created'), { on: 'tokenGiven', token: 'T' }, { token: 'T', expiresAt: NOW + HOUR }],
  [
    'the last give-back',
    recordIn('paid', { givenBack: 200_000 }),
    { on: 'gaveBack', by: 'Sara', text: 'late', amount: 50_000, reference: '9' },
    { givenBack: 250_000, givenBackAt: NOW },
  ],
  [
    'a decision for paid',
    recordIn('review'),
    { on: 'resolved', by: 'Sara', text: 'it is there', outcome: 'paid' },
    { status: 'paid', verifiedAt: NOW, failureReason: null },
  ],
  [
    'a decision for failed',
    recordIn('review'),
    { on: 'resolved', by: 'Sara', text: 'it is not', outcome: 'failed' },
    { status: 'failed', failureReason: 'ResolvedByHand' },
  ],
  [
    'a hook that returns with its mark',
    recordIn('paid', { hookAppliedAt: NOW - 1 }),
    { on: 'hookReturned', held: paid, applied: true },
    { hookDeliveredAt: NOW, nextHookAt: null, leaseUntil: null },
  ],
  [
    'a hook without a transaction that returns',
    paid,
    { on: 'hookReturned', held: paid, applied: false },
    { hookDeliveredAt: NOW },
  ],
  [
    'a hook that throws',
    recordIn('paid', { leaseUntil: NOW + 5 }),
    {
      on: 'hookThrew',
      held: recordIn('paid', { leaseUntil: NOW + 5 }),
      problem: 'no stock',
      transient: false,
      spread: 1,
    },
    { leaseUntil: null, nextHookAt: NOW + hookRetryMs(1, 1, POLICY) },
  ],
  [
    'the next call of a hook',
    paid,
    { on: 'due', held: paid, mayVerify: false },
    { hookAttempts: 2, leaseUntil: NOW + POLICY.leaseMs },
  ],
  [
    'an answer that finds the receipt in the row',
    recordIn('verifying', { rrn: '9' }),
    { on: 'amountConfirmed', held },
    { status: 'paid', rrn: '9' },
  ],
  [
    'another amount for a review that was asked about',
    recordIn('review', { leaseUntil: NOW + 5, nextVerifyAt: NOW + 9 }),
    { on: 'amountDiffers', held: recordIn('review', { leaseUntil: NOW + 5 }), amount: 1 },
    { failureReason: 'AmountMismatch', leaseUntil: null, nextVerifyAt: null },
  ],
  [
    'a refusal for a review that was asked about',
    recordIn('review', { leaseUntil: NOW + 5, nextVerifyAt: NOW + 9 }),
    {
      on: 'verifyRefused',
      held: recordIn('review', { leaseUntil: NOW + 5 }),
      aboutShop: false,
      code: '9',
      description: undefined,
    },
    { failureReason: 'VerificationUnclear', leaseUntil: null, nextVerifyAt: null },
  ],
  [
    'a refusal about the shop for a review that was asked about',
    recordIn('review', { leaseUntil: NOW + 5, nextVerifyAt: NOW + 9 }),
    {
      on: 'verifyRefused',
      held: recordIn('review', { leaseUntil: NOW + 5 }),
      aboutShop: true,
      code: '8',
      description: undefined,
    },
    { failureReason: 'VerificationTimedOut', shopRefusals: 1, leaseUntil: null, nextVerifyAt: NOW + 9 },
  ],
  [
    'an attempt without an answer, in the window',
    recordIn('verifying', { leaseUntil: NOW + 5 }),
    { on: 'verifyUnanswered', held: recordIn('verifying', { leaseUntil: NOW + 5 }), problem: 'timeout' },
    { status: 'verifying', leaseUntil: null, nextVerifyAt: NOW + POLICY.verifySpacingMs },
  ],
  [
    'an attempt without an answer, at the end of the window',
    { ...held, receivedAt: LONG_AGO },
    { on: 'verifyUnanswered', held: { ...held, receivedAt: LONG_AGO }, problem: 'timeout' },
    { status: 'review', failureReason: 'VerificationTimedOut', nextVerifyAt: NOW + HOUR },
  ],
  [
    'a retry of a payment that waits',
    recordIn('received', { nextVerifyAt: NOW + 9 }),
    { on: 'retried', by: 'Sara' },
    { status: 'received', nextVerifyAt: NOW },
  ],
  [
    'a retry of one that is being confirmed',
    held,
    { on: 'retried', by: 'Sara' },
    { verifyAttempts: 2, nextVerifyAt: NOW, leaseUntil: NOW + POLICY.leaseMs },
  ],
  [
    'a repeated attempt',
    held,
    { on: 'verifyRepeated', held },
    { verifyAttempts: 2, nextVerifyAt: NOW, leaseUntil: NOW + POLICY.leaseMs },
  ],
  [
    'the first failure of a buyer',
    recordIn('pending'),
    { on: 'buyerFailed', reason: 'CanceledByUser', state: 'CanceledByUser', details: { rrn: '5' } },
    { status: 'failed', failureReason: 'CanceledByUser', rrn: '5' },
  ],
  ['a hook’s mark', paid, { on: 'hookApplied', held: paid }, { hookAppliedAt: NOW, history: paid.history }],
])('%s is stored', (_what, record, event, next) => {
  expect(decided(record, event)).toMatchObject({ kind: 'changed', record: next });
});

test('more is not given back than was paid', () => {
  const event = { on: 'gaveBack', by: 'Sara', text: 'late', amount: 50_001, reference: '9' } as const;
  const refused = decided(recordIn('paid', { givenBack: 200_000 }), event);
  expect(refused).toEqual({ kind: 'unchanged', effects: [], refused: 'exceedsAmount' });
});

test('a hook that throws is called again at once for a transient reason, three times; then it waits', () => {
  const threw = (hookAttempts: number, transient: boolean) => {
    const record = recordIn('paid', { hookAttempts });
    return decided(record, { on: 'hookThrew', held: record, problem: '', transient, spread: 1 });
  };
  expect(threw(POLICY.immediateHookRetries, true).effects).toEqual(['hook']);
  expect(threw(POLICY.immediateHookRetries + 1, true).effects).toEqual([]);
  expect(threw(1, false)).toMatchObject({ effects: [], record: { leaseUntil: null } });
  expect(POLICY.immediateHookRetries).toBe(3);
});

test('a review is asked about hourly until a day after its window', () => {
  const asked = (receivedAt: number) => {
    const review = recordIn('review', {
      receivedAt,
      nextHookAt: null,
      hookDeliveredAt: NOW - 1,
      nextVerifyAt: NOW - 1,
    });
    return decided(review, { on: 'due', held: review, mayVerify: true });
  };
  const last = NOW + HOUR - 24 * HOUR - POLICY.verifyWindowMs;
  expect(asked(last)).toMatchObject({ effects: ['verify'], record: { nextVerifyAt: NOW + HOUR } });
  expect(asked(last - 1)).toMatchObject({ effects: ['verify'], record: { nextVerifyAt: null } });
});

test('three statuses have a hook', () => {
  expect(EVERY.filter(isOutcome)).toEqual(['paid', 'failed', 'review']);
});

test('a payment is due at its earliest deadline, or when its lease ends', () => {
  const times = { nextHookAt: NOW + 5, nextVerifyAt: NOW + 9 };
  expect(recordIn('review', times).dueAt).toBe(NOW + 5);
  expect(recordIn('review', { ...times, leaseUntil: NOW + 20 }).dueAt).toBe(NOW + 20);
});
