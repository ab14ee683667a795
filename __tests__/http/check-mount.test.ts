import type { Express } from 'express';
import { openShop } from '../support/opened';

const mountAt =
  (path: string, env?: string) =>
  (app: Express, router: Parameters<NonNullable<Parameters<typeof openShop>[1]>>[1]): void => {
    if (env !== undefined) app.set('env', env);
    app.use(path, router);
  };

test('a router mounted elsewhere is an error in the log that names what to write', async () => {
  const shop = await openShop({}, mountAt('/pay-here'));
  expect((await shop.get('/pay-here/pay')).status).toBe(405);
  await shop.get('/pay-here/pay');
  expect(shop.trouble).toMatchObject([
    {
      level: 'error',
      message: expect.stringContaining(`Write publicUrl: '${shop.origin}/pay-here'`) as string,
    },
  ]);
});

test('a path that a proxy strips from publicUrl is no mistake', async () => {
  const shop = await openShop({ publicUrl: 'https://shop.example/store/payment' }, mountAt('/payment'));
  expect((await shop.get('/payment/pay')).status).toBe(405);
  expect(shop.trouble).toEqual([]);
});

test('production with a gateway on this machine, or with http, is an error in the log', async () => {
  const shop = await openShop({}, mountAt('/payment', 'production'));
  await shop.get('/payment/pay');
  const errors = shop.logs.filter(({ level }) => level === 'error').map(({ message }) => message);
  expect(errors).toEqual([
    expect.stringContaining('gatewayUrl points at this machine'),
    expect.stringContaining('publicUrl begins with http://'),
  ]);
});
