import type { AtipayConfig, PaymentRecord, PaymentStatus } from 'express-atipay';
import { closing, openShop } from '../support/opened';
import { held, type Reply } from '../support/scripted-gateway';
import { sharing } from '../support/sharing';
import { anOrder, HOUR, MINUTE, Shop } from '../support/shop';

// What the history of a payment says of the hook that its outcome owes.

const CANCELLED = { state: 'CanceledByUser', status: '1' };

/** The history after the buyer has come back, without its times. */
async function notesOf(shop: Shop, { invoiceNumber }: PaymentRecord): Promise<[PaymentStatus, string][]> {
  const [created, pending, ...rest] = await shop.atipay.history(invoiceNumber);
  expect([created?.note, pending?.note]).toEqual([
    expect.stringMatching(/^order .+: 25000 Rials to pay$/),
    'the gateway gave a token',
  ]);
  return rest.map(({ status, note }) => [status, note]);
}

const asked = (receipt: string): [PaymentStatus, string] => [
  'verifying',
  `the buyer is back with receipt ${receipt}; verify-payment is asked`,
];

const cancelled = ['failed', 'the gateway sent the buyer back: CanceledByUser'];

async function comesBack(shop: Shop, record: PaymentRecord, ...replies: Reply[]): Promise<string> {
  const referenceNumber = shop.gateway.receipt(record.invoiceNumber);
  shop.gateway.replies['verify-payment'].push(...replies);
  await shop.comesBack(record, { referenceNumber });
  return referenceNumber;
}

describe('a shop that is told of', () => {
  test('a success', async () => {
    const shop = await openShop();
    const record = await shop.started();
    const receipt = await comesBack(shop, record);
    expect(await notesOf(shop, record)).toEqual([
      asked(receipt),
      ['paid', 'verify-payment answered 25000 Rials, as expected'],
      ['paid', 'the shop was told'],
    ]);
  });

  test('a failure', async () => {
    const shop = await openShop();
    const record = await shop.started();
    await shop.comesBack(record, CANCELLED);
    expect(await notesOf(shop, record)).toEqual([cancelled, ['failed', 'the shop was told']]);
  });

  test('a review, once: not again when the answer comes that leaves it to a person', async () => {
    const shop = await openShop();
    const { record, receipt } = await shop.unanswered();
    shop.gateway.replies['verify-payment'].push('reset', { body: { errorCode: '-2' } });
    await shop.sweepAfter(30 * MINUTE);
    await shop.sweepAfter(HOUR);
    expect(await notesOf(shop, record)).toEqual([
      asked(receipt),
      ['verifying', 'no answer to verify-payment (ask 3); asked again later'],
      ['review', 'no answer to verify-payment in its window'],
      ['review', 'the shop was told'],
      ['review', 'verify-payment refused (-2)'],
    ]);
    expect(shop.hooks.map(({ hook }) => hook)).toEqual(['onReview']);
  });
});

describe('a shop that does not want to be told of', () => {
  test('failures is owed nothing by one', async () => {
    const shop = await openShop({ onFailure: undefined });
    const record = await shop.started();
    await shop.comesBack(record, CANCELLED);
    expect(await notesOf(shop, record)).toEqual([cancelled]);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({ handledAt: shop.now, dueAt: null });
  });

  test('reviews is owed nothing by one, and it is asked about hourly all the same', async () => {
    const shop = await openShop({ onReview: undefined });
    const { record, receipt } = await shop.unanswered();
    shop.gateway.replies['verify-payment'].push('reset');
    await shop.sweepAfter(30 * MINUTE);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({
      hookAttempts: 0,
      handledAt: shop.now,
      askAt: shop.now + HOUR,
      dueAt: shop.now + HOUR,
    });
    await shop.sweepAfter(HOUR);
    expect(await notesOf(shop, record)).toEqual([
      asked(receipt),
      ['verifying', 'no answer to verify-payment (ask 3); asked again later'],
      ['review', 'no answer to verify-payment in its window'],
      ['paid', 'verify-payment answered 25000 Rials, as expected'],
      ['paid', 'the shop was told'],
    ]);
  });

  test.each<[string, Partial<AtipayConfig>, (shop: Shop, record: PaymentRecord) => Promise<unknown>]>([
    ['failures', { onFailure: undefined }, (shop, record) => shop.comesBack(record, CANCELLED)],
    ['reviews', { onReview: undefined }, (shop, record) => comesBack(shop, record, { body: { amount: 1 } })],
  ])('%s any more is not told of one that was owed', async (_what, config, end) => {
    const away = (): never => {
      throw new Error('the shop is away');
    };
    const before = await openShop({ onFailure: away, onReview: away });
    const record = await before.started();
    await end(before, record);
    const after = closing(await Shop.open({ store: sharing(before.store), ...config }));
    after.now = before.now + MINUTE;
    await after.atipay.recover();
    expect((await notesOf(after, record)).slice(-2).map(([, note]) => note)).toEqual([
      "the shop's hook did not return (call 1): the shop is away",
      'no hook is configured for this outcome',
    ]);
    expect(await after.record(record.invoiceNumber)).toMatchObject({ handledAt: after.now, dueAt: null });
  });
});

describe('a failure is not told while another payment of the order is', () => {
  const ways: [PaymentStatus, Partial<AtipayConfig>, Reply[]][] = [
    ['received', { stillPayable: () => Promise.reject(new Error('away')) }, []],
    ['verifying', {}, ['reset', 'reset', 'reset']],
    ['paid', {}, []],
    ['review', {}, [{ body: { amount: 1 } }]],
  ];

  const untold = [
    cancelled,
    ['failed', 'the shop is not told: another payment of the order is under way or paid'],
  ];

  test.each(ways)('%s', async (status, config, replies) => {
    const shop = await openShop(config);
    const order = anOrder();
    const [gone, other] = [await shop.started(order), await shop.started(order)];
    await comesBack(shop, other, ...replies);
    expect((await shop.record(other.invoiceNumber)).status).toBe(status);
    await shop.comesBack(gone, CANCELLED);
    expect(await notesOf(shop, gone)).toEqual(untold);
    expect(await shop.record(gone.invoiceNumber)).toMatchObject({ handledAt: shop.now, dueAt: null });
  });

  test('pending', async () => {
    const shop = await openShop();
    const order = anOrder();
    const [gone] = [await shop.started(order), await shop.started(order)];
    await shop.comesBack(gone, CANCELLED);
    expect(await notesOf(shop, gone)).toEqual(untold);
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
    expect(await notesOf(shop, gone)).toEqual(untold);
  });
});

test.each<[string, unknown, string]>([
  ['an error', new Error('orders are locked'), 'orders are locked'],
  ['a text', 'orders are locked', 'orders are locked'],
  ['nothing', undefined, 'undefined'],
  ['what cannot be shown', Object.create(null), 'it threw something that cannot be shown'],
])('a hook that throws %s is told of by its words', async (_what, thrown, words) => {
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- shops do.
  const shop = await openShop({ onSuccess: () => Promise.reject(thrown) });
  const record = await shop.started();
  await comesBack(shop, record);
  expect((await notesOf(shop, record)).at(-1)).toEqual([
    'paid',
    `the shop's hook did not return (call 1): ${words}`,
  ]);
});
