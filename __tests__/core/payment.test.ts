import fc from 'fast-check';
import { checkOrder } from '../../lib/core/order';
import { amountText, inCurrency, inRials, toShopPayment, type Payment } from '../../lib/core/payment';
import type { PaymentRecord, PaymentStatus } from '../../lib/core/record';
import { texts } from '../../lib/texts';
import { aRecord } from '../support/record';

const STATUSES: PaymentStatus[] = ['created', 'pending', 'received', 'verifying', 'paid', 'failed', 'review'];

const RECEIPT = {
  referenceNumber: 'Receipt/1',
  traceNumber: '103822',
  terminalId: '210',
  rrn: '012345678901',
  maskedPan: '603799******1234',
};

/** A record with every field set, each to something that is found again. */
const recordWith = (changes: Partial<PaymentRecord> = {}): PaymentRecord =>
  aRecord({
    ...RECEIPT,
    origin: 'secret-origin',
    settlement: [
      { iban: 'IR270170000000100324200001', amount: 100_000 },
      { iban: 'IR820540102680020817909002', amount: 150_000 },
    ],
    receiptKey: 'secret-receipt-key',
    orderKey: 'secret-order-key',
    cardEnd: 'secret-card-end',
    failureReason: 'Failed',
    createdAt: 1_000,
    updatedAt: 2_000,
    receivedAt: 77_002,
    verifiedAt: 3_000,
    dueAt: 77_003,
    leaseUntil: 77_010,
    expiresAt: 77_011,
    nextVerifyAt: 77_004,
    nextHookAt: 77_012,
    verifyAttempts: 77_005,
    shopRefusals: 77_013,
    hookAttempts: 77_006,
    hookDeliveredAt: 77_007,
    hookAppliedAt: 77_008,
    givenBack: 77_014,
    givenBackAt: 77_015,
    history: [{ at: 77_009, status: 'created', event: 'created', data: { order: 'secret' } }],
    ...changes,
  });

const shown = (record: PaymentRecord, locale: 'fa' | 'en' = 'en'): Payment =>
  toShopPayment(record, texts(locale).failure);

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
    expect(shown(recordWith({ status }))).toEqual({ ...BASE, status, ...more });
  });

  test.each(STATUSES)('shows no secret and no schedule when %s', (status) => {
    const text = JSON.stringify(shown(recordWith({ status }), 'fa'));
    expect(text).not.toContain('secret');
    expect(text).not.toContain('77');
  });

  test.each(STATUSES)('leaves out missing fields when %s', (status) => {
    const none = { cellNumber: null, description: null, metadata: null, settlement: null };
    const noReceipt = {
      referenceNumber: null,
      traceNumber: null,
      terminalId: null,
      rrn: null,
      maskedPan: null,
    };
    const payment = shown(recordWith({ status, ...none, ...noReceipt }), 'fa');
    expect(Object.values(payment)).not.toContain(null);
    for (const name of [...Object.keys(none), 'traceNumber', 'rrn']) expect(payment).not.toHaveProperty(name);
  });

  test.each(['paid', 'review'] as const)('when %s, has a receipt, be it an empty one', (status) => {
    expect(shown(recordWith({ status, referenceNumber: null }))).toMatchObject({ referenceNumber: '' });
  });

  it('was verified when it was last changed, where that time was not kept', () => {
    expect(shown(recordWith({ status: 'paid', verifiedAt: null }))).toMatchObject({ verifiedAt: 2_000 });
  });

  it('has a failure without more to say where its reason was not kept', () => {
    const record = recordWith({ status: 'failed', failureReason: null });
    expect(shown(record)).toHaveProperty('failure.reason', 'Failed');
  });

  it('says why it failed in the language asked for', () => {
    const record = recordWith({ status: 'failed', failureReason: 'OrderAlreadyPaid' });
    for (const locale of ['fa', 'en'] as const) {
      const message = texts(locale).failure.OrderAlreadyPaid;
      expect(shown(record, locale)).toMatchObject({ failure: { reason: 'OrderAlreadyPaid', message } });
    }
  });

  it.each([0, false, '', []])('keeps metadata that is %j', (metadata) => {
    expect(shown(recordWith({ metadata })).metadata).toEqual(metadata);
  });

  it('is a copy: a change by a hook does not reach the record', () => {
    const record = recordWith();
    const payment = shown(record);
    Object.assign(payment.metadata as object, { cart: 'changed' });
    Object.assign(payment.settlement?.[0] ?? {}, { amount: 1 });
    payment.settlement?.pop();
    expect(record).toEqual(recordWith());
  });
});

describe('Tomans', () => {
  it('are a tenth of the Rials, in amount and settlement', () => {
    const payment = shown(recordWith({ currency: 'IRT' }));
    expect(payment).toMatchObject({ amount: 25_000, currency: 'IRT' });
    expect(payment.settlement?.map(({ amount }) => amount)).toEqual([10_000, 15_000]);
  });

  it('come back as they were given, through the order’s check and out again', () => {
    const iban = 'IR270170000000100324200001';
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900_719_925_474_099 }), (amount) => {
        const given = { orderId: 'A-1', amount, settlement: [{ iban, amount }] };
        const checked = checkOrder(given, { currency: 'IRT', cellNumberRequired: false });
        const order = 'order' in checked ? checked.order : undefined;
        expect(order?.amount).toBe(amount * 10);
        expect(shown(recordWith(order))).toMatchObject({ amount, settlement: [{ iban, amount }] });
        expect([inCurrency(amount * 10, 'IRT'), inCurrency(amount, 'IRR')]).toEqual([amount, amount]);
      }),
    );
  });
});

test.each([
  [250_000, 'IRR', 250_000],
  [25_000, 'IRT', 250_000],
  [0.5, 'IRR', NaN],
  [2.5, 'IRT', NaN],
  [NaN, 'IRT', NaN],
  [2 ** 53, 'IRR', NaN],
] as const)('%d in %s are %d Rials', (amount, currency, rials) => {
  expect(inRials(amount, currency)).toBe(rials);
});

test('an amount is named with the unit that the shop counts in', () => {
  expect([amountText(250_000, 'IRR'), amountText(250_000, 'IRT')]).toEqual(['250000 Rials', '25000 Tomans']);
});
