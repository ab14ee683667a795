import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import { atipayRouter, MemoryPaymentStore } from 'express-atipay';
import { openShop } from '../support/opened';
import { json, path } from './pages';

describe('mounting', () => {
  const inner: Parameters<typeof openShop>[1] = (app, router) => app.use('/inner/pay', router);

  test('at any path, behind a proxy that strips a prefix', async () => {
    const shop = await openShop({ publicUrl: 'https://shop.example/fa/pay//' }, inner);
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
  ])('at %s with publicUrl %s: %i errors in the log', async (mount, publicUrl, wrong) => {
    const shop = await openShop({ publicUrl, gatewayUrl: undefined }, (app, router) =>
      app.set('env', 'production').use(mount, router),
    );
    const mountedAt = mount === '/' ? '' : mount;
    for (let turn = 0; turn < 2; turn += 1) {
      expect((await shop.get(`${mountedAt}/pay`)).status).toBe(405);
    }
    const errors = shop.logs.filter(({ level }) => level === 'error');
    expect(errors.map(({ fields }) => fields)).toEqual(
      wrong === 0 ? [] : [expect.objectContaining({ publicUrl, mountedAt })],
    );
  });

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
