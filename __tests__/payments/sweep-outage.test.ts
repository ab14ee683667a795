import type { PaymentRecord } from 'express-atipay';
import { openShop } from '../support/opened';
import type { Reply } from '../support/scripted-gateway';
import { HOUR, MINUTE, type Shop } from '../support/shop';

const REFUSAL: Reply = { body: { errorCode: '-2' } };
const silent = (times: number): Reply[] => Array.from({ length: times }, () => 'reset');
const times = (count: number): Partial<PaymentRecord>[] => Array.from({ length: count }, () => ({}));

/** A shop that sweeps one payment after another. */
const openSweeping = (): Promise<Shop> => openShop({ recovery: { concurrency: 1, everyMs: 24 * HOUR } });

/** Further payments that became what this one did, due after it in this order. */
async function alike(
  shop: Shop,
  record: PaymentRecord,
  patches: Partial<PaymentRecord>[],
): Promise<PaymentRecord[]> {
  const records = patches.map((patch, place) => {
    const name = String(place + 1).padStart(20, '0');
    const own = { invoiceNumber: name, orderId: name, orderKey: name, referenceNumber: name };
    return { ...record, ...own, dueAt: Number(record.dueAt) + place + 1, ...patch };
  });
  for (const one of records) await shop.store.insert(one);
  return records;
}

/** Asks made in one sweep with these answers. */
async function asksIn(shop: Shop, replies: Reply[], after: number): Promise<number> {
  const attempts = (): number => shop.gateway.asked('verify-payment').length;
  const before = attempts();
  shop.gateway.replies['verify-payment'].push(...replies);
  await shop.sweepAfter(after);
  return attempts() - before;
}

describe('five asks in a row without an answer are enough for one sweep', () => {
  test('whether or not they were the last ones of their windows', async () => {
    const shop = await openSweeping();
    const { record } = await shop.unanswered();
    await alike(shop, record, times(7));
    expect(await asksIn(shop, silent(8), HOUR)).toBe(5);
    expect(await shop.atipay.reviews()).toHaveLength(5);
  });

  test('of payments in review as well: the rest is left, uncounted, to the next sweep', async () => {
    const shop = await openSweeping();
    const record = await shop.timedOut();
    const others = await alike(shop, record, times(7));
    expect(await asksIn(shop, silent(8), HOUR + MINUTE)).toBe(5);
    for (const { invoiceNumber, nextVerifyAt, verifyAttempts } of others.slice(4)) {
      expect(await shop.record(invoiceNumber)).toMatchObject({
        verifyAttempts,
        nextVerifyAt,
        dueAt: shop.now + 30_000,
      });
    }
    expect(await asksIn(shop, [], 30_000)).toBe(3);
  });

  test.each<[what: string, replies: Reply[]]>([
    ['a refusal', [...silent(4), REFUSAL, ...silent(4)]],
    ['an amount', [...silent(4), { body: { amount: 1 } }, ...silent(4)]],
    ['five refusals, which are answers,', [REFUSAL, REFUSAL, REFUSAL, REFUSAL, REFUSAL, ...silent(4)]],
  ])('%s in between and they are counted anew', async (_what, replies) => {
    const shop = await openSweeping();
    await alike(shop, await shop.timedOut(), times(8));
    expect(await asksIn(shop, replies, HOUR + MINUTE)).toBe(9);
  });

  test('the hooks of reviews are called all the same, and are no answers', async () => {
    const shop = await openSweeping();
    const record = await shop.timedOut();
    shop.hooks.length = 0;
    const owed = { hookDeliveredAt: null, hookAttempts: 0 };
    const decided = { ...owed, failureReason: 'AmountMismatch', nextVerifyAt: null } as const;
    const notAskedYet = { ...owed, nextVerifyAt: shop.now + 2 * HOUR };
    const [, , , first, second, , left, third, fourth] = await alike(shop, record, [
      ...times(3),
      decided,
      notAskedYet,
      ...times(2),
      decided,
      owed,
    ]);
    expect(await asksIn(shop, silent(7), HOUR + MINUTE)).toBe(6);
    expect(shop.hooks.map(({ payment }) => payment.invoiceNumber)).toEqual(
      [first, second, third, fourth].map((one) => one?.invoiceNumber),
    );
    expect(await shop.record(String(left?.invoiceNumber))).toMatchObject({
      verifyAttempts: record.verifyAttempts,
    });
  });
});
