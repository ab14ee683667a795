import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { MemoryPaymentStore, type AtipayConfig, type AtipayTraces } from 'express-atipay';
import { transactional } from '../support/context';
import { openShop } from '../support/opened';
import { anOrder, HOUR, MINUTE, type Shop } from '../support/shop';
import { aPolicy } from '../support/record';
import { wholeDelays } from '../support/spread';
import { timersOf } from '../support/timers';
import { comesBack } from './hook-scene';

wholeDelays();

test.each([
  [1_000, 2 * MINUTE],
  [MINUTE, 2 * MINUTE],
  [10 * MINUTE, 11 * MINUTE],
])(
  'with hookTimeoutMs %i no other process looks at a payment whose hook is called for %i ms',
  async (hookTimeoutMs, lease) => {
    const leases: number[] = [];
    const look = async ({ invoiceNumber }: { invoiceNumber: string }): Promise<void> => {
      leases.push(((await shop.record(invoiceNumber)).dueAt ?? 0) - shop.now);
    };
    const shop: Shop = await openShop({ hookTimeoutMs, onSuccess: look });
    const order = anOrder();
    shop.gateway.replies['get-token'].push(async () => {
      for (const created of await shop.store.findByOrder('default', order.orderId)) await look(created);
      return { body: { status: '1', token: 'the token' } };
    });
    await comesBack(shop, await shop.started(order), { body: { amount: 25_000 } });
    expect(leases).toEqual([2 * MINUTE, lease]);
  },
);

test('a review is left alone while its hook is called, also when the gateway is to be asked', async () => {
  const dues: number[] = [];
  const shop: Shop = await openShop({
    hookTimeoutMs: 2 * HOUR,
    onReview: async ({ invoiceNumber }) => {
      dues.push(((await shop.record(invoiceNumber)).dueAt ?? 0) - shop.now);
    },
  });
  await shop.unanswered();
  shop.gateway.replies['verify-payment'].push('reset');
  await shop.sweepAfter(30 * MINUTE);
  await comesBack(shop, await shop.started(), { body: { amount: 1 } });
  expect(dues).toEqual([2 * HOUR + MINUTE, 2 * HOUR + MINUTE]);
});

test('the hook of a review that throws is called at growing distances, and the gateway asked after an hour', async () => {
  const calls: number[] = [];
  const shop: Shop = await openShop({
    onReview: () => {
      calls.push(shop.now);
      throw new Error('the pager is away');
    },
  });
  const { record } = await shop.unanswered();
  shop.gateway.replies['verify-payment'].push('reset');
  await shop.sweepAfter(30 * MINUTE);
  const began = shop.now;
  const dues: number[] = [];
  for (let call = 0; call < 7; call += 1) {
    const { dueAt } = await shop.record(record.invoiceNumber);
    dues.push(((dueAt ?? 0) - began) / 1_000);
    if (call < 6) await shop.sweepAfter((dueAt ?? 0) - shop.now);
  }
  expect(dues).toEqual([30, 90, 210, 450, 930, 1_890, 3_600]);
  expect(calls.map((at) => (at - began) / 1_000)).toEqual([0, ...dues.slice(0, 6)]);
});

test('an onSuccess has its transaction though another payment of the order is under way', async () => {
  const seen: boolean[] = [];
  const onSuccess: AtipayConfig<unknown>['onSuccess'] = async (_payment, { transaction }) =>
    seen.push(await transaction(() => undefined));
  const shop = await openShop<unknown>({
    store: transactional(new MemoryPaymentStore({ quiet: true })),
    onSuccess,
  });
  const order = anOrder();
  const [record] = [await shop.started(order), await shop.started(order)];
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  expect(seen).toEqual([true]);
});

test('each hook is traced by its name and the number of its call', async () => {
  const traced: unknown[] = [];
  const hear = (message: unknown): void => {
    const { orderId, hook, attempt } = message as AtipayTraces['atipay:hook'];
    traced.push([orderId, hook, attempt]);
  };
  subscribe('tracing:atipay:hook:start', hear);
  const shop = await openShop();
  const order = anOrder();
  const [failed, odd] = [await shop.started(order), await shop.started(anOrder({ orderId: 'odd' }))];
  await shop.comesBack(failed, { state: 'Failed', status: '3' });
  await comesBack(shop, odd, { body: { amount: 1 } });
  await shop.atipay.resolve(odd.invoiceNumber, 'paid', 'Sara');
  unsubscribe('tracing:atipay:hook:start', hear);
  expect(traced).toEqual([
    [order.orderId, 'onFailure', 1],
    ['odd', 'onReview', 1],
    ['odd', 'onSuccess', 1],
  ]);
});

test('waiting for a hook leaves no timer behind', async () => {
  const shop = await openShop();
  const record = await shop.started();
  await comesBack(shop, record, { body: { amount: 1 } });
  const decide = () => shop.atipay.resolve(record.invoiceNumber, 'paid', 'seen', 'Sara');
  expect(await timersOf([10_000], decide)).toEqual({ begun: 1, left: 0 });
});

test.each([1, 1_000, MINUTE, 5 * MINUTE, HOUR, 7 * 24 * HOUR])(
  'with hookTimeoutMs %i, a hook call and the end of its transaction fit into their lease',
  (hookTimeoutMs) => {
    const { leaseMs, transactionEndMs } = aPolicy({ hookTimeoutMs });
    expect(leaseMs).toBeGreaterThan(hookTimeoutMs + transactionEndMs);
  },
);

test('a hook call that would begin after its lease is not made: another process may make it', async () => {
  const calls: number[] = [];
  const shop: Shop = await openShop({ onSuccess: (_payment, { attempt }) => calls.push(attempt) });
  const record = await shop.started();
  const update = shop.store.update.bind(shop.store);
  // The process is stopped between its lease and its call.
  shop.store.update = async (next, read) => {
    const stored = await update(next, read);
    if (next.status === 'paid' && next.hookDeliveredAt === null) shop.now += 3 * MINUTE;
    return stored;
  };
  await comesBack(shop, record);
  expect(calls).toEqual([]);
  shop.store.update = update;
  await shop.sweepAfter(0);
  expect(calls).toEqual([2]);
});
