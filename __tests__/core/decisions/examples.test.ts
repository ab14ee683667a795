import type { PaymentEvent } from '../../../lib/core/event';
import { decide, reinserted } from '../../../lib/core/machine';
import type { PaymentRecord } from '../../../lib/core/record';
import { free, held, LONG_AGO, MINUTE, NOW, POLICY, receipt, recordIn } from '../machine/given';

interface Example {
  behaviour: string;
  record: PaymentRecord;
  event: PaymentEvent;
  next: Partial<Record<keyof PaymentRecord, unknown>>;
}

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
    const hooks = {
      later: { hookAttempts: 0, nextHookAt: NOW, hookDeliveredAt: null, leaseUntil: null },
      none: { hookAttempts: 0, nextHookAt: null, hookDeliveredAt: NOW, leaseUntil: null },
    };
    for (const [hook, fields] of Object.entries(hooks)) {
      const policy = { ...POLICY, hooks: { ...POLICY.hooks, [status]: hook as 'later' | 'none' } };
      expect(decide(held, event, policy, NOW)).toMatchObject({ effects, record: { status, ...fields } });
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
