import express, { type ErrorRequestHandler } from 'express';
import manifest from 'express/package.json';
import type { AtipayConfig } from 'express-atipay';
import { openSurrounded, postPay, takeWholePayment, type Surroundings } from '../../../support/surrounded';

const onExpress4 = manifest.version.startsWith('4.');
// It reaches into Express 4; Express 5 has this behaviour built in.
if (onExpress4) jest.requireActual('express-async-errors');

let told: unknown[];

beforeEach(() => (told = []));

const onError: ErrorRequestHandler = (error: { status?: number }, _req, res, _next) => {
  told.push(error);
  res.status(error.status ?? 500).send('the shop’s error page');
};

const surroundings: Surroundings = (app, router) => {
  app.use('/payment', router);
  app.get('/async', () => Promise.reject(new Error('an async handler of the shop')));
  app.use(express.json(), onError);
};

test(`async errors of the shop reach its error handler, and payments go through (${onExpress4 ? 'express-async-errors' : 'Express 5'})`, async () => {
  const scene = await openSurrounded(surroundings);
  await takeWholePayment(scene);
  expect((await scene.shop.get('/async')).status).toBe(500);
  expect(told).toEqual([new Error('an async handler of the shop')]);
});

test('a rejection of getOrder is reported once', async () => {
  const getOrder: AtipayConfig['getOrder'] = () =>
    Promise.reject(Object.assign(new Error('log in first'), { status: 401 }));
  const scene = await openSurrounded(surroundings, { config: { getOrder } });
  expect((await postPay(scene)).status).toBe(401);
  expect(told).toHaveLength(1);
});
