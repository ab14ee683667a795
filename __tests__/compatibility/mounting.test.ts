import express, { Router, type RequestHandler } from 'express';
import {
  addressOf,
  expectReturnedByGateway,
  openSurrounded,
  postPay,
  takeWholePayment,
  type Surrounded,
} from '../support/surrounded';

const wrongMountWarnings = ({ shop }: Surrounded): string[] =>
  shop.logs.map(({ message }) => message).filter((message) => message.includes('publicUrl'));

test('under a parameter, /:lang/payment: pays in the language of publicUrl', async () => {
  const scene = await openSurrounded((app, router) => app.use('/:lang/payment', router), {
    path: '/fa/payment',
  });
  await takeWholePayment(scene);
  expect(wrongMountWarnings(scene)).toEqual([]);
});

test('under a parameter: a form posted in another language comes back in the language of publicUrl', async () => {
  const scene = await openSurrounded((app, router) => app.use('/:lang/payment', router), {
    path: '/fa/payment',
  });
  const answer = await scene.shop.post('/en/payment/pay', new URLSearchParams({ orderId: 'in English' }));
  const visit = await scene.simulator.pay(await answer.text());
  expect([visit.response.status, visit.response.location]).toEqual([
    303,
    expect.stringContaining(`${scene.shop.origin}/fa/payment/result/`),
  ]);
});

test('in a sub-app, app.use("/shop", subApp): pays', async () => {
  const scene = await openSurrounded(
    (app, router) => {
      const subApp = express();
      subApp.use('/payment', router);
      app.use('/shop', subApp);
    },
    { path: '/shop/payment' },
  );
  await takeWholePayment(scene);
  expect(wrongMountWarnings(scene)).toEqual([]);
});

test('in a router of the shop that merges and checks parameters: pays', async () => {
  const scene = await openSurrounded(
    (app, router) => {
      const tenant = Router({ mergeParams: true, strict: true, caseSensitive: true });
      tenant.param('returnKey', (_req, _res, next) => next(new Error('not the shop’s parameter')));
      tenant.use('/payment', router);
      app.use('/tenants/:tenant', tenant);
    },
    { path: '/tenants/7/payment' },
  );
  await takeWholePayment(scene);
});

test('twice in one app: pays at either address', async () => {
  const scene = await openSurrounded((app, router) => app.use(['/payment', '/old/payment'], router));
  await takeWholePayment(scene);
  const old = await scene.shop.post(
    '/old/payment/pay',
    new URLSearchParams({ orderId: 'by the old address' }),
  );
  expect((await scene.simulator.pay(await old.text())).response.status).toBe(303);
});

/** Redirects addresses without a language to the Persian pages, as i18n middleware does. */
const toALanguage: RequestHandler = (req, res, next) => {
  if (/^\/(?:fa|en)\//.test(req.path)) next();
  else res.redirect(`/fa${req.originalUrl}`);
};

test('i18n that redirects by language, publicUrl with the language in it: pays', async () => {
  const scene = await openSurrounded((app, router) => app.use(toALanguage).use('/:lang/payment', router), {
    path: '/fa/payment',
  });
  await takeWholePayment(scene);
});

test('i18n that redirects by language, publicUrl without it: the callback loses its form, nothing is claimed, the money goes back', async () => {
  const scene = await openSurrounded((app, router) => app.use(toALanguage).use('/:lang/payment', router));
  expect((await postPay(scene)).status).toBe(302);
  const record = await scene.shop.started();
  const visit = await scene.simulator.pay(record.token ?? '');
  expect(visit.response).toMatchObject({
    status: 302,
    location: addressOf(scene, 'callback', record).replace('/payment', '/fa/payment'),
  });
  await expectReturnedByGateway(scene, record);
});
