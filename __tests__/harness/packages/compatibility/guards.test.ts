import cors from 'cors';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { anOrder } from '../../../support/shop';
import {
  expectReturnedByGateway,
  openSurrounded,
  postPay,
  takeWholePayment,
  type Surroundings,
} from '../../../support/surrounded';

describe('helmet', () => {
  test('with its defaults in front of everything pays, and its headers beside the policies stay', async () => {
    const scene = await openSurrounded((app, router) => app.use(helmet()).use('/payment', router));
    const { result, visit } = await takeWholePayment(scene);
    expect(result.headers.get('Strict-Transport-Security')).not.toBeNull();
    expect(visit.response.headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
  });

  test('does not keep its referrer policy: the bank learns the shop’s origin, and no more', async () => {
    const scene = await openSurrounded((app, router) => app.use(helmet()).use('/payment', router));
    const { record } = await takeWholePayment(scene);
    const { referers } = scene.simulator.ledger.find(record.invoiceNumber) ?? { referers: [] };
    expect(new Set(referers)).toEqual(new Set([`${scene.shop.origin}/`]));
  });
});

const SHOP_ONLY = 'https://shop.example';

/** Refuses every other origin with an error, as many shops copy it from cors' documentation. */
const strictCors = cors({
  origin: (origin, done) =>
    origin === undefined || origin === SHOP_ONLY ? done(null, true) : done(new Error('Not allowed by CORS')),
});

describe('cors', () => {
  test.each<[string, Surroundings]>([
    ['cors() for everybody', (app, router) => app.use(cors()).use('/payment', router)],
    [
      'cors({ origin }) for one origin',
      (app, router) => app.use(cors({ origin: SHOP_ONLY, credentials: true })).use('/payment', router),
    ],
    [
      'cors that refuses with an error, behind the router',
      (app, router) => app.use('/payment', router).use(strictCors),
    ],
  ])('%s: pays', async (_what, build) => {
    await takeWholePayment(await openSurrounded(build));
  });

  test('that refuses with an error, in front of the callback: nothing is claimed, and the money goes back', async () => {
    const scene = await openSurrounded((app, router) => {
      app.set('env', 'test').use(strictCors).use('/payment', router);
    });
    const { url, payment } = await scene.shop.atipay.start(anOrder());
    const visit = await scene.simulator.pay(url);
    expect(visit.response.status).toBe(500);
    await expectReturnedByGateway(scene, await scene.shop.record(payment.invoiceNumber));
  });
});

test('express-rate-limit on POST /pay slows down requests for tokens, and no returning buyer', async () => {
  const scene = await openSurrounded((app, router) => {
    app.post('/payment/pay', rateLimit({ windowMs: 60_000, limit: 1 }));
    app.use('/payment', router);
  });
  await takeWholePayment(scene);
  const second = await postPay(scene);
  expect(second.status).toBe(429);
  expect(scene.simulator.ledger.totals().payments).toBe(1);
});
