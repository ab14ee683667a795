import fc from 'fast-check';
import { checkOrder } from '../../lib/order';
import {
  move,
  owesHook,
  receiptNumber,
  withNote,
  type PaymentRecord,
  type PaymentStatus,
} from '../../lib/payment';
import { inCurrency, toPayment } from '../../lib/payment-view';
import { texts } from '../../lib/texts';

const STATUSES: PaymentStatus[] = ['created', 'pending', 'received', 'verifying', 'paid', 'failed', 'review'];

const LEGAL = new Set([
  'created → pending',
  'created → failed',
  'pending → received',
  'pending → verifying',
  'pending → failed',
  'received → verifying',
  'received → failed',
  'verifying → paid',
  'verifying → failed',
  'verifying → review',
  'review → paid',
  'review → failed',
]);

const PAIRS = STATUSES.flatMap((from) => STATUSES.map((to) => [from, to] as const));

/** A record with every field set, each to something that is found again. */
const recordWith = (changes: Partial<PaymentRecord> = {}): PaymentRecord => ({
  invoiceNumber: '17000000000000000001',
  account: 'default',
  orderId: 'A-1',
  status: 'pending',
  version: 77_001,
  amount: 250_000,
  currency: 'IRR',
  cellNumber: '09123456789',
  description: 'a book',
  metadata: { cart: [5] },
  settlement: [
    { iban: 'IR270170000000100324200001', amount: 100_000 },
    { iban: 'IR820540102680020817909002', amount: 150_000 },
  ],
  returnKey: 'secret-return-key',
  token: 'secret-token',
  referenceNumber: 'Receipt/1',
  orderKey: 'secret-order-key',
  traceNumber: '103822',
  terminalId: '210',
  rrn: '012345678901',
  maskedPan: '603799******1234',
  failureReason: 'Failed',
  createdAt: 1_000,
  updatedAt: 2_000,
  receivedAt: 77_002,
  verifiedAt: 3_000,
  dueAt: 77_003,
  askAt: 77_004,
  asks: 77_005,
  hookAttempts: 77_006,
  handledAt: 77_007,
  appliedAt: 77_008,
  history: [{ at: 77_009, status: 'created', note: 'secret-note' }],
  ...changes,
});

describe('a move', () => {
  test.each(PAIRS)('from %s to %s is made, or refused', (from, to) => {
    const record = recordWith({ status: from });
    if (LEGAL.has(`${from} → ${to}`)) {
      expect(move(record, to, {}, 'why', 5_000).status).toBe(to);
    } else {
      expect(() => move(record, to, {}, 'why', 5_000)).toThrow(`cannot go from ${from} to ${to}`);
    }
  });

  test.each(PAIRS.filter(([from, to]) => LEGAL.has(`${from} → ${to}`)))(
    'from %s to %s takes or leaves the order, and owes a hook or none',
    (from, to) => {
      const moved = move(
        recordWith({ status: from }),
        to,
        { orderKey: 'forged', status: 'created' },
        '',
        5_000,
      );
      const holds = ['verifying', 'paid', 'review'].includes(to);
      expect(moved.orderKey).toBe(holds ? 'A-1' : null);
      expect(moved.status).toBe(to);
      const decided = ['paid', 'failed', 'review'].includes(to);
      expect(owesHook(to)).toBe(decided);
      expect(moved).toMatchObject(
        decided
          ? { handledAt: null, appliedAt: null, hookAttempts: 0, askAt: null }
          : { handledAt: 77_007, appliedAt: 77_008, hookAttempts: 77_006, askAt: 77_004 },
      );
    },
  );

  it('applies its patch, notes why and when, and leaves the version to the store', () => {
    const patch = { dueAt: 9_000, askAt: 8_000, referenceNumber: 'R', receivedAt: 5_000 };
    const moved = move(recordWith({ status: 'verifying' }), 'review', patch, 'no answer', 5_000);
    expect(moved).toMatchObject({ ...patch, version: 77_001, updatedAt: 5_000, createdAt: 1_000 });
    expect(moved.history.at(-1)).toEqual({ at: 5_000, status: 'review', note: 'no answer' });
  });

  it('changes nothing of the record it is made from', () => {
    const record = recordWith();
    move(record, 'verifying', { asks: 1 }, 'why', 5_000);
    expect(() => move(record, 'paid', {}, 'why', 5_000)).toThrow();
    expect(record).toEqual(recordWith());
  });

  it('walks no way that leaves failed or paid', () => {
    const target = fc.constantFrom(...STATUSES);
    fc.assert(
      fc.property(fc.array(target, { maxLength: 20 }), (targets) => {
        let record = recordWith({ status: 'created' });
        for (const to of targets) {
          const { status } = record;
          try {
            record = move(record, to, {}, 'step', 1);
          } catch {
            expect(record.status).toBe(status);
            continue;
          }
          expect(['paid', 'failed']).not.toContain(status);
          expect(record.orderKey === null).toBe(!['verifying', 'paid', 'review'].includes(record.status));
        }
      }),
    );
  });
});

describe('the history', () => {
  it('gets a line with the status of the record', () => {
    const noted = withNote(recordWith({ status: 'review', history: [] }), 'asked again', 7_000);
    expect(noted.history).toEqual([{ at: 7_000, status: 'review', note: 'asked again' }]);
    expect(noted.updatedAt).toBe(7_000);
  });

  it('keeps 100 lines: the beginning and the latest', () => {
    let record = recordWith({ history: [] });
    for (let line = 1; line <= 250; line += 1) {
      record = withNote(record, `line ${line}`, line);
      expect(record.history).toHaveLength(Math.min(line, 100));
    }
    const numbers = record.history.map(({ at }) => at);
    expect(numbers.slice(0, 30)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    expect(numbers.slice(30)).toEqual(Array.from({ length: 70 }, (_, i) => i + 181));
  });

  it('keeps each line that tells of a change of status, however much comes after it', () => {
    let record = recordWith({ status: 'verifying', history: [] });
    for (let ask = 1; ask <= 60; ask += 1) record = withNote(record, 'no answer', ask);
    record = move(record, 'review', {}, 'no answer in its window', 61);
    for (let ask = 62; ask <= 300; ask += 1) record = withNote(record, 'no answer', ask);
    expect(record.history).toHaveLength(100);
    expect(record.history[30]).toEqual({ at: 61, status: 'review', note: 'no answer in its window' });
    expect(record.history.at(-1)?.at).toBe(300);
  });

  it('is a new list each time', () => {
    const record = recordWith();
    withNote(record, 'x', 1);
    expect(record.history).toHaveLength(1);
  });
});

describe('a payment as the shop sees it', () => {
  const BASE = {
    invoiceNumber: '17000000000000000001',
    orderId: 'A-1',
    account: 'default',
    amount: 250_000,
    currency: 'IRR',
    cellNumber: '09123456789',
    description: 'a book',
    metadata: { cart: [5] },
    settlement: recordWith().settlement,
    createdAt: 1_000,
    updatedAt: 2_000,
  };
  const RECEIPT = {
    referenceNumber: 'Receipt/1',
    traceNumber: '103822',
    terminalId: '210',
    rrn: '012345678901',
    maskedPan: '603799******1234',
  };
  const failure = { reason: 'Failed', message: texts('en').failure.Failed };

  test.each<[status: PaymentStatus, more: object]>([
    ['created', {}],
    ['pending', {}],
    ['received', {}],
    ['verifying', {}],
    ['paid', { ...RECEIPT, verifiedAt: 3_000 }],
    ['failed', { ...RECEIPT, failure }],
    ['review', { ...RECEIPT, failure }],
  ])('has, when %s, this and nothing more', (status, more) => {
    expect(toPayment(recordWith({ status }), 'en')).toEqual({ ...BASE, status, ...more });
  });

  test.each(STATUSES)('shows no secret and no machinery when %s', (status) => {
    const text = JSON.stringify(toPayment(recordWith({ status }), 'fa'));
    expect(text).not.toContain('secret');
    expect(text).not.toContain('77');
  });

  test.each(STATUSES)('leaves out what it does not have when %s', (status) => {
    const none = { cellNumber: null, description: null, metadata: null, settlement: null };
    const noReceipt = {
      referenceNumber: null,
      traceNumber: null,
      terminalId: null,
      rrn: null,
      maskedPan: null,
    };
    const payment = toPayment(recordWith({ status, ...none, ...noReceipt }), 'fa');
    expect(Object.values(payment)).not.toContain(null);
    for (const name of [...Object.keys(none), 'traceNumber', 'rrn']) expect(payment).not.toHaveProperty(name);
  });

  it('tells why it failed in the language asked for', () => {
    const record = recordWith({ status: 'failed', failureReason: 'OrderAlreadyPaid' });
    for (const locale of ['fa', 'en'] as const) {
      const message = texts(locale).failure.OrderAlreadyPaid;
      expect(toPayment(record, locale)).toMatchObject({ failure: { reason: 'OrderAlreadyPaid', message } });
    }
  });

  it.each([0, false, '', []])('keeps metadata that is %j', (metadata) => {
    expect(toPayment(recordWith({ metadata }), 'fa').metadata).toEqual(metadata);
  });

  it('is a copy: what a hook does to it does not reach the record', () => {
    const record = recordWith();
    const payment = toPayment(record, 'fa');
    Object.assign(payment.metadata as object, { cart: 'changed' });
    Object.assign(payment.settlement?.[0] ?? {}, { amount: 1 });
    payment.settlement?.pop();
    expect(record).toEqual(recordWith());
  });
});

it('has an empty receipt number while it has no receipt', () => {
  expect(
    [recordWith({ referenceNumber: 'R/1' }), recordWith({ referenceNumber: null })].map(receiptNumber),
  ).toEqual(['R/1', '']);
});

describe('Tomans', () => {
  it('are a tenth of the Rials, in amount and settlement', () => {
    const payment = toPayment(recordWith({ currency: 'IRT' }), 'fa');
    expect(payment).toMatchObject({ amount: 25_000, currency: 'IRT' });
    expect(payment.settlement?.map(({ amount }) => amount)).toEqual([10_000, 15_000]);
  });

  it('come back as they were given, through the order’s door and out again', () => {
    const iban = 'IR270170000000100324200001';
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900_719_925_474_099 }), (amount) => {
        const given = { orderId: 'A-1', amount, settlement: [{ iban, amount }] };
        const order = checkOrder(given, { currency: 'IRT', cellNumberRequired: false });
        expect(order.amount).toBe(amount * 10);
        expect(toPayment(recordWith(order), 'fa')).toMatchObject({ amount, settlement: [{ iban, amount }] });
        expect([inCurrency(amount * 10, 'IRT'), inCurrency(amount, 'IRR')]).toEqual([amount, amount]);
      }),
    );
  });
});
