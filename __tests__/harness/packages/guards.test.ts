import cookieParser from 'cookie-parser';
import { doubleCsrf } from 'csrf-csrf';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { openShop } from '../../support/opened';
import type { Shop } from '../../support/shop';

// A shop's guard in front of POST /pay, as docs/routes.md says: app.use('/payment/pay', guard) before the router.

const guarded = (...guards: RequestHandler[]): Promise<Shop> =>
  openShop({}, (app, router) => {
    app.use('/payment/pay', ...guards);
    app.use('/payment', router);
  });

const started = (shop: Shop): number => shop.gateway.asked('get-token').length;

describe('express-rate-limit in front of /pay', () => {
  test('stops a client that starts payments without end before anything is stored or asked', async () => {
    const shop = await guarded(rateLimit({ windowMs: 60_000, limit: 5, legacyHeaders: false }));
    const statuses: number[] = [];
    for (let turn = 0; turn < 20; turn += 1) statuses.push((await shop.post('/payment/pay', '')).status);
    expect(statuses).toEqual([...Array<number>(5).fill(200), ...Array<number>(15).fill(429)]);
    expect(started(shop)).toBe(5);
    expect(shop.told('transition').filter(({ from }) => from === undefined)).toHaveLength(5);
  });

  test('does not count buyers who come back from the bank', async () => {
    const shop = await guarded(rateLimit({ windowMs: 60_000, limit: 1 }));
    for (let turn = 0; turn < 3; turn += 1) {
      const record = await shop.started();
      const receipt = shop.gateway.receipt(record.invoiceNumber);
      expect((await shop.comesBack(record, { referenceNumber: receipt })).status).toBe(303);
    }
    expect(shop.hooks).toHaveLength(3);
  });
});

describe('csrf-csrf in front of /pay', () => {
  const { doubleCsrfProtection, generateCsrfToken } = doubleCsrf({
    getSecret: () => 'a secret of this test',
    getSessionIdentifier: () => 'one session',
    cookieName: 'csrf',
    cookieOptions: { secure: false },
    getCsrfTokenFromRequest: (req) => (req.body as { _csrf?: string } | undefined)?._csrf,
  });

  const shopWithCsrf = (): Promise<Shop> =>
    openShop({}, (app, router) => {
      app.use(cookieParser());
      app.get('/form', (req, res) => void res.send(generateCsrfToken(req, res)));
      app.use('/payment/pay', express.urlencoded({ extended: false }), doubleCsrfProtection);
      app.use('/payment', router);
      const refused: ErrorRequestHandler = (error: { status: number }, _req, res, _next) =>
        void res.status(error.status).end();
      app.use(refused);
    });

  test('keeps another site’s form from starting a payment, and the shop’s form works', async () => {
    const shop = await shopWithCsrf();
    expect((await shop.post('/payment/pay', new URLSearchParams({ orderId: '1' }))).status).toBe(403);
    expect(started(shop)).toBe(0);
    const form = await shop.get('/form');
    const Cookie = form.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const own = await shop.post('/payment/pay', new URLSearchParams({ _csrf: await form.text() }), {
      Cookie,
    });
    expect(own.status).toBe(200);
    expect(started(shop)).toBe(1);
  });

  test('does not stand in the way of the gateway’s callback, which can carry no token of the shop’s', async () => {
    const shop = await shopWithCsrf();
    const record = await shop.started();
    const receipt = shop.gateway.receipt(record.invoiceNumber);
    await shop.comesBack(record, { referenceNumber: receipt });
    expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
  });
});
