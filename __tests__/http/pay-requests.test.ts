import type { AtipayConfig, OrderInput } from 'express-atipay';
import request from 'supertest';
import { openShop } from '../support/opened';
import { anOrder, MINUTE, type Shop } from '../support/shop';

const JSON_FIRST = 'application/json, text/plain, */*';

const pay = (shop: Shop, headers: Record<string, string>, body = 'cart=1'): Promise<Response> =>
  shop.post('/payment/pay', body, { 'Content-Type': 'application/x-www-form-urlencoded', ...headers });

describe('who gets a page and who gets JSON from POST /pay', () => {
  // Not by fetch: Node's sets Sec-Fetch-Mode.
  const sent = async (headers: Record<string, string>, body: string | object): Promise<string> => {
    const shop = await openShop();
    const form = typeof body === 'string' ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {};
    const answer = await request(shop.server)
      .post('/payment/pay')
      .set({ ...form, ...headers })
      .send(body);
    return answer.type;
  };

  test.each<[string, Record<string, string>, string]>([
    ['a browser', { Accept: 'text/html,*/*;q=0.8' }, 'text/html'],
    [
      'a navigation that accepts JSON first',
      { Accept: JSON_FIRST, 'Sec-Fetch-Mode': 'navigate' },
      'text/html',
    ],
    ['a form of a WebView that accepts JSON first', { Accept: JSON_FIRST }, 'text/html'],
    [
      'a navigation that accepts JSON',
      { Accept: 'application/json', 'Sec-Fetch-Mode': 'navigate' },
      'text/html',
    ],
    ['fetch that accepts JSON first', { Accept: JSON_FIRST, 'Sec-Fetch-Mode': 'cors' }, 'application/json'],
    ['a program that accepts JSON only', { Accept: 'application/json' }, 'application/json'],
  ])('%s', async (_who, headers, type) => {
    expect(await sent(headers, 'cart=1')).toBe(type);
  });

  test('a program that sends JSON', async () => {
    expect(await sent({ Accept: '*/*' }, { cart: 1 })).toBe('application/json');
  });
});

describe('a body that an adapter left as bytes', () => {
  const withBody = (body: string, type: string): Promise<Shop> =>
    openShop(
      { getOrder: (req) => ((req.body as { id?: string }).id === '7' ? anOrder() : undefined) },
      (app, router) => {
        app.use((req, _res, next) => {
          req.body = Buffer.from(body);
          req.headers['content-type'] = type;
          next();
        });
        app.use('/payment', router);
      },
    );

  test.each([
    ['{"id":"7"}', 'application/json; charset=utf-8'],
    ['{"id":"7"}', 'application/vnd.api+json'],
    ['id=7&x=1', 'application/x-www-form-urlencoded'],
  ])('is parsed for getOrder: %s as %s', async (body, type) => {
    const shop = await withBody(body, type);
    expect((await shop.post('/payment/pay', '')).status).toBe(200);
  });

  test('is refused with 400 when it is broken', async () => {
    const shop = await withBody('{"id":', 'application/json');
    expect((await shop.post('/payment/pay', '')).status).toBe(400);
  });
});

describe('an order that has a payment', () => {
  const taken = async (overrides: Partial<AtipayConfig> = {}): Promise<{ shop: Shop; order: OrderInput }> => {
    const order = anOrder();
    const shop = await openShop({ getOrder: () => order, ...overrides });
    const record = await shop.started(order);
    await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
    return { shop, order };
  };

  test('does not hand out the payment’s key to a client that names it', async () => {
    const { shop } = await taken();
    const answer = await pay(shop, { Accept: 'text/html' });
    expect(answer.status).toBe(409);
    expect(answer.headers.get('location')).toBeNull();
    const json = await pay(shop, { Accept: 'application/json' });
    const { returnKey } = (await shop.store.inReview('default', 1))[0] ?? { returnKey: '/result/' };
    expect(await json.text()).not.toContain(returnKey);
  });

  test('leads to the shop’s page where there is one', async () => {
    const { shop } = await taken({ resultUrl: ({ orderId }) => `/orders/${orderId}` });
    const answer = await pay(shop, { Accept: 'text/html' });
    expect(answer.headers.get('location')).toMatch(/^\/orders\/order-\d+$/);
  });

  test('has an address without a key for start()', async () => {
    const { shop, order } = await taken();
    const { url, payment } = await shop.atipay.start(order);
    expect(url).toBe(`${shop.origin}/payment/taken`);
    expect(payment.status).toBe('paid');
    expect((await shop.get('/payment/taken')).status).toBe(409);
  });
});

describe('an old payment link', () => {
  const link = ({ invoiceNumber, returnKey }: { invoiceNumber: string; returnKey: string }): string =>
    `/payment/pay/${invoiceNumber}/${returnKey}`;

  test('sends the buyer to the gateway while its token is fresh', async () => {
    const shop = await openShop();
    const record = await shop.started();
    shop.now += 14 * MINUTE;
    expect(await (await shop.get(link(record))).text()).toContain(record.token);
  });

  test('offers a new attempt by a button afterwards, and starts nothing when it is only loaded', async () => {
    const shop = await openShop();
    const record = await shop.started();
    shop.now += 20 * MINUTE;
    const page = await (await shop.get(link(record))).text();
    expect(page).toContain('<form method="post">');
    expect(page).not.toContain(record.token);
    expect(shop.gateway.asked('get-token')).toHaveLength(1);
  });

  test('gets a new attempt by POST, and the old one stays payable', async () => {
    const shop = await openShop();
    const record = await shop.started();
    shop.now += 20 * MINUTE;
    const answer = await shop.post(link(record), '');
    expect(answer.status).toBe(200);
    const attempts = await shop.atipay.findByOrder(record.orderId);
    expect(attempts.map(({ status }) => status)).toEqual(['pending', 'pending']);
    await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
    expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
  });

  test('of a payment that is decided leads to its result', async () => {
    const shop = await openShop();
    const record = await shop.started();
    await shop.comesBack(record, { state: 'Failed', status: '3' });
    const answer = await shop.post(link(record), '');
    expect(answer.status).toBe(303);
    expect(shop.gateway.asked('get-token')).toHaveLength(1);
  });

  test('with a wrong key is an address that does not exist', async () => {
    const shop = await openShop();
    const record = await shop.started();
    expect((await shop.post(link({ ...record, returnKey: 'x' }), '')).status).toBe(404);
  });
});
