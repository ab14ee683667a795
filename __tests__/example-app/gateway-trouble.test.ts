import { openShop, type OpenShop, type Visitor } from './shop';

let shop: OpenShop;
let buyer: Visitor;
let error: jest.SpyInstance;

beforeEach(async () => {
  error = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  shop = await openShop();
  buyer = shop.visitor();
});

afterEach(async () => {
  await shop.close();
  jest.restoreAllMocks();
});

test('without a token the buyer gets the order and the reason, and can try again', async () => {
  shop.simulator.faults.add({ on: 'get-token', kind: 'refuse' });
  const page = await buyer.buy();
  expect(page).toBe('/orders/1');
  expect((await buyer.get(page)).text).toContain('درگاه پرداخت این درخواست را نپذیرفت');

  const again = await buyer.submit(page, '/payment/pay');
  await shop.simulator.pay(again.text);
  expect((await buyer.get(page)).text).toContain('سفارش پرداخت شد');
});

test('while the gateway does not say whether the money is there, the page waits and offers no payment', async () => {
  shop.simulator.faults.add({ on: 'verify-payment', kind: 'http', status: 500, times: 'always' });
  await shop.simulator.pay(await buyer.buy());

  const { text } = await buyer.get('/orders/1');
  expect(text).toContain('پرداخت در حال تأیید است');
  expect(text).toContain('http-equiv="refresh"');
  expect(text).not.toContain('action="/payment/pay"');
  expect(text).not.toContain('action="/orders/1/cancel"');
});

test('another amount than the order’s is for a person to look at', async () => {
  shop.simulator.faults.add({ on: 'verify-payment', kind: 'amount', amount: 10_000 });
  await shop.simulator.pay(await buyer.buy());

  const { text } = await buyer.get('/orders/1');
  expect(text).toContain('پرداخت در دست بررسی است');
  expect(text).not.toContain('action="/payment/pay"');
  expect(await shop.db('orders')).toMatchObject([{ state: 'review' }]);
  expect(error).toHaveBeenCalledWith(expect.stringContaining('Order 1 needs a person'));
});
