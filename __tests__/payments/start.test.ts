import { MemoryPaymentStore, UniqueViolation } from 'express-atipay';
import { openShop } from '../support/opened';
import type { Reply } from '../support/scripted-gateway';
import { anOrder, API_KEY, HOUR } from '../support/shop';

test('start stores the payment before it asks for the token, and the token before the buyer sees it', async () => {
  const shop = await openShop();
  let stored: string[] = [];
  shop.gateway.replies['get-token'].push(async () => {
    stored = (await shop.store.findByOrder('default', 'A')).map((record) => record.status);
    return { body: { status: 1, token: 'the token' } };
  });
  const { payment, url } = await shop.atipay.start(anOrder({ orderId: 'A' }));
  expect(stored).toEqual(['created']);
  const record = await shop.record(payment.invoiceNumber);
  expect(record).toMatchObject({ status: 'pending', token: 'the token', dueAt: shop.now + HOUR });
  expect(url).toBe(`${shop.origin}/payment/pay/${payment.invoiceNumber}/${record.returnKey}`);
  expect(await (await fetch(url)).text()).toContain('value="the token"');
});

test('get-token is sent the fields of the protocol', async () => {
  const shop = await openShop({ currency: 'IRT' });
  const settlement = [{ iban: 'IR062960000000100324200001', amount: 2_500 }];
  const record = await shop.started({
    orderId: 42,
    amount: 2_500n,
    cellNumber: '۰۹۱۲ ۳۴۵ ۶۷۸۹',
    description: 'کفش',
    settlement,
  });
  expect(shop.gateway.asked('get-token').map(({ body }) => body)).toEqual([
    {
      amount: 25_000,
      cellNumber: '09123456789',
      description: 'کفش',
      invoiceNumber: record.invoiceNumber,
      redirectUrl: `${shop.origin}/payment/callback/${record.invoiceNumber}/${record.returnKey}`,
      scatteredSettlementItems: [{ iban: 'IR062960000000100324200001', amount: 25_000 }],
      apiKey: API_KEY,
    },
  ]);
  expect(await shop.atipay.find(record.invoiceNumber)).toMatchObject({
    orderId: '42',
    amount: 2_500,
    currency: 'IRT',
    settlement,
  });
});

test.each<[string, Reply, string, string, number]>([
  [
    'refused',
    { body: { status: '0', errorCode: '-7', errorDescription: 'no such key' } },
    'TokenRefused',
    'ERR_ATIPAY_TOKEN_REFUSED',
    502,
  ],
  [
    'refused in Persian',
    { body: { faMessage: 'کلید نامعتبر' } },
    'TokenRefused',
    'ERR_ATIPAY_TOKEN_REFUSED',
    502,
  ],
  [
    'granted without a token',
    { body: { status: '1', token: '' } },
    'GatewayUnavailable',
    'ERR_ATIPAY_GATEWAY_UNAVAILABLE',
    504,
  ],
  ['unanswered', 'reset', 'GatewayUnavailable', 'ERR_ATIPAY_GATEWAY_UNAVAILABLE', 504],
  [
    'answered in HTML',
    { type: 'text/html', body: '<p>' },
    'GatewayUnavailable',
    'ERR_ATIPAY_GATEWAY_UNAVAILABLE',
    504,
  ],
  [
    'answered with 500',
    { status: 500, body: { status: '1', token: 't' } },
    'GatewayUnavailable',
    'ERR_ATIPAY_GATEWAY_UNAVAILABLE',
    504,
  ],
])(
  'a token %s fails that payment for good and calls the hook; the order may be tried again',
  async (_how, reply, reason, code, status) => {
    const shop = await openShop();
    shop.gateway.replies['get-token'].push(reply);
    const order = anOrder();
    await expect(shop.atipay.start(order)).rejects.toMatchObject({ code, status });
    expect(await shop.store.findByOrder('default', order.orderId)).toMatchObject([
      { status: 'failed', failureReason: reason },
    ]);
    expect(shop.hooks).toMatchObject([{ hook: 'onFailure', payment: { failure: { reason } } }]);
    const words = expect.stringMatching(/\/get-token\.|refused a token/) as string;
    expect(shop.told('gatewayError')).toMatchObject([{ operation: 'get-token', error: { message: words } }]);
    expect((await shop.started(order)).status).toBe('pending');
    expect(shop.gateway.asked('get-token')).toHaveLength(2);
  },
);

test("the refusal's code and Persian message are in the error and in the history", async () => {
  const shop = await openShop();
  shop.gateway.replies['get-token'].push({ body: { errorCode: '-7', faMessage: 'کلید نامعتبر' } });
  const order = anOrder();
  await expect(shop.atipay.start(order)).rejects.toThrow(/-7.*کلید نامعتبر/);
  const [payment] = await shop.atipay.findByOrder(order.orderId);
  const history = await shop.atipay.history(payment?.invoiceNumber ?? '');
  expect(history).toContainEqual(
    expect.objectContaining({ event: 'tokenRefused', data: { code: '-7', description: 'کلید نامعتبر' } }),
  );
});

test('an order that a payment already has is not charged again', async () => {
  const shop = await openShop();
  const order = anOrder();
  const record = await shop.started(order);
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  const again = await shop.atipay.start(order);
  expect(again.payment).toMatchObject({ status: 'paid', invoiceNumber: record.invoiceNumber });
  expect(again.url).toBe(`${shop.origin}/payment/taken`);
  expect(shop.gateway.asked('get-token')).toHaveLength(1);
});

test.each([
  ['received', { stillPayable: () => Promise.reject(new Error('away')) }, []],
  ['verifying', {}, ['reset', 'reset', 'reset'] as Reply[]],
  ['review', {}, [{ body: { amount: 3 } }]],
])('nor is one whose payment is %s', async (status, config, replies) => {
  const shop = await openShop(config);
  const order = anOrder();
  const record = await shop.started(order);
  shop.gateway.replies['verify-payment'].push(...replies);
  await shop.comesBack(record, { referenceNumber: 'r' });
  expect((await shop.atipay.start(order)).payment).toMatchObject({
    status,
    invoiceNumber: record.invoiceNumber,
  });
});

test('pending and failed payments do not stand in the way of another try', async () => {
  const shop = await openShop();
  const order = anOrder();
  const one = await shop.started(order);
  await shop.comesBack(one, { state: 'Failed', status: '3' });
  shop.now += 1_000;
  const two = await shop.started(order);
  const three = await shop.started(order);
  expect(new Set([one, two, three].map((record) => record.invoiceNumber)).size).toBe(3);
  expect((await shop.atipay.findByOrder(order.orderId)).map((payment) => payment.status)).toEqual([
    'pending',
    'pending',
    'failed',
  ]);
});

test('an invoice number that exists already is drawn again', async () => {
  const store = new MemoryPaymentStore({ quiet: true });
  const tried: string[] = [];
  const shop = await openShop({
    store: Object.assign(Object.create(store) as MemoryPaymentStore, {
      insert: (record: Parameters<MemoryPaymentStore['insert']>[0]) => {
        tried.push(record.invoiceNumber);
        return tried.length < 3 ? Promise.reject(new UniqueViolation()) : store.insert(record);
      },
      find: store.find.bind(store),
      findByOrder: store.findByOrder.bind(store),
      update: store.update.bind(store),
      due: store.due.bind(store),
      inReview: store.inReview.bind(store),
    }),
  });
  const record = await shop.started();
  expect(record.invoiceNumber).toBe(tried[2]);
});

test('an order that cannot be paid is refused before anything is stored or asked', async () => {
  const shop = await openShop();
  await expect(shop.atipay.start({ orderId: 'x', amount: 1.5, cellNumber: '0912' })).rejects.toMatchObject({
    code: 'ERR_ATIPAY_ORDER',
    status: 500,
    expose: false,
    message: expect.stringMatching(/^The order cannot be paid: .+\.$/) as string,
  });
  await expect(shop.atipay.start(anOrderWith('12'))).rejects.toMatchObject({ status: 422, expose: true });
  await expect(shop.atipay.start({ orderId: 'x', amount: 1_000 })).rejects.toMatchObject({
    status: 500,
    expose: false,
  });
  expect(await shop.atipay.findByOrder('x')).toEqual([]);
  expect(shop.gateway.calls).toEqual([]);
});

const anOrderWith = (cellNumber: string): ReturnType<typeof anOrder> => ({ ...anOrder(), cellNumber });
