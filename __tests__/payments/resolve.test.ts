import type { PaymentRecord } from 'express-atipay';
import { openShop } from '../helpers/opened';
import type { Shop } from '../helpers/shop';

async function inReview(shop: Shop): Promise<PaymentRecord> {
  const record = await shop.started();
  shop.gateway.replies['verify-payment'].push({ body: { amount: 1 } });
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  return shop.record(record.invoiceNumber);
}

test('a person may say paid: stored with note and time, and the shop is told', async () => {
  const shop = await openShop();
  const { invoiceNumber } = await inReview(shop);
  shop.now += 5_000;
  const payment = await shop.atipay.resolve(invoiceNumber, 'paid', '  Sara: seen on the bank statement ');
  expect(payment).toMatchObject({ status: 'paid', verifiedAt: shop.now });
  expect(await shop.atipay.history(invoiceNumber)).toContainEqual({
    at: shop.now,
    status: 'paid',
    note: 'resolved by hand as paid: Sara: seen on the bank statement',
  });
  expect(shop.hooks.map((call) => call.hook)).toEqual(['onReview', 'onSuccess']);
});

test('a person may say failed: the order is free again', async () => {
  const shop = await openShop();
  const { invoiceNumber, orderId } = await inReview(shop);
  expect(await shop.atipay.resolve(invoiceNumber, 'failed', 'Sara: given back')).toMatchObject({
    status: 'failed',
    failure: { reason: 'ResolvedByHand' },
  });
  expect(shop.hooks.map((call) => call.hook)).toEqual(['onReview', 'onFailure']);
  expect(await shop.record(invoiceNumber)).toMatchObject({ orderKey: null, dueAt: null });
  const again = await shop.started({ orderId, amount: 25_000, cellNumber: '09123456789' });
  await shop.comesBack(again, { referenceNumber: shop.gateway.receipt(again.invoiceNumber) });
  expect((await shop.record(again.invoiceNumber)).status).toBe('paid');
});

test('only a payment in review is decided, and only once', async () => {
  const shop = await openShop();
  const pending = await shop.started();
  await expect(shop.atipay.resolve(pending.invoiceNumber, 'paid', 'why not')).rejects.toMatchObject({
    code: 'ERR_ATIPAY_NOT_IN_REVIEW',
    status: 409,
    message: expect.stringContaining('pending') as string,
  });
  const { invoiceNumber } = await inReview(shop);
  const both = await Promise.allSettled([
    shop.atipay.resolve(invoiceNumber, 'paid', 'Sara'),
    shop.atipay.resolve(invoiceNumber, 'failed', 'Reza'),
  ]);
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await shop.record(pending.invoiceNumber)).toEqual(pending);
});

test.each([
  ['paid', ''],
  ['paid', '   '],
  ['paid', 'x'.repeat(501)],
  ['refunded', 'Sara'],
])('outcome %j with note %j is refused with what to do', async (outcome, note) => {
  const shop = await openShop();
  const { invoiceNumber } = await inReview(shop);
  await expect(shop.atipay.resolve(invoiceNumber, outcome as 'paid', note)).rejects.toMatchObject({
    code: 'ERR_ATIPAY_RESOLUTION',
  });
  expect((await shop.record(invoiceNumber)).status).toBe('review');
});

test('an unknown invoice number is an error', async () => {
  const shop = await openShop();
  await expect(shop.atipay.resolve('1'.repeat(20), 'paid', 'Sara')).rejects.toMatchObject({
    code: 'ERR_ATIPAY_PAYMENT_NOT_FOUND',
    status: 404,
  });
});

test('reviews lists what needs a person, oldest first', async () => {
  const shop = await openShop();
  const one = await inReview(shop);
  shop.now += 1_000;
  const two = await inReview(shop);
  await shop.started();
  expect((await shop.atipay.reviews()).map((payment) => payment.invoiceNumber)).toEqual([
    one.invoiceNumber,
    two.invoiceNumber,
  ]);
  expect(shop.told('review')).toHaveLength(2);
});

test('without onReview a review is an error in the log, and owes nothing', async () => {
  const shop = await openShop({ onReview: undefined as never });
  const record = await inReview(shop);
  expect(record).toMatchObject({ status: 'review', handledAt: shop.now, dueAt: null });
  expect(shop.logs).toContainEqual(
    expect.objectContaining({
      level: 'error',
      fields: expect.objectContaining({
        invoiceNumber: record.invoiceNumber,
        reason: 'AmountMismatch',
      }) as object,
    }),
  );
});
