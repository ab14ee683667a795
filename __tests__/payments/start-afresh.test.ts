import { openShop } from '../support/opened';
import { anOrder, type Shop } from '../support/shop';

// A gateway that closes a kept connection at the moment of its reuse.

/** A shop that has a kept connection to its gateway. */
async function withKeptConnection(): Promise<Shop> {
  const shop = await openShop();
  await shop.started();
  return shop;
}

test('a buyer whose call met a closing connection gets a token over a fresh one, under a new invoice number', async () => {
  const shop = await withKeptConnection();
  shop.gateway.replies['get-token'].push('reset');
  const order = anOrder();
  const { payment } = await shop.atipay.start(order);
  const attempts = await shop.store.findByOrder('default', order.orderId);
  expect(attempts.map(({ status, failureReason }) => [status, failureReason])).toEqual(
    expect.arrayContaining([
      ['pending', null],
      ['failed', 'GatewayUnavailable'],
    ]),
  );
  const asked = shop.gateway
    .asked('get-token')
    .slice(-2)
    .map(({ body }) => body['invoiceNumber']);
  expect(new Set(asked).size).toBe(2);
  expect(asked[1]).toBe(payment.invoiceNumber);
});

test('the fresh connection is none of those that were kept', async () => {
  const shop = await openShop();
  await Promise.all([shop.started(), shop.started()]);
  shop.gateway.replies['get-token'].push('reset');
  await shop.started();
  const [first, second, kept, fresh] = shop.gateway.asked('get-token').map(({ port }) => port);
  expect([first, second]).toContain(kept);
  expect([first, second]).not.toContain(fresh);
});

test('the buyer is sent to the gateway all the same', async () => {
  const shop = await withKeptConnection();
  shop.gateway.replies['get-token'].push('reset');
  const answer = await shop.post('/payment/pay', '');
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('/redirect-to-gateway');
});

test('the second attempt is stored before the first is failed, so that onFailure is not called', async () => {
  const shop = await withKeptConnection();
  shop.gateway.replies['get-token'].push('reset');
  const order = anOrder();
  await shop.atipay.start(order);
  expect(shop.hooks).toEqual([]);
  const steps = shop
    .told('transition')
    .slice(-4)
    .map(({ from, to }) => [from, to]);
  expect(steps).toEqual([
    [undefined, 'created'],
    [undefined, 'created'],
    ['created', 'failed'],
    ['created', 'pending'],
  ]);
});

test('a fresh connection that breaks too is no answer: it is not tried a third time', async () => {
  const shop = await withKeptConnection();
  shop.gateway.replies['get-token'].push('reset', 'reset');
  await expect(shop.atipay.start(anOrder())).rejects.toMatchObject({
    code: 'ERR_ATIPAY_GATEWAY_UNAVAILABLE',
    status: 504,
  });
  expect(shop.gateway.asked('get-token')).toHaveLength(3);
});

test('a fresh connection that breaks at the first call is not tried again', async () => {
  const shop = await openShop();
  shop.gateway.replies['get-token'].push('reset');
  await expect(shop.atipay.start(anOrder())).rejects.toMatchObject({ status: 504 });
  expect(shop.gateway.asked('get-token')).toHaveLength(1);
});
