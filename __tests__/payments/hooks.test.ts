import type { AtipayConfig, PaymentRecord } from 'express-atipay';
import { openShop } from '../support/opened';
import { anOrder, HOUR, MINUTE, type Shop } from '../support/shop';
import { wholeDelays } from '../support/spread';

wholeDelays();

async function paid(shop: Shop): Promise<PaymentRecord> {
  const record = await shop.started(anOrder());
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  return shop.record(record.invoiceNumber);
}

type OnSuccess = AtipayConfig['onSuccess'];

const throwing: [string, OnSuccess, string][] = [
  [
    'throws',
    () => {
      throw new Error('orders are locked');
    },
    'orders are locked',
  ],
  ['rejects', () => Promise.reject(new Error('orders are locked')), 'orders are locked'],
  [
    'throws a value that is no error',
    () => AbortSignal.abort('orders are locked').throwIfAborted(),
    'orders are locked',
  ],
];

test.each(throwing)(
  'a hook that %s leaves the payment paid, and is called again',
  async (_how, hook, text) => {
    const shop = await openShop({ onSuccess: hook });
    const record = await paid(shop);
    expect(record).toMatchObject({
      status: 'paid',
      hookDeliveredAt: null,
      hookAttempts: 1,
      dueAt: shop.now + 30_000,
    });
    expect(record.history.at(-1)).toMatchObject({ event: 'hookThrew', data: { call: 1, problem: text } });
    expect(shop.told('hookError')).toMatchObject([{ attempt: 1, nextTryAt: shop.now + 30_000 }]);
    expect(shop.logs).toContainEqual(expect.objectContaining({ level: 'error' }));
  },
);

test.each<[string, unknown]>([
  ['undefined', undefined],
  ['null', null],
  ['an object that is no text', Object.create(null)],
  ['an error whose message is no text', Object.assign(new Error(), { message: { code: 7 } })],
  ['an error whose message cannot be read', new Proxy(new Error(), { get: () => Symbol.iterator })],
])('a hook that rejects with %s is called again all the same', async (_what, thrown) => {
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- shops do.
  const shop = await openShop({ onSuccess: () => Promise.reject(thrown) });
  const record = await paid(shop);
  expect(record).toMatchObject({ status: 'paid', hookAttempts: 1, dueAt: shop.now + 30_000 });
  expect(shop.told('hookError')).toMatchObject([{ attempt: 1 }]);
});

test('a query that a hook returns is run, though it waits to be awaited', async () => {
  const run: string[] = [];
  const shop = await openShop({
    // As queries of Knex and Mongoose do: nothing happens before `then` is called.
    onSuccess: ({ orderId }) => ({ then: (done: (rows: number) => void) => done(run.push(orderId)) }),
  });
  const { orderId, hookDeliveredAt } = await paid(shop);
  expect(run).toEqual([orderId]);
  expect(hookDeliveredAt).toBe(shop.now);
});

test('a hook is called until it returns: after 30 s, doubling to an hour, never given up', async () => {
  const attempts: number[] = [];
  let broken = true;
  const shop = await openShop({
    onSuccess: (_payment, context) => {
      attempts.push(context.attempt);
      if (broken) throw new Error('still broken');
    },
  });
  const { invoiceNumber } = await paid(shop);
  const waits: number[] = [];
  for (let call = 0; call < 12; call += 1) {
    const { dueAt } = await shop.record(invoiceNumber);
    const wait = (dueAt ?? 0) - shop.now;
    waits.push(wait / 1000);
    expect(await shop.sweepAfter(wait - 1)).toMatchObject({ due: 0 });
    await shop.sweepAfter(1);
  }
  expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600, 3600]);
  broken = false;
  await shop.sweepAfter(HOUR);
  expect(attempts).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  expect(await shop.record(invoiceNumber)).toMatchObject({ hookDeliveredAt: shop.now, dueAt: null });
  await shop.sweepAfter(24 * HOUR);
  expect(attempts).toHaveLength(14);
});

test('a hook that takes longer than hookTimeoutMs counts as thrown', async () => {
  const shop = await openShop({ hookTimeoutMs: 30, onSuccess: () => new Promise(() => undefined) });
  const record = await paid(shop);
  expect(record).toMatchObject({ status: 'paid', hookDeliveredAt: null, dueAt: shop.now + 30_000 });
  expect(shop.told('hookError')).toMatchObject([{ error: { code: 'ERR_ATIPAY_HOOK_TIMEOUT' } }]);
});

test('a hook whose process died is called again when its lease is over', async () => {
  const first = open();
  let calls = 0;
  const shop = await openShop({ onSuccess: () => ((calls += 1) === 1 ? first.closed : undefined) });
  const record = await shop.started();
  const back = shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  while ((await shop.record(record.invoiceNumber)).status !== 'paid') await new Promise(setImmediate);
  expect(await shop.sweepAfter(MINUTE)).toMatchObject({ due: 0 });
  expect(await shop.sweepAfter(MINUTE)).toMatchObject({ due: 1, hooks: 1 });
  expect(await shop.record(record.invoiceNumber)).toMatchObject({ hookAttempts: 2, dueAt: null });
  first.close();
  await back;
});

test('a hook sees the payment and nothing of its schedule', async () => {
  const shop = await openShop();
  await paid(shop);
  expect(Object.keys(shop.hooks[0]?.payment ?? {}).sort()).toEqual([
    'account',
    'amount',
    'cellNumber',
    'createdAt',
    'currency',
    'invoiceNumber',
    'maskedPan',
    'orderId',
    'referenceNumber',
    'rrn',
    'status',
    'terminalId',
    'traceNumber',
    'updatedAt',
    'verifiedAt',
  ]);
});

test('without onFailure a failure calls no hook', async () => {
  const shop = await openShop({ onFailure: undefined as never });
  const record = await shop.started();
  await shop.comesBack(record, { state: 'Failed', status: '3' });
  expect(await shop.record(record.invoiceNumber)).toMatchObject({
    status: 'failed',
    hookDeliveredAt: shop.now,
    dueAt: null,
  });
});

test('a pending onFailure is dropped when another payment has paid the order meanwhile', async () => {
  let broken = true;
  const seen: string[] = [];
  const shop = await openShop({
    onFailure: (payment) => {
      if (broken) throw new Error('stock service is away');
      seen.push(payment.orderId);
    },
  });
  const order = anOrder();
  const one = await shop.started(order);
  await shop.comesBack(one, { state: 'CanceledByUser', status: '1' });
  const two = await shop.started(order);
  await shop.comesBack(two, { referenceNumber: shop.gateway.receipt(two.invoiceNumber) });
  broken = false;
  await shop.sweepAfter(HOUR);
  expect(seen).toEqual([]);
  expect(await shop.record(one.invoiceNumber)).toMatchObject({ status: 'failed', dueAt: null });
});

test('two payments of an order that fail at the same moment call onFailure at least once', async () => {
  const shop = await openShop();
  const order = anOrder();
  const [one, two] = [await shop.started(order), await shop.started(order)];
  await Promise.all([
    shop.comesBack(one, { state: 'Failed', status: '3' }),
    shop.comesBack(two, { state: 'Failed', status: '3' }),
  ]);
  expect(shop.hooks.length).toBeGreaterThanOrEqual(1);
});

test('on a store without transactions, transaction says so and the hook counts as thrown', async () => {
  const shop = await openShop({
    onSuccess: async (_payment, { transaction }) => {
      await transaction(() => undefined).catch(() => undefined);
    },
  });
  const record = await paid(shop);
  expect(record.hookDeliveredAt).toBeNull();
  expect(shop.told('hookError')).toMatchObject([
    {
      error: {
        code: 'ERR_ATIPAY_TRANSACTION',
        message: expect.stringContaining('has no transactions') as string,
      },
    },
  ]);
});

/** Something a hook waits for until the test lets it go. */
function open(): { closed: Promise<void>; close: () => void } {
  let close: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (close = resolve));
  return { closed, close: () => close() };
}
