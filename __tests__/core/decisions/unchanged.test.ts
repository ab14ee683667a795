import type { PaymentEvent } from '../../../lib/core/event';
import { decide } from '../../../lib/core/machine';
import type { PaymentRecord, PaymentStatus } from '../../../lib/core/record';
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

const silence = (of: PaymentRecord): PaymentEvent => ({
  on: 'verifyUnanswered',
  held: of,
  problem: 'timeout',
});

const callback = (record: PaymentRecord, referenceNumber: string) =>
  decided(record, { on: 'buyerPaid', receipt: { ...receipt, referenceNumber }, order: free });

describe.each<PaymentStatus>(['received', 'verifying', 'review', 'paid'])('a callback for %s', (status) => {
  test.each([
    ['the receipt that it has changes nothing', 'Ref-1', []],
    ['another receipt is reported', 'Ref-2', ['reportLate']],
  ])('with %s', (_what, referenceNumber, effects) => {
    expect(callback(recordIn(status), referenceNumber)).toEqual({ kind: 'unchanged', effects });
  });
});

test.each(['Ref-1', 'Ref-2'])('a callback for a failed payment with %s is reported', (referenceNumber) => {
  expect(callback(failed, referenceNumber)).toEqual({ kind: 'unchanged', effects: ['reportLate'] });
});

test('a callback before the token is reported', () => {
  expect(callback(recordIn('created'), 'Ref-1')).toEqual({ kind: 'unchanged', effects: ['reportTooEarly'] });
});

describe.each(['orderTaken', 'receiptTaken'] as const)('money, when the store answers %s,', (on) => {
  test.each<PaymentStatus>(['created', 'pending', 'received', 'verifying', 'failed', 'paid'])(
    'is reported for a payment that is %s',
    (status) => {
      const event = { on, during: { on: 'amountConfirmed', held } } as const;
      const effects = ['reportLost', 'reportLate'];
      expect(decided(recordIn(status), event)).toEqual({ kind: 'unchanged', effects });
    },
  );
});

test.each([
  ['another status', recordIn('paid'), failed],
  ['a hook that was delivered', recordIn('failed', { nextHookAt: null, hookDeliveredAt: NOW - 1 }), failed],
])('a hook that is not owed: %s is left alone', (_what, record, before) => {
  expect(decided(record, { on: 'hookNotOwed', held: before })).toEqual({ kind: 'unchanged', effects: [] });
});

const withoutWords = { aboutShop: false, code: undefined, description: undefined };
const another = recordIn('verifying', { receiptKey: 'ref+2' });

test.each<[string, PaymentRecord, PaymentEvent]>([
  ['a refusal of another receipt', another, { on: 'verifyRefused', held, ...withoutWords }],
  ['another amount of another receipt', another, { on: 'amountDiffers', held, amount: 1 }],
  ['silence about another receipt', { ...another, status: 'pending' }, silence(held)],
  ['silence at an earlier attempt', recordIn('verifying', { verifyAttempts: 2 }), silence(held)],
])('%s changes nothing', (_what, record, event) => {
  expect(decided(record, event)).toMatchObject({ kind: 'unchanged' });
});

test.each<[string, PaymentRecord, boolean]>([
  ['is leased', recordIn('verifying', { leaseUntil: NOW + 1 }), true],
  ['was attempted meanwhile', recordIn('verifying', { verifyAttempts: 2 }), true],
  ['meets a gateway that does not answer', held, false],
])('a due payment that %s is not asked about', (_what, record, mayVerify) => {
  expect(decided(record, { on: 'due', held, mayVerify })).toEqual({ kind: 'unchanged', effects: [] });
});

test('a lease lasts until its end, and no longer', () => {
  const retried = (leaseUntil: number) =>
    decided(recordIn('review', { leaseUntil }), { on: 'retried', by: 'Sara' });
  expect(retried(NOW + 1)).toMatchObject({ kind: 'unchanged', refused: 'leased' });
  expect(retried(NOW)).toMatchObject({ kind: 'changed' });
});

test.each(['created', 'pending'] as const)(
  'a %s payment is due when its deadline has come, not before, and never without one',
  (status) => {
    const due = (expiresAt: number | null) => {
      const begun = recordIn(status, { expiresAt });
      return decided(begun, { on: 'due', held: begun, mayVerify: true }).kind;
    };
    expect([due(NOW), due(NOW + 1), due(null)]).toEqual(['changed', 'unchanged', 'unchanged']);
  },
);

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
