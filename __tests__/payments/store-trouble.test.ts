import { AtipayError, MemoryPaymentStore, type PaymentRecord } from 'express-atipay';
import { openShop } from '../support/opened';
import { sharing } from '../support/sharing';
import { rejection } from '../support/store-errors';
import { anOrder, HOUR, type Shop } from '../support/shop';

const one = { recovery: { everyMs: HOUR, batch: 50, concurrency: 1 } };

test('a store that fails while a receipt is kept leaves the payment as it was', async () => {
  const rows = new MemoryPaymentStore({ quiet: true });
  let broken = false;
  const update: typeof rows.update = (next, read) => {
    if (!broken) return rows.update(next, read);
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

test('a due payment whose row is locked waits for the next sweep, without an error', async () => {
  const rows = new MemoryPaymentStore({ quiet: true });
  const state = { locked: false };
  const store = sharing(rows, {
    update: (next, read) =>
      state.locked
        ? Promise.reject(new AtipayError('ERR_ATIPAY_STORE_LOCKED', 'the row is locked'))
        : rows.update(next, read),
  });
  const shop = await openShop({ store });
  const record = await shop.started();
  state.locked = true;
  expect(await shop.sweepAfter(HOUR)).toMatchObject({ due: 1, failed: 0, waiting: 1 });
  expect(shop.trouble).toEqual([]);
  state.locked = false;
  expect(await shop.sweepAfter(0)).toMatchObject({ due: 1, failed: 1, waiting: 0 });
  expect((await shop.record(record.invoiceNumber)).failureReason).toBe('Abandoned');
});

test('a payment that is deleted while its token is asked for is missed by its number', async () => {
  const rows = new MemoryPaymentStore({ quiet: true });
  let deleted: string | undefined;
  const store = sharing(rows, {
    find: (invoiceNumber) =>
      invoiceNumber === deleted ? Promise.resolve(undefined) : rows.find(invoiceNumber),
    update: (next, read) =>
      next.invoiceNumber === deleted ? Promise.resolve(false) : rows.update(next, read),
  });
  const shop = await openShop({ store });
  const order = anOrder();
  shop.gateway.replies['get-token'].push(async () => {
    const [record] = await rows.findByOrder('default', order.orderId);
    deleted = record?.invoiceNumber;
    return { body: { status: '1', token: 'the token' } };
  });
  expect(await rejection(shop.atipay.start(order))).toMatchObject({
    code: 'ERR_ATIPAY_STORE',
    message: `Payment ${String(deleted)} has gone from the store.`,
  });
  expect(deleted).toMatch(/^\d{20}$/);
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
