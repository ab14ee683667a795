import type { PaymentEvent } from '../../../lib/core/event';
import { decide } from '../../../lib/core/machine';
import type { PaymentRecord } from '../../../lib/core/record';
import { decided, failed, free, held, NOW, paid, POLICY, receipt, recordIn } from '../machine/given';

test.each<{ behaviour: string; event: PaymentEvent; effects: readonly string[] }>([
  {
    behaviour: 'money whose receipt is another payment’s is reported',
    event: { on: 'receiptTaken', during: { on: 'amountConfirmed', held } },
    effects: ['reportLost', 'reportLate'],
  },
  {
    behaviour: 'money whose order is another payment’s is reported',
    event: { on: 'orderTaken', during: { on: 'amountConfirmed', held } },
    effects: ['reportLost', 'reportLate'],
  },
  {
    behaviour: 'another amount whose receipt is another payment’s is reported',
    event: { on: 'receiptTaken', during: { on: 'amountDiffers', held, amount: 1 } },
    effects: ['reportLost', 'reportLate'],
  },
  {
    behaviour: 'a hook of a paid row that has lost its receipt to another payment is reported',
    event: { on: 'receiptTaken', during: { on: 'hookReturned', held: paid, applied: true } },
    effects: ['reportLost', 'reportLate'],
  },
  {
    behaviour: 'a hook of a failed one is no money',
    event: { on: 'receiptTaken', during: { on: 'hookReturned', held: failed, applied: true } },
    effects: [],
  },
  {
    behaviour: 'a refusal whose receipt is another payment’s is no money',
    event: {
      on: 'receiptTaken',
      during: { on: 'verifyRefused', held, aboutShop: false, code: undefined, description: undefined },
    },
    effects: [],
  },
  {
    behaviour: 'a hook that reported a failure pays no row that went back in time',
    event: { on: 'hookReturned', held: failed, applied: true },
    effects: [],
  },
])('$behaviour', ({ event, effects }) => {
  expect(decide(recordIn('received'), event, POLICY, NOW)).toEqual({ kind: 'unchanged', effects });
});

test('a review that is due and not asked about, since the gateway does not answer, is not written', () => {
  const review = recordIn('review', { nextHookAt: null, hookDeliveredAt: NOW - 1, nextVerifyAt: NOW - 1 });
  const event = { on: 'due', held: review, mayVerify: false } as const;
  expect(decide(review, event, POLICY, NOW)).toEqual({ kind: 'unchanged', effects: [] });
});

test('a mark that a hook’s transaction has set is not set again', () => {
  const marked = recordIn('paid', { hookAppliedAt: NOW - 1 });
  const decision = decide(marked, { on: 'hookApplied', held: paid }, POLICY, NOW);
  expect(decision).toEqual({ kind: 'unchanged', effects: [] });
});

test.each<[string, PaymentRecord, PaymentEvent, readonly string[]]>([
  [
    'the receipt that a payment has',
    held,
    { on: 'buyerPaid', receipt: { ...receipt, referenceNumber: 'Ref-1' }, order: free },
    [],
  ],
  ['another receipt', held, { on: 'buyerPaid', receipt, order: free }, ['reportLate']],
  [
    'a receipt before the token',
    recordIn('created'),
    { on: 'buyerPaid', receipt, order: free },
    ['reportTooEarly'],
  ],
])('a callback with %s changes nothing', (_what, record, event, effects) => {
  expect(decide(record, event, POLICY, NOW)).toEqual({ kind: 'unchanged', effects });
});

test('a lease lasts until its end, and no longer', () => {
  const retried = (leaseUntil: number) =>
    decide(recordIn('review', { leaseUntil }), { on: 'retried', by: 'Sara' }, POLICY, NOW);
  expect(retried(NOW + 1)).toMatchObject({ kind: 'unchanged', refused: 'leased' });
  expect(retried(NOW)).toMatchObject({ kind: 'changed' });
});

test('a payment is due when its deadline has come, not before, and never without one', () => {
  const due = (expiresAt: number | null) => {
    const pending = recordIn('pending', { expiresAt });
    return decide(pending, { on: 'due', held: pending, mayVerify: true }, POLICY, NOW).kind;
  };
  expect([due(NOW), due(NOW + 1), due(null)]).toEqual(['changed', 'unchanged', 'unchanged']);
});

test.each<[string, PaymentRecord, PaymentEvent]>([
  ['another status', paid, { on: 'hookReturned', held: recordIn('review'), applied: false }],
  [
    'an earlier call',
    recordIn('paid', { hookAttempts: 2 }),
    { on: 'hookThrew', held: paid, problem: '', transient: false, spread: 1 },
  ],
])('the end of a hook of %s changes nothing', (_what, record, event) => {
  expect(decided(record, event)).toEqual({ kind: 'unchanged', effects: [] });
});
