import { newPayment } from '../../lib/core/new-payment';

const ORDER = {
  orderId: 'A-1',
  amount: 250_000,
  currency: 'IRR',
  cellNumber: null,
  description: 'shoes',
  metadata: { color: 'red' },
  settlement: null,
} as const;
const KEYS = {
  invoiceNumber: '17000000000000000001',
  account: 'default',
  origin: 'https://shop.example',
  returnKey: 'key',
  version: 7,
};

test('a new payment waits for its token, and is given up when none comes in time', () => {
  const record = newPayment(ORDER, KEYS, { tokenTimeoutMs: 30_000 }, 1_000);
  expect(record).toMatchObject({
    ...ORDER,
    ...KEYS,
    status: 'created',
    createdAt: 1_000,
    updatedAt: 1_000,
    expiresAt: 31_000,
    dueAt: 31_000,
    history: [{ at: 1_000, status: 'created', event: 'created', data: { order: 'A-1', amount: 250_000 } }],
  });
});

test('a new payment has nothing of a later step', () => {
  const record = newPayment(ORDER, KEYS, { tokenTimeoutMs: 30_000 }, 1_000);
  const counts = [record.verifyAttempts, record.shopRefusals, record.hookAttempts, record.givenBack];
  expect(counts).toEqual([0, 0, 0, 0]);
  const empty = Object.entries(record).flatMap(([field, value]) => (value === null ? [field] : []));
  expect(empty.sort()).toEqual(
    [
      ['cellNumber', 'settlement', 'token', 'failureReason', 'receivedAt', 'verifiedAt', 'leaseUntil'],
      [
        'referenceNumber',
        'receiptKey',
        'orderKey',
        'traceNumber',
        'terminalId',
        'rrn',
        'maskedPan',
        'cardEnd',
      ],
      ['nextVerifyAt', 'nextHookAt', 'hookAppliedAt', 'hookDeliveredAt', 'givenBackAt'],
    ]
      .flat()
      .sort(),
  );
});
