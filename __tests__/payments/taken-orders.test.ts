import { openShop } from '../support/opened';
import type { Reply } from '../support/scripted-gateway';
import { anOrder, MINUTE, type Shop } from '../support/shop';

async function paid(shop: Shop, order = anOrder(), ...replies: Reply[]) {
  const record = await shop.started(order);
  shop.gateway.replies['verify-payment'].push(...replies);
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  return shop.record(record.invoiceNumber);
}

describe('an order id that has a payment of another amount is not started again', () => {
  test('it throws, naming both amounts', async () => {
    const shop = await openShop();
    const order = anOrder({ orderId: 'wallet-7' });
    await paid(shop, order);
    await expect(shop.atipay.start({ ...order, amount: 99_000 })).rejects.toMatchObject({
      code: 'ERR_ATIPAY_ORDER_AMOUNT',
      status: 409,
      expose: false,
      message: expect.stringMatching(/wallet-7 .*25000 Rials \(paid\).*99000 Rials/) as string,
    });
    expect(shop.gateway.asked('get-token')).toHaveLength(1);
    expect(await shop.atipay.findByOrder('wallet-7')).toHaveLength(1);
  });

  test('in Tomans where the shop counts in Tomans', async () => {
    const shop = await openShop({ currency: 'IRT' });
    const order = anOrder();
    await paid(shop, order);
    await expect(shop.atipay.start({ ...order, amount: 10_000 })).rejects.toMatchObject({
      message: expect.stringMatching(/25000 Tomans.*10000 Tomans/) as string,
    });
  });

  test.each<[string, Reply[]]>([
    ['verifying', ['reset', 'reset', 'reset']],
    ['review', [{ body: { amount: 1 } }]],
  ])('also while that payment is %s', async (status, replies) => {
    const shop = await openShop();
    const order = anOrder();
    expect(await paid(shop, order, ...replies)).toMatchObject({ status });
    await expect(shop.atipay.start({ ...order, amount: 1_000 })).rejects.toMatchObject({
      code: 'ERR_ATIPAY_ORDER_AMOUNT',
    });
  });

  test('also while a payment with a receipt waits', async () => {
    const shop = await openShop({ stillPayable: () => Promise.reject(new Error('away')) });
    const order = anOrder();
    expect(await paid(shop, order)).toMatchObject({ status: 'received' });
    await expect(shop.atipay.start({ ...order, amount: 1_000 })).rejects.toMatchObject({
      code: 'ERR_ATIPAY_ORDER_AMOUNT',
    });
  });

  test('a failed or pending payment of another amount does not stand in the way', async () => {
    const shop = await openShop();
    const order = anOrder();
    const cancelled = await shop.started(order);
    await shop.comesBack(cancelled, { state: 'CanceledByUser', status: '1' });
    await shop.started({ ...order, amount: 30_000 });
    expect((await shop.atipay.start({ ...order, amount: 40_000 })).payment).toMatchObject({
      status: 'pending',
      amount: 40_000,
    });
  });

  test('an equal amount leads to the payment that has the order', async () => {
    const shop = await openShop({ resultUrl: ({ orderId }) => `/orders/${orderId}` });
    const order = anOrder();
    const { invoiceNumber } = await paid(shop, order);
    expect(await shop.atipay.start({ ...order, amount: 25_000 })).toMatchObject({
      payment: { invoiceNumber, status: 'paid' },
      url: `/orders/${order.orderId}`,
    });
  });
});

describe('an order has at most attempts.perOrder attempts that are not finished', () => {
  test('the next one is refused with 429 and counts again when some have ended', async () => {
    const shop = await openShop({ attempts: { perOrder: 3 } });
    const order = anOrder();
    const [first] = [await shop.started(order), await shop.started(order), await shop.started(order)];
    await expect(shop.atipay.start(order)).rejects.toMatchObject({
      code: 'ERR_ATIPAY_ORDER_ATTEMPTS',
      status: 429,
      message: expect.stringContaining('3 attempts') as string,
    });
    expect(shop.gateway.asked('get-token')).toHaveLength(3);
    await shop.comesBack(first, { state: 'CanceledByUser', status: '1' });
    expect((await shop.atipay.start(order)).payment.status).toBe('pending');
  });

  test('twenty, unless the shop says otherwise', async () => {
    const shop = await openShop();
    const order = anOrder();
    for (let count = 0; count < 20; count += 1) await shop.started(order);
    await expect(shop.atipay.start(order)).rejects.toMatchObject({ code: 'ERR_ATIPAY_ORDER_ATTEMPTS' });
    expect((await shop.atipay.start(anOrder())).payment.status).toBe('pending');
    await shop.sweepAfter(60 * MINUTE);
    expect((await shop.atipay.start(order)).payment.status).toBe('pending');
  });

  test('but an order that is paid leads to its payment, however many are open', async () => {
    const shop = await openShop({ attempts: { perOrder: 2 } });
    const order = anOrder();
    const [one] = [await shop.started(order), await shop.started(order)];
    await shop.comesBack(one, { referenceNumber: shop.gateway.receipt(one.invoiceNumber) });
    expect((await shop.atipay.start(order)).payment).toMatchObject({ status: 'paid' });
  });
});

describe('an order id of type bigint', () => {
  test.each([7n, 2n ** 64n])('%p is taken as its digits', async (orderId) => {
    const shop = await openShop({ getOrder: () => ({ ...anOrder(), orderId }) });
    const response = await shop.post('/payment/pay', new URLSearchParams());
    expect(response.status).toBe(200);
    expect(await shop.atipay.findByOrder(orderId)).toMatchObject([{ orderId: String(orderId) }]);
  });

  test('names the same order as the number and the text of its digits', async () => {
    const shop = await openShop();
    const { payment } = await shop.atipay.start({ ...anOrder(), orderId: 7n });
    expect(payment.orderId).toBe('7');
    for (const orderId of [7, '7', 7n]) {
      expect(await shop.atipay.findByOrder(orderId)).toMatchObject([
        { invoiceNumber: payment.invoiceNumber },
      ]);
    }
  });

  test('is paid once, whichever way it is written', async () => {
    const shop = await openShop();
    const { payment } = await shop.atipay.start({ ...anOrder(), orderId: 7n });
    const record = await shop.record(payment.invoiceNumber);
    await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
    expect((await shop.atipay.start({ ...anOrder(), orderId: 7 })).payment).toMatchObject({ status: 'paid' });
  });
});
