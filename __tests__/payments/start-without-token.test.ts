import { MemoryPaymentStore, UniqueViolation, type PaymentStore } from 'express-atipay';
import { openShop } from '../support/opened';
import { held, type Reply } from '../support/scripted-gateway';
import { sharing } from '../support/sharing';
import { anOrder, MINUTE } from '../support/shop';

// What a shop, its log, its listeners and the history are told when a payment gets no token.

test.each<[string, Reply, string]>([
  ['code and words', { body: { errorCode: '-7', faMessage: 'کلید نامعتبر' } }, 'code -7: کلید نامعتبر'],
  ['a code alone', { body: { errorCode: '-7' } }, 'code -7'],
  ['words alone', { body: { faMessage: 'کلید نامعتبر' } }, 'کلید نامعتبر'],
  ['nothing', { body: {} }, 'no reason given'],
])('a refusal that gives %s is told in one sentence everywhere', async (_what, reply, why) => {
  const shop = await openShop();
  const order = anOrder();
  shop.gateway.replies['get-token'].push(reply);
  const message = `AtiPay refused a token (${why}).`;
  await expect(shop.atipay.start(order)).rejects.toMatchObject({
    code: 'ERR_ATIPAY_TOKEN_REFUSED',
    status: 502,
    message,
  });
  const [payment] = await shop.atipay.findByOrder(order.orderId);
  const { invoiceNumber = '' } = payment ?? {};
  expect(shop.logs.filter(({ level }) => level === 'error')).toEqual([
    {
      level: 'error',
      fields: { invoiceNumber, orderId: order.orderId, reason: 'TokenRefused' },
      message,
    },
  ]);
  expect(shop.told('gatewayError')).toEqual([
    { operation: 'get-token', payment, error: expect.objectContaining({ message }) as Error },
  ]);
  expect((await shop.atipay.history(invoiceNumber)).map(({ status, note }) => [status, note])).toEqual([
    ['created', `order ${order.orderId}: 25000 Rials to pay`],
    ['failed', message],
    ['failed', 'the shop was told'],
  ]);
});

test('a token that comes after a sweep has given its payment up is told as no answer', async () => {
  const shop = await openShop({ http: { timeout: 5_000 } });
  const token = held({ body: { status: '1', token: 'too late' } });
  shop.gateway.replies['get-token'].push(token.reply);
  const starting = shop.atipay.start(anOrder({ orderId: 'given up' }));
  while (shop.gateway.asked('get-token').length === 0) await new Promise(setImmediate);
  await shop.sweepAfter(3 * MINUTE);
  const [record] = await shop.store.findByOrder('default', 'given up');
  token.release();
  await expect(starting).rejects.toMatchObject({
    code: 'ERR_ATIPAY_GATEWAY_UNAVAILABLE',
    message: `Payment ${record?.invoiceNumber} was given up before its token came.`,
  });
  expect(record?.history.map(({ note }) => note)).toEqual([
    'order given up: 25000 Rials to pay',
    'no token came: the process that asked for it is gone',
    'the shop was told',
  ]);
});

test.each<[string, Error, number]>([
  ['ten invoice numbers in a row exist already', new UniqueViolation(), 10],
  ['the database is away', new Error('no connection'), 1],
])('no token is asked for when %s: the shop gets what its store threw', async (_why, error, times) => {
  const insert = jest.fn<Promise<void>, Parameters<PaymentStore['insert']>>(() => Promise.reject(error));
  const shop = await openShop({ store: sharing(new MemoryPaymentStore({ quiet: true }), { insert }) });
  await expect(shop.atipay.start(anOrder())).rejects.toBe(error);
  expect(new Set(insert.mock.calls.map(([{ invoiceNumber }]) => invoiceNumber)).size).toBe(times);
  expect(insert).toHaveBeenCalledTimes(times);
  expect(shop.gateway.calls).toEqual([]);
  expect(shop.told('transition')).toEqual([]);
});
