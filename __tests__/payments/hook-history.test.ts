import type { AtipayConfig, PaymentRecord, PaymentStatus } from 'express-atipay';
import type { HistoryEntry } from '../../lib/core/record';
import { entriesOf } from '../support/history';
import { closing, openShop } from '../support/opened';
import { held, type Reply } from '../support/scripted-gateway';
import { sharing } from '../support/sharing';
import { anOrder, HOUR, MINUTE, Shop } from '../support/shop';

// The entries of a payment's history about the hook of its outcome.

const CANCELLED = { state: 'CanceledByUser', status: '1' };

type Entry = Omit<HistoryEntry, 'at'>;

/** The history after the token was given, without its times. */
async function entriesSince(shop: Shop, { invoiceNumber }: PaymentRecord): Promise<Entry[]> {
  const [created, pending, ...rest] = entriesOf(await shop.atipay.history(invoiceNumber));
  expect([created?.event, pending?.event]).toEqual(['created', 'tokenGiven']);
  return rest;
}

const claimed = (receipt: string): Entry => ({ status: 'verifying', event: 'claimed', data: { receipt } });
const delivered = (status: PaymentStatus, call = 1): Entry => ({
  status,
  event: 'hookDelivered',
  data: { call },
});
const confirmed = (attempt: number): Entry => ({
  status: 'paid',
  event: 'amountConfirmed',
  data: { amount: 25_000, attempt },
});
const threw = (status: PaymentStatus, problem: string): Entry => ({
  status,
  event: 'hookThrew',
  data: { call: 1, problem },
});
const unanswered: Entry = { status: 'verifying', event: 'verifyUnanswered', data: { attempt: 3 } };
const timedOut: Entry = { status: 'review', event: 'verifyTimedOut', data: { attempt: 4 } };
const cancelled: Entry = { status: 'failed', event: 'buyerFailed', data: { state: 'CanceledByUser' } };

async function comesBack(shop: Shop, record: PaymentRecord, ...replies: Reply[]): Promise<string> {
  const referenceNumber = shop.gateway.receipt(record.invoiceNumber);
  shop.gateway.replies['verify-payment'].push(...replies);
  await shop.comesBack(record, { referenceNumber });
  return referenceNumber;
}

describe('the hook is called for', () => {
  test('a success', async () => {
    const shop = await openShop();
    const record = await shop.started();
    const receipt = await comesBack(shop, record);
    expect(await entriesSince(shop, record)).toEqual([claimed(receipt), confirmed(1), delivered('paid')]);
  });

  test('a failure', async () => {
    const shop = await openShop();
    const record = await shop.started();
    await shop.comesBack(record, CANCELLED);
    expect(await entriesSince(shop, record)).toEqual([cancelled, delivered('failed')]);
  });

  test('a review, once: not again when the answer comes that leaves it to a person', async () => {
    const shop = await openShop();
    const { record, receipt } = await shop.unanswered();
    shop.gateway.replies['verify-payment'].push('reset', { body: { errorCode: '-2' } });
    await shop.sweepAfter(30 * MINUTE);
    await shop.sweepAfter(HOUR);
    expect(await entriesSince(shop, record)).toEqual([
      claimed(receipt),
      unanswered,
      timedOut,
      delivered('review'),
      { status: 'review', event: 'verifyRefused', data: { attempt: 5, code: '-2' } },
    ]);
    expect(shop.hooks.map(({ hook }) => hook)).toEqual(['onReview']);
  });
});

describe('without a hook for', () => {
  test('failures, none is called', async () => {
    const shop = await openShop({ onFailure: undefined });
    const record = await shop.started();
    await shop.comesBack(record, CANCELLED);
    expect(await entriesSince(shop, record)).toEqual([cancelled]);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({ hookDeliveredAt: shop.now, dueAt: null });
  });

  test('reviews, none is called, and the gateway is asked hourly all the same', async () => {
    const shop = await openShop({ onReview: undefined });
    const { record, receipt } = await shop.unanswered();
    shop.gateway.replies['verify-payment'].push('reset');
    await shop.sweepAfter(30 * MINUTE);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({
      hookAttempts: 0,
      hookDeliveredAt: shop.now,
      nextVerifyAt: shop.now + HOUR,
      dueAt: shop.now + HOUR,
    });
    await shop.sweepAfter(HOUR);
    expect(await entriesSince(shop, record)).toEqual([
      claimed(receipt),
      unanswered,
      timedOut,
      confirmed(5),
      delivered('paid'),
    ]);
  });

  test.each<[string, Partial<AtipayConfig>, (shop: Shop, record: PaymentRecord) => Promise<unknown>]>([
    ['failures', { onFailure: undefined }, (shop, record) => shop.comesBack(record, CANCELLED)],
    ['reviews', { onReview: undefined }, (shop, record) => comesBack(shop, record, { body: { amount: 1 } })],
  ])('%s any more, a pending one is delivered without a call', async (_what, config, end) => {
    const away = (): never => {
      throw new Error('the shop is away');
    };
    const before = await openShop({ onFailure: away, onReview: away });
    const record = await before.started();
    await end(before, record);
    const after = closing(await Shop.open({ store: sharing(before.store), ...config }));
    after.now = before.now + MINUTE;
    await after.atipay.recover();
    expect((await entriesSince(after, record)).at(-1)).toMatchObject({ event: 'hookDelivered' });
    expect(await after.record(record.invoiceNumber)).toMatchObject({
      hookDeliveredAt: after.now,
      dueAt: null,
    });
  });
});

describe('onFailure is not called while another payment of the order is', () => {
  const others: [PaymentStatus, Partial<AtipayConfig>, Reply[]][] = [
    ['received', { stillPayable: () => Promise.reject(new Error('away')) }, []],
    ['verifying', {}, ['reset', 'reset', 'reset']],
    ['paid', {}, []],
    ['review', {}, [{ body: { amount: 1 } }]],
  ];

  const skipped: Entry[] = [cancelled, { status: 'failed', event: 'hookSkipped' }];

  test.each(others)('%s', async (status, config, replies) => {
    const shop = await openShop(config);
    const order = anOrder();
    const [gone, other] = [await shop.started(order), await shop.started(order)];
    await comesBack(shop, other, ...replies);
    expect((await shop.record(other.invoiceNumber)).status).toBe(status);
    await shop.comesBack(gone, CANCELLED);
    expect(await entriesSince(shop, gone)).toEqual(skipped);
    expect(await shop.record(gone.invoiceNumber)).toMatchObject({ hookDeliveredAt: shop.now, dueAt: null });
  });

  test('pending', async () => {
    const shop = await openShop();
    const order = anOrder();
    const [gone] = [await shop.started(order), await shop.started(order)];
    await shop.comesBack(gone, CANCELLED);
    expect(await entriesSince(shop, gone)).toEqual(skipped);
  });

  test('created', async () => {
    const shop = await openShop({ http: { timeout: 5_000 } });
    const order = anOrder();
    const gone = await shop.started(order);
    const token = held({ body: { status: '1', token: 'the token' } });
    shop.gateway.replies['get-token'].push(token.reply);
    const starting = shop.started(order);
    while (shop.gateway.asked('get-token').length < 2) await new Promise(setImmediate);
    await shop.comesBack(gone, CANCELLED);
    token.release();
    await starting;
    expect(await entriesSince(shop, gone)).toEqual(skipped);
  });
});

test.each<[string, unknown, string]>([
  ['an error', new Error('orders are locked'), 'orders are locked'],
  ['a text', 'orders are locked', 'orders are locked'],
  ['nothing', undefined, 'undefined'],
  ['what cannot be shown', Object.create(null), 'it threw something that cannot be shown'],
])('a hook that throws %s is recorded by its words', async (_what, thrown, words) => {
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- shops do.
  const shop = await openShop({ onSuccess: () => Promise.reject(thrown) });
  const record = await shop.started();
  await comesBack(shop, record);
  expect((await entriesSince(shop, record)).at(-1)).toEqual(threw('paid', words));
});
