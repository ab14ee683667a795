import type { Express } from 'express';
import { openShop } from '../support/opened';

const mountAt =
  (path: string, env?: string) =>
  (app: Express, router: Parameters<NonNullable<Parameters<typeof openShop>[1]>>[1]): void => {
    if (env !== undefined) app.set('env', env);
    app.use(path, router);
  };

test('a router mounted elsewhere is an error in the log that names what to write', async () => {
  const shop = await openShop({ gatewayUrl: undefined }, mountAt('/pay-here', 'production'));
  expect((await shop.get('/pay-here/pay')).status).toBe(405);
  await shop.get('/pay-here/pay');
  const lines = shop.trouble.filter(({ fields }) => 'mountedAt' in fields);
  expect(lines).toMatchObject([
    {
      level: 'error',
      message: expect.stringContaining(`Write publicUrl: '${shop.origin}/pay-here'`) as string,
    },
  ]);
});

test('outside production each of its requests is also refused, with the same sentence', async () => {
  const shop = await openShop({}, mountAt('/pay-here', 'development'));
  for (let turn = 0; turn < 2; turn += 1) {
    const answer = await shop.get('/pay-here/pay');
    expect([answer.status, await answer.text()]).toEqual([
      500,
      expect.stringContaining('The router is mounted at /pay-here'),
    ]);
  }
  expect(shop.trouble).toHaveLength(1);
});

test('a second mount, or one under a parameter, is not refused', async () => {
  const shop = await openShop({}, mountAt('/:language/payment', 'development'));
  expect((await shop.get('/en/payment/pay')).status).toBe(405);
  expect(shop.trouble).toMatchObject([{ fields: { mountedAt: '/en/payment' } }]);
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
