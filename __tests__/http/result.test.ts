import request from 'supertest';
import { texts } from '../../lib/texts';
import { openShop } from '../support/opened';
import { anOrder } from '../support/shop';
import { html, json, paid, path } from './pages';

describe('GET /result/:invoiceNumber/:returnKey', () => {
  test('shows a receipt, which is not cached and whose address no other site learns', async () => {
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
    'with the query parser %s, a buyer whose callback is not believed sees that',
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

  test('gives a program the outcome without the shop’s notes', async () => {
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

  test('with a resultUrl it is a page that moves on, and has a link', async () => {
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

describe('pages of the shop', () => {
  test('replace result and error pages, and decide on their loading policy', async () => {
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
