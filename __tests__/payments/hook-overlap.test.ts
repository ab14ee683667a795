import { openShop } from '../support/opened';
import { MINUTE, type Shop } from '../support/shop';
import { until } from '../support/until';
import { comesBack, gate, lastEvents } from './hook-scene';

// Two calls of one hook, of which the first outlives its lease.

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

test('a callback that comes again while the hook runs does not call it again', async () => {
  const running = gate();
  const calls: number[] = [];
  const shop = await openShop({
    onSuccess: (_payment, { attempt }) => {
      calls.push(attempt);
      return running.opened;
    },
  });
  const record = await shop.started();
  const back = comesBack(shop, record);
  await until(() => calls.length > 0);
  await comesBack(shop, record);
  running.open();
  await back;
  expect(calls).toEqual([1]);
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
