import { MemoryPaymentStore, type PaymentRecord } from 'express-atipay';
import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import { openSqlite } from '../support/databases';
import { openShop } from '../support/opened';
import { sharing } from '../support/sharing';
import { rejection } from '../support/store-errors';
import { anOrder, HOUR, MINUTE, type Shop } from '../support/shop';

const one = { recovery: { everyMs: HOUR, batch: 50, concurrency: 1 } };

test('a store that fails while a receipt is kept leaves the payment as it was', async () => {
  const rows = new MemoryPaymentStore({ quiet: true });
  let broken = false;
  const update: typeof rows.update = (record) => {
    if (!broken) return rows.update(record);
    broken = false;
    return Promise.reject(new Error('disk is full'));
  };
  const shop = await openShop({ store: sharing(rows, { update }) });
  const record = await shop.started();
  broken = true;
  const referenceNumber = shop.gateway.receipt(record.invoiceNumber);
  expect((await shop.comesBack(record, { referenceNumber })).status).toBe(500);
  expect(await shop.record(record.invoiceNumber)).toEqual(record);
  await shop.comesBack(record, { referenceNumber });
  expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
});

test('a payment that somebody deletes while its token is asked for is missed by its number', async () => {
  const db = openSqlite(':memory:');
  await createPaymentsTable(db);
  const shop = await openShop({ store: new KnexPaymentStore(db) as never });
  const order = anOrder();
  let gone = '';
  shop.gateway.replies['get-token'].push(async () => {
    const [record] = await shop.store.findByOrder('default', order.orderId);
    gone = record?.invoiceNumber ?? '';
    await db('atipay_payments').delete();
    return { body: { status: '1', token: 'the token' } };
  });
  expect(await rejection(shop.atipay.start(order))).toMatchObject({
    code: 'ERR_ATIPAY_STORE',
    message: `Payment ${gone} has gone from the store.`,
  });
  expect(gone).toMatch(/^\d{20}$/);
  await db.destroy();
});

/** During an outage, six payments that wait for an answer; something happens while the fifth is asked about. */
async function outage(onFifth: (shop: Shop, sixth: PaymentRecord) => Promise<unknown>): Promise<{
  shop: Shop;
  left: PaymentRecord;
  before: PaymentRecord;
}> {
  const shop = await openShop(one);
  const waiting = await Promise.all(Array.from({ length: 6 }, () => shop.unanswered()));
  const last = waiting[5]?.record as PaymentRecord;
  const before = (await shop.store.update({ ...last, dueAt: shop.now + MINUTE })) as PaymentRecord;
  shop.gateway.replies['verify-payment'].push('reset', 'reset', 'reset', 'reset', async () => {
    await onFifth(shop, before);
    return 'reset';
  });
  await shop.sweepAfter(MINUTE);
  return { shop, left: await shop.record(before.invoiceNumber), before };
}

describe('what a sweep during an outage does not ask about', () => {
  test('is due half a minute later, and otherwise as it was', async () => {
    const { shop, left, before } = await outage(() => Promise.resolve());
    expect(left).toEqual({ ...before, version: before.version + 1, dueAt: shop.now + 30_000 });
    expect(shop.gateway.asked('verify-payment')).toHaveLength(6 * 3 + 5);
    expect(shop.logs.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('stays with another process that asks about it at that moment', async () => {
    const { shop, left, before } = await outage((there, sixth) =>
      there.store.update({
        ...sixth,
        verifyAttempts: sixth.verifyAttempts + 1,
        dueAt: there.now + 2 * MINUTE,
      }),
    );
    expect(left).toMatchObject({ verifyAttempts: before.verifyAttempts + 1, dueAt: shop.now + 2 * MINUTE });
  });
});

test('a payment whose buyer comes back while others are abandoned is asked about, not abandoned', async () => {
  const waiting: PaymentRecord[] = [];
  const shop: Shop = await openShop({
    ...one,
    onFailure: async () => {
      const late = waiting[1] as PaymentRecord;
      shop.gateway.replies['verify-payment'].push('reset', 'reset', 'reset');
      await shop.comesBack(late, { referenceNumber: shop.gateway.receipt(late.invoiceNumber) });
    },
  });
  waiting.push(await shop.started());
  shop.now += 1;
  waiting.push(await shop.started());
  expect(await shop.sweepAfter(2 * HOUR)).toMatchObject({ due: 2, failed: 1 });
  expect(await shop.record(waiting[1]?.invoiceNumber ?? '')).toMatchObject({
    status: 'verifying',
    verifyAttempts: 3,
  });
});
