import { openShop, type OpenShop, type Visitor } from './shop';

let shop: OpenShop;
let buyer: Visitor;

beforeEach(async () => {
  shop = await openShop();
  buyer = shop.visitor();
});

afterEach(() => shop.close());

test('a paid order says so, and the buyer is still logged in', async () => {
  await buyer.login('نیلوفر');
  const { response } = await shop.simulator.pay(await buyer.buy());
  expect(response.headers['set-cookie']).toBeUndefined();
  const orderUrl = await buyer.moveOn(response.location);

  const { text } = await buyer.get(orderUrl);
  expect(orderUrl).toBe('/orders/1');
  expect(text).toContain('سفارش پرداخت شد');
  expect(text).toContain('نیلوفر');
  expect(text).not.toContain('action="/payment/pay"');
  expect((await buyer.get('/orders')).text).toContain('پرداخت شده');
  expect(await shop.db('orders')).toMatchObject([
    { id: 1, total: 890_000, mobile: '09123456789', state: 'paid' },
  ]);
});

test('the gateway is asked for Rials where the shop says Tomans', async () => {
  await shop.simulator.pay(await buyer.buy());
  const [payment] = shop.simulator.ledger.payments();
  expect(payment).toMatchObject({ amount: 8_900_000 });
});

test('a cancelled payment shows its reason, and the order is paid the second time', async () => {
  await buyer.login('نیلوفر');
  const { response } = await shop.simulator.cancel(await buyer.buy());
  const orderUrl = await buyer.moveOn(response.location);
  const failed = await buyer.get(orderUrl);
  expect(failed.text).toContain('پرداخت به درخواست شما لغو شد');
  expect(failed.text).toContain('پرداخت دوباره');
  expect(failed.text).toContain('نیلوفر');

  const again = await buyer.submit(orderUrl, '/payment/pay');
  expect(again.status).toBe(200);
  await shop.simulator.pay(again.text);
  expect((await buyer.get(orderUrl)).text).toContain('سفارش پرداخت شد');
  expect(await shop.db('orders')).toMatchObject([{ state: 'paid' }]);
});

test('an order that costs more once its payment is verified is not served for less', async () => {
  await shop.db.raw(
    `create trigger dearer after update on atipay_payments when new.status = 'paid'
     begin update orders set total = 99000000; end`,
  );
  const { response } = await shop.simulator.pay(await buyer.buy());
  expect(response.status).toBe(303);
  expect(shop.simulator.ledger.totals().verified.count).toBe(1);
  expect(await shop.db('orders')).toMatchObject([{ total: 99_000_000, state: 'open' }]);
});

test('another session sees, pays and cancels nothing of an order', async () => {
  await shop.simulator.cancel(await buyer.buy());
  const stranger = shop.visitor();
  await stranger.buy();
  const token = /name="_csrf" value="(\w+)"/.exec((await stranger.get('/')).text)?.[1] ?? '';

  expect((await stranger.get('/orders/1')).status).toBe(404);
  expect((await stranger.post('/payment/pay', { _csrf: token, orderId: '1' })).status).toBe(404);
  expect((await stranger.post('/orders/1/cancel', { _csrf: token })).status).toBe(404);
  expect((await stranger.get('/orders')).text).not.toContain('/orders/1"');
  expect((await buyer.get('/orders/1')).status).toBe(200);
});

test.each(['/payment/pay', '/checkout', '/cart', '/orders/1/cancel', '/logout'])(
  'a POST to %s without the token of the session is refused',
  async (path) => {
    await buyer.buy();
    const { status, text } = await buyer.post(path, { orderId: '1', mobile: '09123456789', product: 'tea' });
    expect(status).toBe(403);
    expect(text).toContain('این فرم دیگر معتبر نیست');
    expect(await shop.db('orders')).toMatchObject([{ id: 1, state: 'open' }]);
  },
);

test('a payment of an order that was cancelled meanwhile is not taken', async () => {
  const bank = await buyer.buy();
  await buyer.submit('/orders/1', '/orders/1/cancel');
  await shop.simulator.pay(bank);

  expect((await buyer.get('/orders/1')).text).toContain('سفارش لغو شد');
  const [payment] = shop.simulator.ledger.payments();
  expect(payment).toMatchObject({ status: 'taken', verifyCount: 0 });
  expect(await shop.db('orders')).toMatchObject([{ state: 'cancelled' }]);
});

test('a paid order is neither paid again nor cancelled', async () => {
  await shop.simulator.pay(await buyer.buy());
  const token = /name="_csrf" value="(\w+)"/.exec((await buyer.get('/')).text)?.[1] ?? '';

  const again = await buyer.post('/payment/pay', { _csrf: token, orderId: '1' });
  expect(again.status).toBe(303);
  expect(again.headers['location']).toBe('/orders/1');
  await buyer.post('/orders/1/cancel', { _csrf: token });
  expect((await buyer.get('/orders/1')).text).toContain('سفارش پرداخت شد');
});

test('a mobile number that is none is asked for again, and shown as typed', async () => {
  await buyer.submit('/', '/cart');
  const { status, text } = await buyer.submit('/checkout', '/checkout', { mobile: '"><script>0912' });
  expect(status).toBe(422);
  expect(text).toContain('value="&#34;&gt;&lt;script&gt;0912"');
  expect(await shop.db('orders')).toEqual([]);
});

test('an order of another amount than the payment is not payable', async () => {
  const bank = await buyer.buy();
  await shop.db('orders').update({ total: 1_000 });
  await shop.simulator.pay(bank);
  expect(await shop.db('orders')).toMatchObject([{ state: 'failed' }]);
});

test('an address that is none gets the 404 page', async () => {
  const { status, text } = await buyer.get('/nowhere');
  expect(status).toBe(404);
  expect(text).toContain('صفحه‌ای با این نشانی پیدا نشد');
});

test('plain http is not upgraded, and nothing inline is needed', async () => {
  const { headers, text } = await buyer.get('/');
  expect(headers['content-security-policy']).toContain("script-src 'self'");
  expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
  expect(text).not.toMatch(/<script|<style|\sstyle=|\son\w+=/);
  expect((await buyer.get('/style.css')).status).toBe(200);
});
