import { MemoryPaymentStore, UniqueViolation, type PaymentStore } from 'express-atipay';
import { helpFor } from '../../lib/errors';
import { entriesOf, eventsOf } from '../support/history';
import { openShop } from '../support/opened';
import { held, type Reply } from '../support/scripted-gateway';
import { sharing } from '../support/sharing';
import { anOrder, MINUTE } from '../support/shop';

// A payment without a token, for the caller, the log, the listeners and the history.

const SHOP =
  ' The reason is the shop: check the API key, the terminal and the registered IP address in AtiPay’s panel.';

test.each<[string, Reply, string, object]>([
  [
    'code and words',
    { body: { errorCode: '-7', faMessage: 'کلید نامعتبر' } },
    `(code -7: کلید نامعتبر).${SHOP}`,
    { code: '-7', description: 'کلید نامعتبر' },
  ],
  ['a code alone', { body: { errorCode: '-7' } }, '(code -7).', { code: '-7' }],
  [
    'words alone',
    { body: { faMessage: 'کلید نامعتبر' } },
    `(کلید نامعتبر).${SHOP}`,
    { description: 'کلید نامعتبر' },
  ],
])('a refusal that gives %s is reported in one sentence everywhere', async (_what, reply, why, data) => {
  const shop = await openShop();
  const order = anOrder();
  shop.gateway.replies['get-token'].push(reply);
  const message = `AtiPay refused a token ${why}`;
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
      fields: {
        invoiceNumber,
        orderId: order.orderId,
        account: 'default',
        status: 'failed',
        attempt: 0,
        reason: 'TokenRefused',
        help: helpFor('ERR_ATIPAY_TOKEN_REFUSED'),
      },
      message,
    },
  ]);
  expect(shop.told('gatewayError')).toEqual([
    {
      operation: 'get-token',
      // As it was before its hook was called.
      payment: expect.objectContaining({ invoiceNumber, status: 'failed' }) as object,
      error: expect.objectContaining({ message }) as Error,
    },
  ]);
  expect(entriesOf(await shop.atipay.history(invoiceNumber))).toEqual([
    { status: 'created', event: 'created', data: { order: order.orderId, amount: 25_000 } },
    { status: 'failed', event: 'tokenRefused', data },
    { status: 'failed', event: 'hookDelivered', data: { call: 1 } },
  ]);
});

test('a token that comes after a sweep has given its payment up counts as no answer', async () => {
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
  expect(eventsOf(record?.history ?? [])).toEqual(['created', 'tokenNeverCame', 'hookDelivered']);
});

test.each<[string, Error, number]>([
  ['ten invoice numbers in a row exist already', new UniqueViolation(), 10],
  ['the database is away', new Error('no connection'), 1],
])('no token is asked for when %s: the shop gets its store’s error', async (_why, error, times) => {
  const insert = jest.fn<Promise<void>, Parameters<PaymentStore['insert']>>(() => Promise.reject(error));
  const shop = await openShop({ store: sharing(new MemoryPaymentStore({ quiet: true }), { insert }) });
  await expect(shop.atipay.start(anOrder())).rejects.toBe(error);
  expect(new Set(insert.mock.calls.map(([{ invoiceNumber }]) => invoiceNumber)).size).toBe(times);
  expect(insert).toHaveBeenCalledTimes(times);
  expect(shop.gateway.calls).toEqual([]);
  expect(shop.told('transition')).toEqual([]);
});
