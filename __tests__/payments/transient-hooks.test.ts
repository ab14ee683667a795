import { MemoryPaymentStore, type PaymentStore } from 'express-atipay';
import { eventsOf } from '../support/history';
import { openShop } from '../support/opened';
import { sharing } from '../support/sharing';
import { HOUR, MINUTE, type Shop } from '../support/shop';

const serialization = Object.assign(new Error('could not serialize access'), { code: '40001' });
const lasting = new Error('no such table: orders');

/** A store that calls this error, and no other, transient. */
const store = (): PaymentStore =>
  sharing(new MemoryPaymentStore({ quiet: true }), { isTransient: (error) => error === serialization });

/** A shop whose onSuccess throws these, call by call, and then returns. */
async function throwing(...errors: Error[]): Promise<{ shop: Shop; calls: number[] }> {
  const calls: number[] = [];
  const shop = await openShop({
    store: store(),
    onSuccess: (_payment, { attempt }) => {
      calls.push(attempt);
      const error = errors.shift();
      if (error) throw error;
    },
  });
  return { shop, calls };
}

async function paid(shop: Shop) {
  const record = await shop.started();
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  return shop.record(record.invoiceNumber);
}

test('a hook that fails for a transient reason of the database is called again at once', async () => {
  const { shop, calls } = await throwing(serialization);
  expect(await paid(shop)).toMatchObject({ hookDeliveredAt: shop.now, hookAttempts: 2, dueAt: null });
  expect(calls).toEqual([1, 2]);
});

test('its log line says so, and what to look at', async () => {
  const { shop } = await throwing(serialization);
  await paid(shop);
  expect(shop.trouble.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /met a lock or a conflict in the database; it is called again at once\. .*’s tx\?$/,
    ),
  ]);
});

test('three times at most; then it waits as any other', async () => {
  const { shop, calls } = await throwing(...Array.from({ length: 9 }, () => serialization));
  const record = await paid(shop);
  expect(calls).toEqual([1, 2, 3, 4]);
  expect(record).toMatchObject({ hookDeliveredAt: null, hookAttempts: 4, leaseUntil: null });
  expect(record.dueAt).toBeGreaterThan(shop.now);
  expect(eventsOf(record.history).slice(-4)).toEqual(Array.from({ length: 4 }, () => 'hookThrew'));
});

test('in a sweep as well', async () => {
  const { shop, calls } = await throwing(lasting, serialization);
  const { invoiceNumber } = await paid(shop);
  await shop.sweepAfter(MINUTE);
  expect(calls).toEqual([1, 2, 3]);
  expect(await shop.record(invoiceNumber)).toMatchObject({ hookDeliveredAt: shop.now });
});

test('a hook that fails for another reason is not', async () => {
  const { shop, calls } = await throwing(lasting);
  expect(await paid(shop)).toMatchObject({ hookDeliveredAt: null, hookAttempts: 1 });
  expect(calls).toEqual([1]);
});

test('nor one whose second call fails for another reason', async () => {
  const { shop, calls } = await throwing(serialization, lasting);
  expect(await paid(shop)).toMatchObject({ hookDeliveredAt: null, hookAttempts: 2 });
  expect(calls).toEqual([1, 2]);
});

test.each([
  [0, 22_500],
  [0.5, 26_250],
  [0.999_999, 30_000],
])('retries are spread over 75 to 100 %% of the delay: a draw of %d waits %i ms', async (draw, wait) => {
  const random = jest.spyOn(Math, 'random').mockReturnValue(draw);
  const { shop } = await throwing(lasting);
  const record = await paid(shop);
  random.mockRestore();
  expect(record.dueAt).toBe(shop.now + wait);
});

test('hooks that failed together are not called together', async () => {
  const shop = await openShop({ onSuccess: () => Promise.reject(lasting) });
  const dues = new Set<number | null>();
  for (let count = 0; count < 10; count += 1) dues.add((await paid(shop)).dueAt);
  expect(dues.size).toBeGreaterThan(5);
  await shop.sweepAfter(HOUR);
});
