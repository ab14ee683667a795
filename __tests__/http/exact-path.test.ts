import type { RequestHandler } from 'express';
import { openShop } from '../support/opened';
import type { Shop } from '../support/shop';

const closed: RequestHandler = (_req, res) => void res.sendStatus(401);

/** A shop that guards /payment/pay and nothing else. */
const guarded = (): Promise<Shop> =>
  openShop({}, (app, router) => {
    app.use('/payment/pay', closed);
    app.use('/payment', router);
  });

const post = (shop: Shop, path: string): Promise<Response> =>
  shop.post(path, new URLSearchParams({ cart: '1' }));

describe('POST /pay behind a guard', () => {
  test.each([
    '/payment//pay',
    '//payment/pay',
    '//payment//pay',
    '/payment//pay/',
    '/payment///pay',
    '/payment/pay//',
    '/payment/./pay',
    '/payment/%70ay',
    '/payment%2Fpay',
    '/payment/pay%2F',
    '/payment\\pay',
    '/payment/PAY',
    '/payment/pay;x=1',
  ])('starts no payment under another spelling: %s', async (path) => {
    const shop = await guarded();
    const { status } = await post(shop, path);
    expect([400, 401, 404]).toContain(status);
    expect(shop.gateway.asked('get-token')).toHaveLength(0);
  });

  test.each(['/payment/pay', '/payment/pay?next=//cart'])('is the guard’s to answer: %s', async (path) => {
    const shop = await guarded();
    expect((await post(shop, path)).status).toBe(401);
  });
});

test('a query with two slashes does not hide /pay', async () => {
  const shop = await openShop();
  expect((await post(shop, '/payment/pay?next=//cart')).status).toBe(200);
});
