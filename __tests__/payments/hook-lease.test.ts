import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { MemoryPaymentStore, type AtipayConfig, type AtipayTraces, type PaymentRecord } from 'express-atipay';
import { transactional } from '../support/context';
import { openShop } from '../support/opened';
import type { Reply } from '../support/scripted-gateway';
import { anOrder, HOUR, MINUTE, type Shop } from '../support/shop';
import { wholeDelays } from '../support/spread';
import { until } from '../support/until';

// How long a hook has, which of two calls decides, and what is left behind.

wholeDelays();

interface Gate {
  opened: Promise<void>;
  open: () => void;
}

/** Something a hook waits for until the test lets it go. */
function gate(): Gate {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

function comesBack(shop: Shop, record: PaymentRecord, ...replies: Reply[]): Promise<Response> {
  shop.gateway.replies['verify-payment'].push(...replies);
  return shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
}

const lastEvents = async (shop: Shop, { invoiceNumber }: PaymentRecord, count: number): Promise<string[]> =>
  (await shop.atipay.history(invoiceNumber)).slice(-count).map(({ event }) => event);

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

describe('a call of a hook that outlives its lease', () => {
  /** A paid payment whose hook is called a second time while the first call still runs. */
  async function calledTwice(onSecond: () => unknown) {
    const [first, second] = [gate(), gate()];
    const shop: Shop = await openShop({
      onSuccess: async (_payment, { attempt }) => {
        await (attempt === 1 ? first : second).opened;
        if (attempt === 1) throw new Error('the first call');
        return onSecond();
      },
    });
    const record = await shop.started();
    const back = comesBack(shop, record);
    while ((await shop.record(record.invoiceNumber)).status !== 'paid') await new Promise(setImmediate);
    const sweep = shop.sweepAfter(3 * MINUTE);
    while ((await shop.record(record.invoiceNumber)).hookAttempts < 2) await new Promise(setImmediate);
    return { shop, record, first, second, back, sweep };
  }

  test('and throws then does not shorten the lease of the next call', async () => {
    const { shop, record, first, second, back, sweep } = await calledTwice(() => undefined);
    const leased = await shop.record(record.invoiceNumber);
    first.open();
    await back;
    expect(await shop.record(record.invoiceNumber)).toEqual(leased);
    expect(leased).toMatchObject({ hookAttempts: 2, dueAt: shop.now + 2 * MINUTE });
    second.open();
    await sweep;
    expect((await shop.record(record.invoiceNumber)).hookDeliveredAt).toBe(shop.now);
  });

  test('and throws when the next one has returned changes nothing', async () => {
    const { shop, record, first, second, back, sweep } = await calledTwice(() => undefined);
    second.open();
    await sweep;
    const handled = await shop.record(record.invoiceNumber);
    first.open();
    await back;
    expect(await shop.record(record.invoiceNumber)).toEqual(handled);
    expect(await lastEvents(shop, record, 1)).toEqual(['hookDelivered']);
  });
});

test('two calls of a hook that both return are recorded once', async () => {
  const first = gate();
  const shop = await openShop({
    onSuccess: (_payment, { attempt }) => (attempt === 1 ? first.opened : undefined),
  });
  const record = await shop.started();
  const back = comesBack(shop, record);
  while ((await shop.record(record.invoiceNumber)).status !== 'paid') await new Promise(setImmediate);
  await shop.sweepAfter(3 * MINUTE);
  const handled = await shop.record(record.invoiceNumber);
  shop.now += MINUTE;
  first.open();
  await back;
  expect(await shop.record(record.invoiceNumber)).toEqual(handled);
});

test.each<[string, (release: Promise<void>) => unknown]>([
  ['returns', (release) => release],
  ['throws', (release) => release.then(() => Promise.reject(new Error('the pager is away')))],
])(
  'an onReview that %s after its lease, when a person has decided, leaves onSuccess pending',
  async (_how, review) => {
    const reviewing = gate();
    const succeeding = gate();
    const seen: string[] = [];
    const shop: Shop = await openShop({
      onReview: () => review(reviewing.opened),
      onSuccess: () => {
        seen.push('onSuccess');
        return succeeding.opened;
      },
    });
    const record = await shop.started();
    const back = comesBack(shop, record, { body: { amount: 1 } });
    while ((await shop.record(record.invoiceNumber)).status !== 'review') await new Promise(setImmediate);
    shop.now += 2 * MINUTE;
    const resolving = shop.atipay.resolve(record.invoiceNumber, 'paid', 'the rest came by transfer', 'Sara');
    await until(() => seen.length === 1);
    const owed = await shop.record(record.invoiceNumber);
    reviewing.open();
    await back;
    expect(await shop.record(record.invoiceNumber)).toEqual(owed);
    expect(owed).toMatchObject({ status: 'paid', hookDeliveredAt: null, hookAttempts: 1 });
    succeeding.open();
    await resolving;
    expect(await lastEvents(shop, record, 2)).toEqual(['resolved', 'hookDelivered']);
  },
);

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
  const timers = (): number =>
    process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
  const before = timers();
  await shop.atipay.resolve(record.invoiceNumber, 'paid', 'seen', 'Sara');
  expect(timers()).toBeLessThanOrEqual(before);
});
