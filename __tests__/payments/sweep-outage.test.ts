import type { PaymentRecord } from 'express-atipay';
import { closing, openShop } from '../support/opened';
import type { Reply } from '../support/scripted-gateway';
import { sharing } from '../support/sharing';
import { HOUR, MINUTE, Shop } from '../support/shop';

const REFUSAL: Reply = { body: { errorCode: '-2' } };
const AMOUNT: Reply = { body: { amount: 25_000 } };
const silent = (times: number): Reply[] => Array.from({ length: times }, () => 'reset');

/** Attempts without an answer, and none with one, after which a sweep that works on one payment at a time stops. */
const OUTAGE_AFTER = 20;

/** A shop that sweeps one payment after another. */
const openSweeping = (concurrency = 1): Promise<Shop> =>
  openShop({ recovery: { concurrency, everyMs: 24 * HOUR } });

/** Further payments of the same status, due after it in this order. */
async function alike(shop: Shop, record: PaymentRecord, count: number): Promise<PaymentRecord[]> {
  const records = Array.from({ length: count }, (_, place) => {
    const name = String(place + 1).padStart(20, '0');
    const own = {
      invoiceNumber: name,
      orderId: name,
      orderKey: name,
      referenceNumber: name,
      receiptKey: name,
    };
    return { ...record, ...own, dueAt: Number(record.dueAt) + place + 1 };
  });
  for (const one of records) await shop.store.insert(one);
  return records;
}

/** Attempts made in one sweep with these answers. */
async function attemptsIn(shop: Shop, replies: Reply[], after: number): Promise<number> {
  const attempts = (): number => shop.gateway.asked('verify-payment').length;
  const before = attempts();
  shop.gateway.replies['verify-payment'].push(...replies);
  await shop.sweepAfter(after);
  shop.gateway.replies['verify-payment'].length = 0;
  return attempts() - before;
}

describe('a sweep stops asking after 20 attempts without one answer', () => {
  test('whether or not they were the last ones of their windows', async () => {
    const shop = await openSweeping();
    const { record } = await shop.unanswered();
    await alike(shop, record, 24);
    expect(await attemptsIn(shop, silent(25), HOUR)).toBe(OUTAGE_AFTER);
    expect(await shop.atipay.reviews()).toHaveLength(OUTAGE_AFTER);
  });

  test('and looks at no further payment', async () => {
    const shop = await openSweeping();
    const { record } = await shop.unanswered();
    await alike(shop, record, 24);
    shop.gateway.replies['verify-payment'].push(...silent(25));
    expect(await shop.sweepAfter(MINUTE)).toMatchObject({ due: OUTAGE_AFTER, waiting: OUTAGE_AFTER });
  });

  test('and leaves the rest as it was: first in line at the next sweep', async () => {
    const shop = await openSweeping();
    const { record } = await shop.unanswered();
    const others = await alike(shop, record, 24);
    expect(await attemptsIn(shop, silent(25), MINUTE)).toBe(OUTAGE_AFTER);
    const left = others.slice(19);
    for (const one of left) expect(await shop.record(one.invoiceNumber)).toEqual(one);
    const seen: unknown[] = [];
    shop.gateway.replies['verify-payment'].push(...silent(5));
    const before = shop.gateway.asked('verify-payment').length;
    await shop.atipay.recover();
    for (const { body } of shop.gateway.asked('verify-payment').slice(before))
      seen.push(body['referenceNumber']);
    expect(seen).toEqual(left.map(({ referenceNumber }) => referenceNumber));
  });

  test('of payments in review as well', async () => {
    const shop = await openSweeping();
    await alike(shop, await shop.timedOut(), 24);
    expect(await attemptsIn(shop, silent(25), HOUR + MINUTE)).toBe(OUTAGE_AFTER);
    expect(await attemptsIn(shop, [], 0)).toBe(5);
  });

  test('and calls hooks and ends payments all the same', async () => {
    const shop = await openSweeping();
    const abandoned = await shop.started();
    const { record } = await shop.unanswered();
    await alike(shop, record, 24);
    expect(await attemptsIn(shop, silent(25), HOUR)).toBe(OUTAGE_AFTER);
    expect(await shop.record(abandoned.invoiceNumber)).toMatchObject({ failureReason: 'Abandoned' });
    expect(shop.hooks.filter(({ hook }) => hook === 'onFailure')).toHaveLength(1);
  });

  test('of twice as many where a sweep works on more at once', async () => {
    const shop = await openSweeping(15);
    const { record } = await shop.unanswered();
    await alike(shop, record, 59);
    const made = await attemptsIn(shop, silent(60), MINUTE);
    expect(made).toBeGreaterThanOrEqual(30);
    expect(made).toBeLessThan(60);
  });
});

describe('one answer, whichever payment it is about, and a sweep asks about all', () => {
  test.each<[what: string, reply: Reply]>([
    ['a refusal', REFUSAL],
    ['the amount', AMOUNT],
    ['another amount', { body: { amount: 1 } }],
  ])('%s', async (_what, reply) => {
    const shop = await openSweeping();
    const { record } = await shop.unanswered();
    await alike(shop, record, 39);
    expect(await attemptsIn(shop, [...silent(10), reply, ...silent(29)], MINUTE)).toBe(40);
  });

  test('so that half of the cards, silent for good, do not keep the others from being paid', async () => {
    const shop = await openSweeping();
    const { record } = await shop.unanswered();
    const payments = [record, ...(await alike(shop, record, 59))];
    // One of two is silent; the gateway confirms the others.
    const replies = payments.map((_, place): Reply => (place % 2 === 0 ? 'reset' : AMOUNT));
    await attemptsIn(shop, replies, MINUTE);
    const statuses = await Promise.all(
      payments.map(async ({ invoiceNumber }) => (await shop.record(invoiceNumber)).status),
    );
    expect(statuses).toEqual(payments.map((_, place) => (place % 2 === 0 ? 'verifying' : 'paid')));
  });

  test('and those asked least recently come first', async () => {
    const shop = await openSweeping();
    const { record } = await shop.unanswered();
    const [second] = await alike(shop, record, 1);
    await attemptsIn(shop, silent(2), MINUTE);
    shop.now += 1;
    const third = await shop.unanswered();
    const before = shop.gateway.asked('verify-payment').length;
    await attemptsIn(shop, silent(3), MINUTE);
    const order = shop.gateway
      .asked('verify-payment')
      .slice(before)
      .map(({ body }) => body['referenceNumber']);
    expect(order.slice(0, 2).sort()).toEqual([second?.referenceNumber, record.referenceNumber]);
    expect(order[2]).toBe(third.receipt);
  });
});

test('an attempt that another process makes says nothing about the gateway', async () => {
  const shop = await openSweeping();
  const { record } = await shop.unanswered();
  const others = await alike(shop, record, 59);
  shop.now += 100;
  const late = await shop.unanswered();
  // Another process attempts all but the first while the first is asked about.
  shop.gateway.replies['verify-payment'].push(async () => {
    for (const read of others) {
      const verifyAttempts = read.verifyAttempts + 1;
      const leaseUntil = shop.now + 2 * MINUTE;
      const next = { ...read, verifyAttempts, leaseUntil, dueAt: leaseUntil, version: read.version + 1 };
      await shop.store.update(next, read);
    }
    return 'reset';
  });
  expect(await attemptsIn(shop, [], MINUTE)).toBe(2);
  expect(await shop.record(late.record.invoiceNumber)).toMatchObject({ status: 'paid' });
});

test('two processes that sweep at once ask about each of 60 reviews once', async () => {
  const shop = await openSweeping(10);
  await alike(shop, await shop.timedOut(), 59);
  const other = closing(
    await Shop.open({
      store: sharing(shop.store),
      gatewayUrl: shop.gateway.url,
      recovery: { concurrency: 10 },
    }),
  );
  shop.gateway.replies['verify-payment'].push(...Array.from({ length: 60 }, () => REFUSAL));
  const before = shop.gateway.asked('verify-payment').length;
  other.now = shop.now += HOUR + MINUTE;
  await Promise.all([shop.atipay.recover(), other.atipay.recover()]);
  expect(shop.gateway.asked('verify-payment')).toHaveLength(before + 60);
  const reviews = await shop.atipay.reviews();
  expect(new Set(reviews.map(({ failure }) => failure.reason))).toEqual(new Set(['VerificationUnclear']));
});
