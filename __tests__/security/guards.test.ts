import type { RequestHandler } from 'express';
import request from 'supertest';
import { openShop } from '../support/opened';
import type { Shop } from '../support/shop';

// A shop's guard in front of POST /pay, as docs/routes.md says: app.use('/payment/pay', guard) before the router.

const guarded = (...guards: RequestHandler[]): Promise<Shop> =>
  openShop({}, (app, router) => {
    app.use('/payment/pay', ...guards);
    app.use('/payment', router);
  });

const refuseAll: RequestHandler = (_req, res) => void res.status(403).end();

const started = (shop: Shop): number => shop.gateway.asked('get-token').length;

describe('a guard in front of /pay', () => {
  const SPELLINGS = [
    '/pay',
    '/PAY',
    '/Pay',
    '/pay/',
    '/pay?x',
    '//pay',
    '/./pay',
    '/%70ay',
    '/pay%2f',
    '/pay;x',
  ];

  test.each([false, true])(
    'is not walked around by another spelling of the address (case sensitive routing: %s)',
    async (sensitive) => {
      const shop = await openShop({}, (app, router) => {
        app.set('case sensitive routing', sensitive);
        app.use('/payment/pay', refuseAll);
        app.use('/payment', router);
      });
      for (const spelling of SPELLINGS) {
        const { status } = await request(shop.server).post(`/payment${spelling}`);
        expect([spelling, [403, 404].includes(status)]).toEqual([spelling, true]);
      }
      expect(started(shop)).toBe(0);
    },
  );

  test('lets the gateway’s callback through', async () => {
    const shop = await guarded(refuseAll);
    const record = await shop.started();
    const back = await shop.comesBack(record, { state: 'Failed', status: '3' });
    expect(back.status).toBe(303);
    expect((await shop.record(record.invoiceNumber)).status).toBe('failed');
  });
});
