import type { Payment, PaymentRecord } from 'express-atipay';
import { openShop } from '../support/opened';
import type { Reply } from '../support/scripted-gateway';
import { anOrder, HOUR, MINUTE, type Shop } from '../support/shop';
import { wholeDelays } from '../support/spread';

wholeDelays();

const refused: Reply = { body: { errorCode: '-2' } };
const otherAmount: Reply = { body: { amount: 1 } };

/** A buyer who comes back with a receipt after four seconds; the gateway answers so. */
async function comesBack(shop: Shop, record: PaymentRecord, ...replies: Reply[]): Promise<string> {
  shop.now += 4_000;
  const referenceNumber = shop.gateway.receipt(record.invoiceNumber);
  shop.gateway.replies['verify-payment'].push(...replies);
  await shop.comesBack(record, { referenceNumber });
  return referenceNumber;
}

/** Each line of a payment as level and message, and those of its fields that are not the same in all. */
function linesOf(shop: Shop, { invoiceNumber, orderId }: PaymentRecord): unknown[] {
  // The first line is the router's, at start.
  return shop.logs.slice(1).map(({ level, fields, message }) => {
    const { invoiceNumber: invoice, orderId: order, account, ...rest } = fields;
    expect([invoice, order, account]).toEqual([invoiceNumber, orderId, 'default']);
    return [level, message, rest];
  });
}

const started = (orderId: string): unknown[] => [
  ['info', `Payment created: order ${orderId}: 25000 Rials to pay`, line(null, 'created', 0)],
  ['info', 'Payment pending: AtiPay gave a token', line('created', 'pending', 700)],
];

const line = (from: string | null, to: string, ms: number, more: object = {}): object => ({
  from,
  to,
  reason: null,
  ms,
  ...more,
});

const asked = [
  'info',
  'Payment verifying: the buyer is back with receipt (not shown); verify-payment is asked',
  line('pending', 'verifying', 4_000),
];

async function start(shop: Shop, orderId: string): Promise<PaymentRecord> {
  shop.gateway.replies['get-token'].push(() => {
    shop.now += 700;
    return Promise.resolve({ body: { status: '1', token: 'the token' } });
  });
  return shop.started(anOrder({ orderId }));
}

test('the lines of a payment that is paid say how long each step took, and nothing of the receipt', async () => {
  const shop = await openShop();
  const record = await start(shop, 'A-1');
  await comesBack(shop, record, () => {
    shop.now += 300;
    return Promise.resolve({ body: { amount: 25_000 } });
  });
  expect(linesOf(shop, record)).toEqual([
    ...started('A-1'),
    asked,
    [
      'info',
      'Payment paid: verify-payment answered 25000 Rials, as expected',
      line('verifying', 'paid', 300),
    ],
  ]);
});

test('an order that is called like a receipt is in the line as the shop calls it', async () => {
  const shop = await openShop();
  const record = await start(shop, 'receipt null');
  expect(linesOf(shop, record)).toEqual(started('receipt null'));
});

test.each([
  [
    'the buyer cancels',
    { state: 'CanceledByUser', status: '1' },
    'the gateway sent the buyer back: CanceledByUser',
    'CanceledByUser',
  ],
  [
    'the card is refused',
    { state: 'Failed', status: '3' },
    'the gateway sent the buyer back: Failed',
    'Failed',
  ],
])('the line of a payment that fails since %s says so', async (_why, fields, note, reason) => {
  const shop = await openShop();
  const record = await start(shop, 'A-1');
  shop.now += 9_000;
  await shop.comesBack(record, fields);
  expect(linesOf(shop, record)).toEqual([
    ...started('A-1'),
    ['info', `Payment failed: ${note}`, line('pending', 'failed', 9_000, { reason })],
  ]);
});

test.each([
  ['a warning where there is a hook for it', 'warn', {}],
  ['an error where there is none', 'error', { onReview: undefined }],
])('the line of a review is %s, with the receipt to look up', async (_what, level, config) => {
  const shop = await openShop(config);
  const record = await start(shop, 'A-1');
  const referenceNumber = await comesBack(shop, record, otherAmount);
  expect(linesOf(shop, record)).toEqual([
    ...started('A-1'),
    asked,
    [
      level,
      'Payment review: verify-payment answered 1 Rials instead of 25000',
      line('verifying', 'review', 0, { reason: 'AmountMismatch', referenceNumber }),
    ],
  ]);
});

test.each([
  ['MerchantIpAddressIsInvalid', 'error'],
  ['CanceledByUser', 'info'],
])(
  'the line of a payment that fails with %s is %s: an error where the shop is set up wrongly',
  async (state, level) => {
    const shop = await openShop();
    const record = await shop.started();
    await shop.comesBack(record, { state, status: '' });
    expect(shop.logs.filter(({ message }) => message.startsWith('Payment failed'))).toMatchObject([
      { level, fields: { reason: state } },
    ]);
  },
);

test('a step that took several attempts is counted from its first', async () => {
  const shop = await openShop();
  const { record } = await shop.unanswered();
  shop.gateway.replies['verify-payment'].push('reset', refused);
  await shop.sweepAfter(MINUTE);
  await shop.sweepAfter(MINUTE);
  expect(shop.told('transition').at(-1)).toEqual({
    payment: await shop.atipay.find(record.invoiceNumber),
    from: 'verifying',
    to: 'review',
    entry: { at: shop.now, status: 'review', event: 'verifyRefused', data: { attempt: 5, code: '-2' } },
    note: 'verify-payment refused (-2)',
    durationMs: 2 * MINUTE,
  });
});

test('the events of a payment say from where, to where, why and after how long', async () => {
  const shop = await openShop();
  const at = shop.now;
  const record = await start(shop, 'A-1');
  const referenceNumber = await comesBack(shop, record, otherAmount);
  const payment = await shop.atipay.find(record.invoiceNumber);
  const told = shop
    .told('transition')
    .map(({ payment: then, ...event }) => ({ ...event, status: (then as Payment).status }));
  expect(told).toEqual([
    {
      from: undefined,
      to: 'created',
      status: 'created',
      entry: { at, status: 'created', event: 'created', data: { order: 'A-1', amount: 25_000 } },
      note: 'order A-1: 25000 Rials to pay',
      durationMs: 0,
    },
    {
      from: 'created',
      to: 'pending',
      status: 'pending',
      entry: { at: at + 700, status: 'pending', event: 'tokenGiven' },
      note: 'AtiPay gave a token',
      durationMs: 700,
    },
    {
      from: 'pending',
      to: 'verifying',
      status: 'verifying',
      entry: { at: at + 4_700, status: 'verifying', event: 'claimed', data: { receipt: referenceNumber } },
      note: `the buyer is back with receipt ${referenceNumber}; verify-payment is asked`,
      durationMs: 4_000,
    },
    {
      from: 'verifying',
      to: 'review',
      status: 'review',
      entry: {
        at: at + 4_700,
        status: 'review',
        event: 'amountDiffers',
        data: { amount: 1, expected: 25_000 },
      },
      note: 'verify-payment answered 1 Rials instead of 25000',
      durationMs: 0,
    },
  ]);
  expect(shop.told('review')).toMatchObject([{ payment: { invoiceNumber: payment?.invoiceNumber } }]);
});

test('a payment whose history was emptied by hand goes on, its step counted from its last change', async () => {
  const shop = await openShop();
  const record = await shop.started();
  await shop.store.update({ ...record, updatedAt: shop.now - HOUR, history: [] }, record);
  await shop.comesBack(record, { state: 'Failed', status: '3' });
  expect(shop.told('transition').at(-1)).toMatchObject({ to: 'failed', durationMs: HOUR });
});

test('a hook that throws is an error line and an event that say when it is called again', async () => {
  const error = new Error('orders are locked');
  const shop = await openShop({ onSuccess: () => Promise.reject(error) });
  const record = await shop.started();
  await comesBack(shop, record);
  await shop.sweepAfter(30_000);
  const { invoiceNumber, orderId } = record;
  const payment = await shop.atipay.find(invoiceNumber);
  const calls = [
    { attempt: 1, nextTryAt: shop.now },
    { attempt: 2, nextTryAt: shop.now + MINUTE },
  ];
  expect(shop.logs.filter(({ level }) => level === 'error')).toEqual(
    calls.map((call) => ({
      level: 'error',
      fields: { err: error, invoiceNumber, orderId, ...call },
      message: `The hook for a paid payment threw; it is called again in ${call.attempt * 30} s. The payment stays paid: correct the hook and deploy it.`,
    })),
  );
  expect(shop.told('hookError')).toEqual([
    { payment: { ...payment, updatedAt: shop.now - 30_000 }, error, ...calls[0] },
    { payment, error, ...calls[1] },
  ]);
});
