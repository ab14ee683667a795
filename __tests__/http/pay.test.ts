import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import type { AtipayConfig } from 'express-atipay';
import { openShop } from '../support/opened';
import { anOrder } from '../support/shop';
import { html, json, paid, path } from './pages';

describe('POST /pay', () => {
  test('answers a browser with the page that takes it to the gateway, under a complete policy', async () => {
    const shop = await openShop();
    const response = await request(shop.server).post('/payment/pay').set(html).expect(200);
    expect(response.text).toContain(`action="${shop.gateway.url}/redirect-to-gateway"`);
    const policy = response.headers['content-security-policy'] ?? '';
    expect(policy).toMatch(/default-src 'none'.*script-src 'sha256-.*frame-ancestors 'none'/);
    expect(policy).not.toContain('form-action');
    expect(response.headers).toMatchObject({ 'referrer-policy': 'origin', 'cache-control': 'no-store' });
  });

  test('replaces the policy that the shop had set', async () => {
    const shop = await openShop({}, (app, router) => {
      app.use((_req, res, next) => {
        res.set({ 'Content-Security-Policy': "form-action 'self'", 'Referrer-Policy': 'no-referrer' });
        next();
      });
      app.use('/payment', router);
    });
    const { headers } = await request(shop.server).post('/payment/pay').set(html);
    expect(headers['content-security-policy']).not.toContain('form-action');
    expect(headers['referrer-policy']).toBe('origin');
  });

  test.each([
    ['asks for JSON', json, undefined],
    ['sends JSON', { Accept: '*/*' }, { order: anOrder() }],
  ])('gives a client that %s the address to go to', async (_how, headers, body) => {
    const shop = await openShop();
    const response = await request(shop.server).post('/payment/pay').set(headers).send(body).expect(200);
    const { invoiceNumber, url, resultUrl } = response.body as Record<string, string>;
    const record = await shop.record(invoiceNumber ?? '');
    expect(url).toBe(`${shop.origin}${path('pay', record)}`);
    expect(resultUrl).toBe(`${shop.origin}${path('result', record)}`);
    expect(Object.keys(response.body as object)).toEqual(['invoiceNumber', 'url', 'resultUrl']);
  });

  test.each([
    ['a form', 'application/x-www-form-urlencoded', 'id=7&cell=0912'],
    ['JSON', 'application/json', '{"id":"7","cell":"0912"}'],
  ])('parses %s itself when no middleware has', async (_how, type, body) => {
    let seen: unknown;
    const shop = await openShop({
      getOrder: (req) => {
        seen = req.body;
        return null;
      },
    });
    await request(shop.server).post('/payment/pay').type(type).send(body).expect(404);
    expect(seen).toEqual({ id: '7', cell: '0912' });
  });

  test('leaves a body alone that the shop has parsed, and gives getOrder an object when there is none', async () => {
    const seen: unknown[] = [];
    const config: Partial<AtipayConfig> = {
      getOrder: (req) => {
        seen.push(req.body);
        return undefined;
      },
    };
    const parsing = await openShop(config, (app, router) => {
      app.use(express.json({ strict: false }), express.urlencoded({ extended: true }));
      app.use('/payment', router);
    });
    await request(parsing.server).post('/payment/pay').type('form').send('a[b]=1').expect(404);
    await request(parsing.server).post('/payment/pay').expect(404);
    await request(parsing.server).post('/payment/pay').type('json').send('null').expect(404);
    expect(seen).toEqual([{ a: { b: '1' } }, {}, {}]);
  });

  test('an order that getOrder does not know is 404, as a page or as a problem document', async () => {
    const shop = await openShop({ getOrder: () => Promise.resolve(null) });
    await request(shop.server).post('/payment/pay').set(html).expect(404).expect('Content-Type', /html/);
    const { body } = (await request(shop.server)
      .post('/payment/pay')
      .set(json)
      .expect(404)
      .expect('Content-Type', /problem\+json/)) as { body: unknown };
    expect(body).toMatchObject({ status: 404, code: 'orderNotFound' });
  });

  test.each([
    ['throws', () => Promise.reject(Object.assign(new Error('log in first'), { status: 401 })), 401],
    [
      'returns an order that cannot be paid',
      () => ({ orderId: 'x', amount: -1, cellNumber: '09123456789' }),
      500,
    ],
  ])('when getOrder %s, the error goes to the app with its status', async (_how, getOrder, status) => {
    const shop = await openShop({ getOrder }, (app, router) => {
      app.use('/payment', router);
      const onError: ErrorRequestHandler = (error: { status: number; message: string }, _req, res, _next) => {
        res.status(error.status).send(`shop: ${error.message}`);
      };
      app.use(onError);
    });
    const response = await request(shop.server).post('/payment/pay').set(html).expect(status);
    expect(response.text).toMatch(/^shop: /);
  });

  test('a mobile number the buyer got wrong is 422 with a page that says so', async () => {
    const shop = await openShop({ getOrder: () => ({ ...anOrder(), cellNumber: '12' }) });
    const response = await request(shop.server).post('/payment/pay').set(html).expect(422);
    expect(response.text).toContain('mobile number');
    const { body } = (await request(shop.server).post('/payment/pay').set(json)) as { body: unknown };
    expect(body).toMatchObject({ status: 422, code: 'orderInvalid' });
  });

  test.each([
    ['refused', { body: { errorCode: '-7', faMessage: 'کلید' } }, 502, 'tokenRefused'],
    ['unanswered', 'reset' as const, 504, 'gatewayUnavailable'],
  ])(
    'a token %s is a page or a problem document, not an error of the app',
    async (_how, reply, status, code) => {
      const shop = await openShop();
      shop.gateway.replies['get-token'].push(reply, reply);
      await request(shop.server).post('/payment/pay').set(html).expect(status).expect('Content-Type', /html/);
      const { body } = (await request(shop.server).post('/payment/pay').set(json).expect(status)) as {
        body: unknown;
      };
      expect(body).toMatchObject({ status, code });
      expect(JSON.stringify(body)).not.toContain('کلید');
    },
  );

  test('an order that is paid already leads to the shop’s page: 303, or 409 for JSON', async () => {
    const order = anOrder();
    const shop = await openShop({ getOrder: () => order, resultUrl: ({ orderId }) => `/orders/${orderId}` });
    await paid(shop, order);
    const resultUrl = `/orders/${order.orderId}`;
    await request(shop.server).post('/payment/pay').set(html).expect(303).expect('Location', resultUrl);
    const { body } = (await request(shop.server).post('/payment/pay').set(json).expect(409)) as {
      body: unknown;
    };
    expect(body).toMatchObject({ code: 'orderTaken', resultUrl });
  });

  test('an order that is paid already hands out nothing of its payment where the shop has no page', async () => {
    const order = anOrder();
    const shop = await openShop({ getOrder: () => order });
    const { invoiceNumber, returnKey } = await paid(shop, order);
    for (const accept of [html, json]) {
      const response = await request(shop.server).post('/payment/pay').set(accept).expect(409);
      const all = JSON.stringify([response.headers, response.text]);
      expect(all).not.toContain(invoiceNumber);
      expect(all).not.toContain(returnKey);
    }
    const taken = await request(shop.server).get('/payment/taken').set(html).expect(409);
    expect(taken.text).not.toContain(invoiceNumber);
  });

  test('an order that has a payment of another amount is an error that names both', async () => {
    const order = anOrder();
    const shop = await openShop({ getOrder: () => ({ ...order, amount: 99_000 }) });
    await paid(shop, order);
    const { text } = await request(shop.server).post('/payment/pay').set(html).expect(409);
    expect(text).toMatch(/25000.*99000/);
  });

  test('an order with too many attempts that are not finished is 429', async () => {
    const order = anOrder();
    const shop = await openShop({ getOrder: () => order, attempts: { perOrder: 2 } });
    for (const status of [200, 200, 429]) {
      await request(shop.server).post('/payment/pay').set(html).expect(status);
    }
    expect(shop.gateway.asked('get-token')).toHaveLength(2);
  });

  test.each(['//pay', '/pay/', '/PAY', '/./pay/'])(
    'is not found at %s, where a guard may not stand',
    async (spelling) => {
      const shop = await openShop();
      await shop.post(`/payment${spelling}`, new URLSearchParams());
      expect(shop.gateway.calls).toEqual([]);
    },
  );

  test('GET says how: 405 with Allow', async () => {
    const shop = await openShop();
    await request(shop.server).get('/payment/pay').set(html).expect(405).expect('Allow', 'POST');
  });

  test('is not there without getOrder', async () => {
    const shop = await openShop({ getOrder: undefined as never });
    await request(shop.server)
      .post('/payment/pay')
      .expect(404)
      .expect(/Cannot POST/);
    await request(shop.server)
      .get('/payment/pay')
      .expect(404)
      .expect(/Cannot GET/);
  });
});

describe('GET /pay/:invoiceNumber/:returnKey', () => {
  test('shows the page again as long as the payment is pending, then the result', async () => {
    const shop = await openShop();
    const record = await shop.started();
    for (let load = 0; load < 2; load += 1) {
      const { text } = await request(shop.server).get(path('pay', record)).expect(200);
      expect(text).toContain(`value="${record.token ?? ''}"`);
    }
    await shop.comesBack(record, { state: 'Failed', status: '3' });
    await request(shop.server)
      .get(path('pay', record))
      .expect(303)
      .expect('Location', `${shop.origin}${path('result', record)}`);
    expect(shop.gateway.asked('get-token')).toHaveLength(1);
  });

  test('an unknown invoice and a wrong key look alike', async () => {
    const shop = await openShop();
    const [one, two] = [await shop.started(), await shop.started()];
    const wrong = await request(shop.server)
      .get(path('pay', { ...one, returnKey: two.returnKey }))
      .expect(404);
    const unknown = await request(shop.server).get(path('pay', { ...one, invoiceNumber: '9'.repeat(20) }));
    expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text]);
  });
});
