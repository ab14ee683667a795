import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import { atipayRouter, MemoryPaymentStore, type AtipayConfig, type PaymentRecord } from 'express-atipay';
import { texts } from '../../lib/texts';
import { closing, openShop } from '../support/opened';
import { anOrder, type Shop } from '../support/shop';

const html = { Accept: 'text/html,application/xhtml+xml' };
const json = { Accept: 'application/json' };
const path = (room: string, record: PaymentRecord): string =>
  `/payment/${room}/${record.invoiceNumber}/${record.returnKey}`;

async function paid(shop: Shop): Promise<PaymentRecord> {
  const record = await shop.started();
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  return shop.record(record.invoiceNumber);
}

describe('POST /pay', () => {
  test('answers a browser with the page that takes it to the gateway, under its own complete policy', async () => {
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
  ])('tells a client that %s where to go', async (_how, headers, body) => {
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
  ])('parses %s itself when nobody has', async (_how, type, body) => {
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

  test('an order that is paid already goes to its result: 303, or 409 for JSON', async () => {
    const order = anOrder();
    const shop = await openShop({ getOrder: () => order });
    const record = await shop.started(order);
    await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
    const resultUrl = `${shop.origin}${path('result', record)}`;
    await request(shop.server).post('/payment/pay').set(html).expect(303).expect('Location', resultUrl);
    const { body } = (await request(shop.server).post('/payment/pay').set(json).expect(409)) as {
      body: unknown;
    };
    expect(body).toMatchObject({ code: 'orderTaken', resultUrl });
  });

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

describe('GET /result/:invoiceNumber/:returnKey', () => {
  test('shows a receipt, of which nobody keeps a copy and no other site learns the address', async () => {
    const shop = await openShop();
    const record = await paid(shop);
    const response = await request(shop.server).get(path('result', record)).set(html).expect(200);
    expect(response.text).toContain(record.invoiceNumber);
    expect(response.text).toContain('25,000');
    expect(response.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  });

  test('reloads itself while undecided, and no longer', async () => {
    const shop = await openShop();
    const { record } = await shop.unanswered();
    const waiting = await request(shop.server).get(path('result', record)).set(html);
    expect(waiting.text).toMatch(/data-seconds="3"/);
    await shop.sweepAfter(60_000);
    const done = await request(shop.server).get(path('result', record)).set(html);
    expect(done.text).not.toContain('data-seconds');
  });

  test('reloads itself although the last callback was not believed, once a receipt is there', async () => {
    const shop = await openShop();
    const { record } = await shop.unanswered();
    const page = await request(shop.server)
      .get(`${path('result', record)}?unconfirmed`)
      .set(html);
    expect(page.text).toMatch(/data-seconds="3"/);
    expect(page.text).not.toContain('not confirmed');
  });

  test.each<[string, unknown]>([
    ['switched off', false],
    ['a function that answers URLSearchParams', (text: string) => new URLSearchParams(text)],
    ['a function that answers nothing', () => undefined],
  ])(
    'with the query parser %s, a buyer whose callback is not believed is told so',
    async (_parser, parser) => {
      const shop = await openShop({}, (app, router) =>
        app.set('query parser', parser).use('/payment', router),
      );
      const back = await shop.comesBack(await shop.started(), { referenceNumber: undefined });
      const { pathname, search } = new URL(back.headers.get('Location') ?? '');
      const page = await request(shop.server)
        .get(pathname + search)
        .expect(200);
      expect(page.text).toContain(texts('en').unconfirmed.title);
    },
  );

  test('tells a program the outcome and nothing of the shop’s own notes', async () => {
    const shop = await openShop();
    const record = await shop.started({
      ...anOrder(),
      metadata: { margin: 3 },
      description: 'shoes',
      settlement: [{ iban: 'IR062960000000100324200001', amount: 25_000 }],
    });
    await shop.comesBack(record, { state: 'CanceledByUser', status: '1' });
    const { body } = (await request(shop.server).get(path('result', record)).set(json).expect(200)) as {
      body: unknown;
    };
    expect(body).toEqual({
      invoiceNumber: record.invoiceNumber,
      orderId: record.orderId,
      status: 'failed',
      amount: 25_000,
      currency: 'IRR',
      description: 'shoes',
      createdAt: expect.any(Number) as number,
      updatedAt: expect.any(Number) as number,
      traceNumber: '654321',
      terminalId: '12345678',
      rrn: '123456789012',
      maskedPan: '603799******1234',
      failure: { reason: 'CanceledByUser', message: expect.any(String) as string },
    });
  });

  test('with a resultUrl it is a page that moves on by itself, and has a link', async () => {
    const shop = await openShop({ resultUrl: (payment) => `/orders/${payment.orderId}` });
    const record = await paid(shop);
    const { text } = await request(shop.server).get(path('result', record)).set(html).expect(200);
    expect(text).toContain(`http-equiv="refresh" content="0;url=/orders/${record.orderId}"`);
    expect(text).toContain(`href="/orders/${record.orderId}"`);
  });

  test('with a resultUrl and no decision it waits, at most 15 s', async () => {
    const shop = await openShop({ resultUrl: '/orders' });
    const { record } = await shop.unanswered();
    const waiting = await request(shop.server).get(path('result', record)).set(html);
    expect(waiting.text).not.toContain('content="0;');
    expect(waiting.text).toMatch(/data-seconds="2"/);
    shop.now += 14_999;
    const last = await request(shop.server).get(path('result', record)).set(html);
    expect(last.text).toMatch(/data-seconds="2"/);
    shop.now += 1;
    const moving = await request(shop.server).get(path('result', record)).set(html);
    expect(moving.text).toContain('content="0;url=/orders"');
  });

  test('a resultUrl that throws or is no address is logged, and the built-in page is shown', async () => {
    const shop = await openShop({ resultUrl: () => 'javascript:alert(1)' });
    const record = await paid(shop);
    const { text } = await request(shop.server).get(path('result', record)).set(html).expect(200);
    expect(text).not.toContain('javascript:');
    expect(text).toContain(record.invoiceNumber);
    const { invoiceNumber, orderId } = record;
    const err = new TypeError('resultUrl must return a path, an http(s) address or an app link');
    expect(shop.logs.filter(({ level }) => level === 'error')).toEqual([
      {
        level: 'error',
        fields: { err, invoiceNumber, orderId },
        message: 'resultUrl threw; the built-in page is shown.',
      },
    ]);
  });
});

describe('the callback’s address', () => {
  test('sends a GET to the result', async () => {
    const shop = await openShop();
    const record = await paid(shop);
    await request(shop.server)
      .get(path('callback', record))
      .expect(303)
      .expect('Location', `${shop.origin}${path('result', record)}`);
    await request(shop.server)
      .get(path('callback', { ...record, returnKey: 'x' }))
      .expect(404);
  });

  test.each([
    ['too large', 'application/x-www-form-urlencoded', `state=${'x'.repeat(20_000)}`, 413],
    ['in a charset nobody speaks', 'application/x-www-form-urlencoded; charset=utf-7', 'state=OK', 415],
    ['of too many fields', 'application/x-www-form-urlencoded', 'a=1&'.repeat(200), 413],
    ['in an encoding it does not have', 'application/x-www-form-urlencoded', 'state=OK', 400],
  ])('answers a body %s itself, and nothing changes', async (how, type, body, status) => {
    const shop = await openShop();
    const record = await shop.started();
    const sent = request(shop.server).post(path('callback', record)).type(type);
    if (how.includes('encoding')) sent.set('Content-Encoding', 'gzip');
    await sent.send(body).expect(status);
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
    expect(shop.told('forged')).toMatchObject([{ reason: 'malformed' }]);
    const message = 'A callback had an unreadable body; nothing changed.';
    expect(shop.logs.filter(({ level }) => level === 'warn')).toEqual([
      { level: 'warn', fields: { status }, message },
    ]);
  });

  test('does not take JSON or multipart for the gateway’s form', async () => {
    const shop = await openShop();
    const record = await shop.started();
    await request(shop.server)
      .post(path('callback', record))
      .send({ reservationNumber: record.invoiceNumber });
    await request(shop.server)
      .post(path('callback', record))
      .field('reservationNumber', record.invoiceNumber);
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
  });
});

describe('cookies', () => {
  test('none is set where the buyer comes back, whatever ran before', async () => {
    const shop = await openShop({}, (app, router) => {
      app.use((_req, res, next) => {
        res.cookie('early', '1');
        const writeHead = res.writeHead.bind(res);
        res.writeHead = ((status: number) => {
          res.append('Set-Cookie', 'late=1');
          return writeHead(status);
        }) as typeof res.writeHead;
        next();
      });
      app.use('/payment', router);
    });
    const record = await shop.started();
    const back = await shop.comesBack(record, {
      referenceNumber: shop.gateway.receipt(record.invoiceNumber),
    });
    const stranger = await shop.comesBack({ ...record, returnKey: 'x' }, {});
    const result = await shop.get(path('result', record));
    const pay = await shop.get('/payment/pay');
    expect([back, stranger, result].map((response) => response.headers.getSetCookie())).toEqual([[], [], []]);
    expect(pay.headers.getSetCookie()).toHaveLength(2);
  });
});

describe('mounting', () => {
  test('at any path, behind a proxy that strips a prefix', async () => {
    const shop = await openShop({ publicUrl: 'https://shop.example/fa/pay//' }, (app, router) =>
      app.use('/inner/pay', router),
    );
    const { body } = (await request(shop.server).post('/inner/pay/pay').set(json).expect(200)) as {
      body: unknown;
    };
    expect((body as { url: string }).url).toMatch(/^https:\/\/shop\.example\/fa\/pay\/pay\/\d{20}\//);
  });

  test.each([
    ['/payment', 'https://shop.example/pay', 1],
    ['/payment', 'https://shop.example/payment', 0],
    ['/payment', 'https://shop.example/shop/payment/', 0],
    ['/', 'https://shop.example/payment', 0],
  ])(
    'at %s with publicUrl %s: %i warnings, at the first request only',
    async (mount, publicUrl, warnings) => {
      const shop = await openShop({ publicUrl }, (app, router) => app.use(mount, router));
      const mountedAt = mount === '/' ? '' : mount;
      const message =
        'publicUrl does not end with the path this router is mounted at: the gateway may send buyers to the wrong address.';
      for (let turn = 0; turn < 2; turn += 1) {
        await shop.get(`${mountedAt}/pay`);
        expect(shop.logs).toEqual(
          Array(warnings).fill({ level: 'warn', fields: { publicUrl, mountedAt }, message }),
        );
      }
    },
  );

  test('never takes addresses from the Host header', async () => {
    const shop = await openShop();
    const { body } = (await request(shop.server)
      .post('/payment/pay')
      .set({ ...json, Host: 'evil.example' })) as { body: unknown };
    expect(JSON.stringify(body)).not.toContain('evil');
  });

  test('two accounts in one app share a store and do not see each other', async () => {
    const store = new MemoryPaymentStore({ quiet: true });
    const one = await openShop({ store, account: 'one' });
    const two = await openShop({ store, account: 'two' });
    const record = await one.started();
    expect((await two.get(path('pay', record))).status).toBe(404);
    const back = await two.comesBack(record, { referenceNumber: one.gateway.receipt(record.invoiceNumber) });
    expect(back.status).toBe(404);
    expect((await one.record(record.invoiceNumber)).status).toBe('pending');
  });

  test('without the call is caught at the first request', async () => {
    const app = express();
    app.use('/payment', atipayRouter as never);
    const onError: ErrorRequestHandler = (error: { code: string; message: string }, _req, res, _next) => {
      res.status(500).json({ code: error.code, message: error.message });
    };
    app.use(onError);
    const { body } = (await request(app).get('/payment/pay').expect(500)) as { body: unknown };
    expect(body).toEqual({
      code: 'ERR_ATIPAY_NOT_CALLED',
      message: expect.stringContaining('atipayRouter(config)') as string,
    });
  });

  test('unknown addresses go on to the shop, which may set its cookies there', async () => {
    const shop = await openShop({}, (app, router) => {
      app.use('/payment', router);
      app.use((_req, res) => void res.cookie('shop', '1').status(418).end());
    });
    await request(shop.server)
      .get('/payment/nothing')
      .expect(418)
      .expect('Set-Cookie', /^shop=1/);
    await request(shop.server).put('/payment/callback/1/2').expect(418);
  });
});

describe('pages of the shop’s own', () => {
  test('replace result and error pages, and what they may load is theirs to say', async () => {
    const shop = await openShop(
      {
        pages: {
          result: ({ payment }) => `<h1>mine: ${payment.status}</h1>`,
          error: ({ kind }) => `<h1>mine: ${kind}</h1>`,
        },
      },
      (app, router) => {
        app.use((_req, res, next) => {
          res.set('Content-Security-Policy', "img-src 'self'");
          next();
        });
        app.use('/payment', router);
      },
    );
    const record = await paid(shop);
    const result = await request(shop.server).get(path('result', record)).set(html);
    expect(result.text).toBe('<h1>mine: paid</h1>');
    expect(result.headers).toMatchObject({
      'content-security-policy': "img-src 'self'",
      'cache-control': 'no-store',
    });
    const error = await request(shop.server).get('/payment/pay').set(html);
    expect(error.text).toBe('<h1>mine: methodNotAllowed</h1>');
  });
});

test('the shop’s errors while a callback is taken do not lose the buyer: 303 once the receipt is stored', async () => {
  const rows = new MemoryPaymentStore({ quiet: true });
  let writes = 0;
  const shop = closing(
    await openShop({
      store: {
        insert: (record) => rows.insert(record),
        find: (invoiceNumber) => rows.find(invoiceNumber),
        findByOrder: (account, orderId) => rows.findByOrder(account, orderId),
        update: (record) => {
          writes += 1;
          return writes === 3 ? Promise.reject(new Error('database is away')) : rows.update(record);
        },
        due: (account, now, limit) => rows.due(account, now, limit),
        inReview: (account, limit) => rows.inReview(account, limit),
      },
    }),
  );
  const record = await shop.started();
  const back = await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  expect(back.status).toBe(303);
  expect((await shop.record(record.invoiceNumber)).status).toBe('verifying');
  await shop.sweepAfter(180_000);
  expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
});
