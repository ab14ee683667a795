import type { PaymentEvent } from '../../lib/core/event';
import { decide, reinserted } from '../../lib/core/machine';
import type { PaymentRecord } from '../../lib/core/record';
import { EVERY, isOutcome } from '../../lib/core/statuses';
import { details } from '../../lib/core/transitions/changes';
import { NOW, POLICY, recordIn } from './machine/given';

const MINUTE = 60_000;
const CREATED_AT = NOW - MINUTE;
const LONG_AGO = NOW - 40 * MINUTE;

interface Example {
  behaviour: string;
  record: PaymentRecord;
  event: PaymentEvent;
  next: Partial<Record<keyof PaymentRecord, unknown>>;
}

const held = recordIn('verifying');
const receipt = {
  referenceNumber: 'Ref_1=',
  traceNumber: null,
  terminalId: null,
  rrn: '7',
  maskedPan: null,
  cardEnd: null,
};
const free = { holder: null, payable: true };

test.each<Example>([
  {
    behaviour: 'a receipt claims the order and counts the first attempt in one write',
    record: recordIn('pending'),
    event: { on: 'buyerPaid', receipt, order: free },
    next: {
      status: 'verifying',
      referenceNumber: 'Ref_1=',
      receiptKey: 'ref/1',
      orderKey: 'A-1',
      verifyAttempts: 1,
      leaseUntil: NOW + POLICY.leaseMs,
      receivedAt: NOW,
    },
  },
  {
    behaviour: 'a receipt waits while another payment of the order is verified',
    record: recordIn('pending'),
    event: { on: 'buyerPaid', receipt, order: { holder: 'verifying', payable: null } },
    next: {
      status: 'received',
      orderKey: null,
      verifyAttempts: 0,
      nextVerifyAt: NOW + POLICY.verifySpacingMs,
    },
  },
  {
    behaviour: 'an equal amount pays a row that has lost its receipt',
    record: recordIn('pending'),
    event: { on: 'amountConfirmed', held },
    next: { status: 'paid', receiptKey: 'ref+1', orderKey: 'A-1', verifyAttempts: 1, verifiedAt: NOW },
  },
  {
    behaviour: 'a refusal after an unanswered attempt is a review',
    record: recordIn('verifying', { verifyAttempts: 2 }),
    event: { on: 'verifyRefused', held, aboutShop: false, code: '9', description: undefined },
    next: { status: 'review', failureReason: 'VerificationUnclear', orderKey: 'A-1' },
  },
  {
    behaviour: 'an unanswered attempt that only the asking process knows of counts',
    record: held,
    event: {
      on: 'verifyRefused',
      held: { ...held, verifyAttempts: 2 },
      aboutShop: false,
      code: '9',
      description: undefined,
    },
    next: { status: 'review', verifyAttempts: 2 },
  },
  {
    behaviour: 'a refusal about the shop counts within the window that the asking process knows',
    record: { ...recordIn('pending'), createdAt: LONG_AGO },
    event: { on: 'verifyRefused', held, aboutShop: true, code: '8', description: undefined },
    next: { status: 'verifying', shopRefusals: 1, nextVerifyAt: NOW + POLICY.verifySpacingMs },
  },
  {
    behaviour:
      'a refusal about the shop is one of the payment once the window that the asking process knows is over',
    record: recordIn('pending'),
    event: {
      on: 'verifyRefused',
      held: { ...held, receivedAt: LONG_AGO },
      aboutShop: true,
      code: '8',
      description: undefined,
    },
    next: { status: 'failed', failureReason: 'VerificationRefused', receivedAt: LONG_AGO },
  },
  {
    behaviour: 'an attempt that ends leaves the lease of another status alone',
    record: recordIn('review', { leaseUntil: NOW + 5, failureReason: 'VerificationTimedOut' }),
    event: { on: 'amountDiffers', held: { ...held, leaseUntil: NOW + 5 }, amount: 1 },
    next: {
      status: 'review',
      failureReason: 'AmountMismatch',
      leaseUntil: NOW + 5,
      history: [
        expect.anything(),
        { at: NOW, status: 'review', event: 'amountDiffers', data: { amount: 1, expected: 250_000 } },
      ],
    },
  },
  {
    behaviour: 'a token that did not come is explained in the words of the problem',
    record: recordIn('created'),
    event: { on: 'tokenUnanswered', problem: 'timeout' },
    next: {
      status: 'failed',
      history: [
        expect.anything(),
        { at: NOW, status: 'failed', event: 'tokenUnanswered', data: { problem: 'timeout' } },
      ],
    },
  },
  {
    behaviour: 'a review that is not asked about on a schedule is asked once when staff retry',
    record: recordIn('review', { nextHookAt: null, hookDeliveredAt: NOW - 1, nextVerifyAt: null }),
    event: { on: 'retried', by: 'Sara' },
    next: { status: 'review', nextVerifyAt: null, verifyAttempts: 2, leaseUntil: NOW + POLICY.leaseMs },
  },
  {
    behaviour: 'refusals about the shop that only the asking process knows of count',
    record: recordIn('verifying', { verifyAttempts: 3 }),
    event: {
      on: 'verifyRefused',
      held: { ...held, verifyAttempts: 3, shopRefusals: 2 },
      aboutShop: true,
      code: '8',
      description: undefined,
    },
    next: { status: 'verifying', shopRefusals: 3 },
  },
  {
    behaviour: 'a refusal about the shop leaves a later attempt its lease and its schedule',
    record: recordIn('verifying', { verifyAttempts: 2, leaseUntil: NOW + 9, nextVerifyAt: NOW - 3 }),
    event: {
      on: 'verifyRefused',
      held: { ...held, leaseUntil: NOW + 9 },
      aboutShop: true,
      code: '8',
      description: undefined,
    },
    next: { shopRefusals: 1, leaseUntil: NOW + 9, nextVerifyAt: NOW - 3 },
  },
  {
    behaviour: 'an attempt without an answer claims a row that has lost its receipt',
    record: recordIn('pending'),
    event: { on: 'verifyUnanswered', held, problem: 'timeout' },
    next: {
      status: 'verifying',
      receiptKey: 'ref+1',
      nextVerifyAt: NOW + POLICY.verifySpacingMs,
      history: [
        expect.anything(),
        { at: NOW, status: 'verifying', event: 'verifyUnanswered', data: { attempt: 1 } },
      ],
    },
  },
  {
    behaviour: 'a receipt waits if another payment takes the order at the same moment',
    record: recordIn('pending'),
    event: { on: 'orderTaken', during: { on: 'buyerPaid', receipt, order: free } },
    next: {
      status: 'received',
      receiptKey: 'ref/1',
      nextVerifyAt: NOW + POLICY.verifySpacingMs,
      history: [
        expect.anything(),
        { at: NOW, status: 'received', event: 'orderTaken', data: { receipt: 'Ref_1=' } },
      ],
    },
  },
  {
    behaviour: 'a hook that returns pays a row that has lost its receipt, and is called again',
    record: recordIn('received', { referenceNumber: null, receiptKey: null, receivedAt: null }),
    event: { on: 'hookReturned', held: recordIn('paid', { verifiedAt: NOW - 7 }), applied: true },
    next: {
      status: 'paid',
      receiptKey: 'ref+1',
      receivedAt: NOW - MINUTE,
      verifiedAt: NOW - 7,
      hookAttempts: 1,
    },
  },
  {
    behaviour: 'a call that is repeated at once leaves its problem in the history',
    record: recordIn('paid'),
    event: { on: 'hookThrew', held: recordIn('paid'), problem: 'deadlock', transient: true, spread: 1 },
    next: {
      hookAttempts: 2,
      history: [
        expect.anything(),
        { at: NOW, status: 'paid', event: 'hookThrew', data: { call: 1, problem: 'deadlock' } },
      ],
    },
  },
  {
    behaviour: 'a hook that relied on a mark which is gone is called again',
    record: recordIn('paid'),
    event: { on: 'hookReturned', held: recordIn('paid', { hookAppliedAt: NOW }), applied: false },
    next: { hookDeliveredAt: null, nextHookAt: NOW },
  },
  {
    behaviour: 'a call that outlived its lease delivers, and the next call keeps its own',
    record: recordIn('review', { hookAttempts: 2, leaseUntil: NOW + 5 }),
    event: { on: 'hookReturned', held: recordIn('review'), applied: false },
    next: { hookDeliveredAt: NOW, leaseUntil: NOW + 5 },
  },
  {
    behaviour: 'a lease that ran out with nothing else due is cleared',
    record: recordIn('paid', { hookDeliveredAt: NOW - 5, nextHookAt: null, leaseUntil: NOW }),
    event: { on: 'due', held: recordIn('paid', { hookAttempts: 2 }), mayVerify: true },
    next: { leaseUntil: null, dueAt: null },
  },
])('$behaviour', ({ record, event, next }) => {
  const decision = decide(record, event, POLICY, NOW);
  expect(decision).toMatchObject({ kind: 'changed', record: next });
});

test('the hook of a row that was gone is owed again', () => {
  const delivered = recordIn('paid', { hookAppliedAt: NOW, hookDeliveredAt: NOW, nextHookAt: null });
  const owed = { status: 'paid', hookAppliedAt: null, hookDeliveredAt: null, nextHookAt: NOW, dueAt: NOW };
  expect(reinserted(delivered, NOW)).toMatchObject(owed);
});

test('a row that was gone in a status without a hook owes none', () => {
  expect(reinserted(recordIn('verifying'), NOW)).toMatchObject({ status: 'verifying', nextHookAt: null });
});

test.each<[PaymentEvent, 'paid' | 'failed' | 'review', readonly string[]]>([
  [{ on: 'amountConfirmed', held }, 'paid', []],
  [
    { on: 'verifyRefused', held, aboutShop: false, code: '9', description: undefined },
    'failed',
    ['reportRefusal'],
  ],
  [{ on: 'amountDiffers', held, amount: 1 }, 'review', []],
])(
  'a hook that another process calls, or that the shop has not, is no effect of $on',
  (event, status, effects) => {
    for (const hook of ['later', 'none'] as const) {
      const policy = { ...POLICY, hooks: { ...POLICY.hooks, [status]: hook } };
      expect(decide(held, event, policy, NOW)).toMatchObject({
        effects,
        record: { status, leaseUntil: null },
      });
    }
  },
);

test('a call that outlived its lease is not repeated at once under the lease of an attempt', () => {
  const leased = recordIn('review', { leaseUntil: NOW + 5 });
  const event = {
    on: 'hookThrew',
    held: recordIn('review'),
    problem: '',
    transient: true,
    spread: 1,
  } as const;
  const decision = decide(leased, event, POLICY, NOW);
  expect(decision).toMatchObject({ effects: [], record: { hookAttempts: 1, leaseUntil: NOW + 5 } });
});

const failed = recordIn('failed');
const paid = recordIn('paid');

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

test('a purge leaves who acted and takes the words', () => {
  const noted = decide(paid, { on: 'noted', by: 'Sara', text: 'Mr. Karimi called' }, POLICY, NOW);
  const delivered = { ...(noted.kind === 'changed' ? noted.record : paid), hookDeliveredAt: NOW };
  const personal = {
    cellNumber: null,
    description: null,
    metadata: null,
    settlement: null,
    maskedPan: null,
    cardEnd: null,
    token: null,
  };
  const purged = decide(
    { ...delivered, token: 'token', maskedPan: '6037 **** 1234', cardEnd: '1234' },
    { on: 'purged', by: 'Reza' },
    POLICY,
    NOW,
  );
  expect(purged).toMatchObject({ record: personal });
  expect(purged.kind === 'changed' && purged.record.history.slice(1)).toStrictEqual([
    { at: NOW, status: 'paid', event: 'noted', by: 'Sara' },
    { at: NOW, status: 'paid', event: 'purged', by: 'Reza' },
  ]);
  expect(purged.kind === 'changed' && purged.record.history[0]).toStrictEqual({
    at: CREATED_AT,
    status: 'created',
    event: 'created',
  });
});

test('details leave out what is missing or empty, and keep a zero', () => {
  expect(details({ code: undefined, description: null, problem: '', attempt: 0 })).toEqual({ attempt: 0 });
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

test('a payment without a deadline is not due', () => {
  const pending = recordIn('pending', { expiresAt: null });
  expect(decide(pending, { on: 'due', held: pending, mayVerify: true }, POLICY, NOW)).toMatchObject({
    kind: 'unchanged',
  });
});

const HOUR = 60 * MINUTE;
const decided = (record: PaymentRecord, event: PaymentEvent) => decide(record, event, POLICY, NOW);
const lastEntry = (record: PaymentRecord, event: PaymentEvent) => {
  const decision = decided(record, event);
  return decision.kind === 'changed' ? decision.record.history.at(-1) : undefined;
};

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
  ['a hook’s mark', paid, { on: 'hookApplied', held: paid }, { hookAppliedAt: NOW, history: paid.history }],
])('%s is stored', (_what, record, event, next) => {
  expect(decided(record, event)).toMatchObject({ kind: 'changed', record: next });
});

test('more is not given back than was paid', () => {
  const event = { on: 'gaveBack', by: 'Sara', text: 'late', amount: 50_001, reference: '9' } as const;
  const refused = decided(recordIn('paid', { givenBack: 200_000 }), event);
  expect(refused).toEqual({ kind: 'unchanged', effects: [], refused: 'exceedsAmount' });
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

test.each<[string, PaymentRecord, PaymentEvent, object | undefined]>([
  [
    'a refused token',
    recordIn('created'),
    { on: 'tokenRefused', code: '20', description: 'no' },
    { event: 'tokenRefused', data: { code: '20', description: 'no' } },
  ],
  [
    'a buyer who failed',
    recordIn('pending'),
    { on: 'buyerFailed', reason: 'Failed', state: 'Failed', details: {} },
    { event: 'buyerFailed', data: { state: 'Failed' } },
  ],
  [
    'an attempt whose process ended',
    recordIn('verifying', { leaseUntil: NOW - 1 }),
    { on: 'due', held: recordIn('verifying'), mayVerify: true },
    { event: 'verifyLost', data: { attempt: 1 } },
  ],
  [
    'a call whose process ended',
    recordIn('paid', { leaseUntil: NOW - 1 }),
    { on: 'due', held: paid, mayVerify: true },
    { event: 'hookLost', data: { call: 1 } },
  ],
])('%s is in the history', (_what, record, event, entry) => {
  expect(lastEntry(record, event)).toMatchObject(entry ?? {});
});

test('an attempt that follows on schedule is no entry of the history', () => {
  const record = recordIn('verifying');
  expect(lastEntry(record, { on: 'due', held: record, mayVerify: true })).toEqual(record.history.at(-1));
});

test('a wait that is repeated is one entry of the history', () => {
  const waits = {
    on: 'orderChecked',
    held: recordIn('received'),
    order: { holder: 'verifying', payable: null },
  } as const;
  const first = decided(recordIn('received'), waits);
  const once = first.kind === 'changed' ? { ...first.record, nextVerifyAt: NOW - 1, dueAt: NOW - 1 } : paid;
  expect(once.history).toHaveLength(2);
  expect(decided(once, waits)).toMatchObject({ record: { history: once.history } });
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
