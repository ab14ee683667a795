import type { FailureReason, HistoryEntry, PaymentRecord, PaymentStatus } from 'express-atipay';
import { telling, whereTheMoneyIs } from '../../lib/desk/answer';
import { REASONS } from '../../lib/desk/reasons';
import { Scene } from '../../lib/stores/contract/scene';
import { MemoryPaymentStore } from 'express-atipay';

const NOW = Date.UTC(2026, 0, 1, 12);
const scene = new Scene(new MemoryPaymentStore({ quiet: true }));

const answer = (status: PaymentStatus, patch: Partial<PaymentRecord> = {}): string =>
  whereTheMoneyIs(scene.record({ status, createdAt: NOW - 300_000, ...patch }), NOW);

const SUM = '10,000 Rials (1,000 Tomans)';
const RECEIPT = { referenceNumber: 'kP3/1', receivedAt: NOW, verifyAttempts: 1 };
const TOLD = { ...RECEIPT, verifiedAt: NOW, hookDeliveredAt: NOW };
type Entry = Omit<HistoryEntry, 'at' | 'status'>;
const history = (...entries: Entry[]): Pick<PaymentRecord, 'history'> => ({
  history: entries.map((entry) => ({ at: NOW, status: 'review', ...entry })),
});
const resolved = (text: string): Entry => ({ event: 'resolved', by: 'Sara', data: { text } });
const DELIVERED: Entry = { event: 'hookDelivered' };
const failed = (
  failureReason: FailureReason,
  patch: Partial<PaymentRecord> = {},
): Partial<PaymentRecord> => ({
  ...RECEIPT,
  failureReason,
  ...patch,
});

const BACK = 'it goes back to the buyer by itself.';
const BY_HAND = 'There is no refund call: what AtiPay had was given back by other means.';
const UNSERVED = 'the order is not served. A person must decide.';
const UNASKED = `${UNSERVED} It is not asked about any more.`;

const ANSWERS: [what: string, status: PaymentStatus, patch: Partial<PaymentRecord>, said: string][] = [
  [
    'a payment without a token',
    'created',
    {},
    'No money has moved: the gateway has not given a token yet, so the buyer could not pay.',
  ],
  [
    'a buyer at the bank',
    'pending',
    {},
    'No money has reached the shop: the buyer was sent to the bank 5 min ago and has not come back. ' +
      'What a buyer pays and never brings back goes back by itself.',
  ],
  [
    'a buyer at the bank, by a clock that is late',
    'pending',
    { createdAt: NOW + 300_000 },
    'No money has reached the shop: the buyer was sent to the bank 0 s ago and has not come back. ' +
      'What a buyer pays and never brings back goes back by itself.',
  ],
  [
    'a receipt that waits',
    'received',
    { ...RECEIPT, ...history({ event: 'created' }, { event: 'orderTaken' }) },
    'Held by the gateway: the buyer has paid (receipt kP3/1) and the shop has not asked for the money yet: ' +
      'another payment holds the order. What is not asked for goes back by itself.',
  ],
  [
    'a receipt that waits, of a row without its history',
    'received',
    { referenceNumber: null, history: [] },
    'Held by the gateway: the buyer has paid (receipt unknown) and the shop has not asked for the money yet: . ' +
      'What is not asked for goes back by itself.',
  ],
  ...(
    [
      [
        'that is overdue',
        1,
        -600_000,
        'once',
        ' It is asked again by the next sweep: it has been due for 10 min.',
      ],
      ['that is due now', 1, 0, 'once', ' It is asked again by the next sweep: it has been due for 0 s.'],
      ['that is not due', 2, 60_000, '2 times', ' It is asked again after 2026-01-01 15:31:00.'],
      ['that nobody repeats', 3, null, '3 times', ''],
    ] as const
  ).map(([what, verifyAttempts, wait, times, next]): (typeof ANSWERS)[number] => [
    `an attempt ${what}`,
    'verifying',
    { ...RECEIPT, verifyAttempts, dueAt: wait === null ? null : NOW + wait },
    `Being asked for: the buyer has paid ${SUM} (receipt kP3/1); verify-payment was asked ${times} and has not answered.${next}`,
  ]),
  [
    'money the shop knows of',
    'paid',
    { ...TOLD, updatedAt: NOW + 1_000, hookDeliveredAt: NOW + 2_000 },
    `The shop has the money: ${SUM} confirmed by AtiPay at 2026-01-01 15:30:00, receipt kP3/1. ` +
      'The shop was told at 2026-01-01 15:30:02.',
  ],
  [
    'money of which no time is stored',
    'paid',
    { ...TOLD, verifiedAt: null, updatedAt: NOW },
    `The shop has the money: ${SUM} confirmed by AtiPay at 2026-01-01 15:30:00, receipt kP3/1. ` +
      'The shop was told at 2026-01-01 15:30:00.',
  ],
  [
    'money by the word of a person',
    'paid',
    {
      ...RECEIPT,
      updatedAt: NOW,
      ...history({ event: 'amountDiffers' }, resolved('seen'), {
        event: 'noted',
        data: { text: 'seen again' },
      }),
    },
    `The shop has the money: ${SUM} by the word of a person at 2026-01-01 15:30:00, receipt kP3/1. ` +
      'The shop has not been told yet.',
  ],
  ...(
    [
      [
        'is not called yet',
        {},
        'The shop has not been told yet. Its hook is called after 2026-01-01 15:31:00.',
      ],
      [
        'does not return',
        { hookAttempts: 2 },
        'The shop does not know it yet: its hook was called 2 times and has not returned. ' +
          'It is called again after 2026-01-01 15:31:00.',
      ],
      [
        'does not return after its transaction',
        { hookAttempts: 1, hookAppliedAt: NOW },
        'The shop does not know it yet: its hook was called once and has not returned (its transaction is done). ' +
          'It is called again after 2026-01-01 15:31:00.',
      ],
    ] as const
  ).map(([what, patch, hook]): (typeof ANSWERS)[number] => [
    `money of a shop whose hook ${what}`,
    'paid',
    { ...TOLD, hookDeliveredAt: null, dueAt: NOW + 60_000, ...patch },
    `The shop has the money: ${SUM} confirmed by AtiPay at 2026-01-01 15:30:00, receipt kP3/1. ${hook}`,
  ]),
  [
    'a buyer who gave up',
    'failed',
    { failureReason: 'CanceledByUser' },
    `No money has reached the shop: the buyer gave up at the bank. If the bank took any, ${BACK}`,
  ],
  [
    'a failure without a reason',
    'failed',
    { failureReason: null },
    `No money has reached the shop: the bank did not make the payment. If the bank took any, ${BACK}`,
  ],
  [
    'a second payment of a paid order',
    'failed',
    failed('OrderAlreadyPaid'),
    'On its way back to the buyer: receipt kP3/1 was never verified (the order had been paid already), ' +
      'so the gateway returns it by itself.',
  ],
  [
    'a refused receipt',
    'failed',
    failed(
      'VerificationRefused',
      history(
        { event: 'shopRefused', data: { code: '-18' } },
        { event: 'verifyRefused', data: { code: '-2' } },
        DELIVERED,
      ),
    ),
    'Not with the shop: AtiPay refused receipt kP3/1 (verify-payment refused (-2)). ' +
      'What was taken goes back to the buyer by itself.',
  ],
  [
    'a refusal whose reason is lost',
    'failed',
    failed('VerificationRefused', history(DELIVERED)),
    'Not with the shop: AtiPay refused receipt kP3/1 (no reason stored). What was taken goes back to the buyer by itself.',
  ],
  [
    'a failure by the word of a person',
    'failed',
    failed('ResolvedByHand', history({ event: 'verifyTimedOut' }, resolved('given back'), DELIVERED)),
    `Not with the shop, by the word of a person: Sara: given back. ${BY_HAND}`,
  ],
  [
    'a failure by hand whose word is lost',
    'failed',
    failed('ResolvedByHand', history(DELIVERED)),
    `Not with the shop, by the word of a person: a person decided so. ${BY_HAND}`,
  ],
  [
    'another amount',
    'review',
    failed(
      'AmountMismatch',
      history({ event: 'amountDiffers', data: { amount: 1, expected: 10_000 } }, DELIVERED),
    ),
    'Probably with the shop, and not in the right amount: for receipt kP3/1 ' +
      `verify-payment answered 1 Rials instead of 10000; ${UNASKED}`,
  ],
  [
    'another amount that is lost',
    'review',
    failed('AmountMismatch', history(DELIVERED)),
    'Probably with the shop, and not in the right amount: for receipt kP3/1 ' +
      `verify-payment answered another amount than 10000 Rials; ${UNASKED}`,
  ],
  [
    'a refusal after silence',
    'review',
    failed('VerificationUnclear'),
    `Unknown: AtiPay refused receipt kP3/1 after an earlier ask went unanswered that may have taken ${SUM}; ${UNASKED}`,
  ],
  ...(
    [
      ['asked about later', 1, 'after 2026-01-01 15:30:00'],
      ['asked about now', 0, 'by the next sweep'],
      ['overdue to be asked about', -1, 'by the next sweep'],
    ] as const
  ).map(([what, wait, next]): (typeof ANSWERS)[number] => [
    `silence to the end of the window, ${what}`,
    'review',
    failed('VerificationTimedOut', { verifyAttempts: 9, nextVerifyAt: NOW + wait }),
    `Unknown: the buyer has paid ${SUM} (receipt kP3/1), and verify-payment, asked 9 times, has not answered; ` +
      `${UNSERVED} Meanwhile it is asked about hourly, next ${next}.`,
  ]),
];

test.each(ANSWERS)('where the money is: %s', (_what, status, patch, said) => {
  expect(answer(status, patch)).toBe(said);
});

test('every failure has an answer of one line that leaves nothing open', () => {
  for (const failureReason of Object.keys(REASONS) as FailureReason[]) {
    for (const patch of [RECEIPT, {}]) {
      expect(answer('failed', { ...patch, failureReason })).toMatch(
        /^[^\n]+ (?:by itself|by other means)\.$/,
      );
    }
  }
});

test('every reason is a sentence of its own', () => {
  const reasons = Object.values(REASONS);
  expect(new Set(reasons).size).toBe(reasons.length);
  for (const reason of reasons) expect(reason).toMatch(/^\w[\w,' -]{15,}$/);
});

test('an order is told of by the payment that says most, of two alike by the newer', () => {
  const statuses = ['failed', 'created', 'pending', 'received', 'verifying', 'review', 'paid'] as const;
  const records = statuses.map((status) => scene.record({ status }));
  for (const [index, record] of records.entries()) {
    expect(telling(records.slice(0, index + 1))).toBe(record);
    expect(telling([scene.record({ status: 'failed' }), record, { ...record }])?.status).toBe(record.status);
  }
  expect(telling([...records, ...records.map((record) => ({ ...record }))])).toBe(records.at(-1));
  expect(telling([])).toBeUndefined();
});
