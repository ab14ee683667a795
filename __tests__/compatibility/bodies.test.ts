import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import {
  addressOf,
  begun,
  expectReturnedByGateway,
  expectServed,
  HTML,
  newOrderId,
  openSurrounded,
  postPay,
  takeWholePayment,
  type Surrounded,
} from '../support/surrounded';
import { anOrder } from '../support/shop';

/** Changes the value that a parser has left in `req.body`. */
const changed =
  (change: (body: object) => object): RequestHandler =>
  (req, _res, next) => {
    req.body = change(req.body as object);
    next();
  };

const form = (): RequestHandler => express.urlencoded({ extended: true });

describe('a body that the shop has parsed', () => {
  test.each<[string, () => RequestHandler[]]>([
    ['express.urlencoded({ extended: true })', () => [form()]],
    ['express.urlencoded({ extended: false })', () => [express.urlencoded({ extended: false })]],
    ['express.json() and express.urlencoded()', () => [express.json(), form()]],
    ['a frozen req.body', () => [form(), changed(Object.freeze)]],
    [
      'a req.body without a prototype',
      () => [form(), changed((body) => Object.assign(Object.create(null) as object, body))],
    ],
    ['a body parser mounted twice', () => [form(), form()]],
  ])('%s: pays', async (_what, before) => {
    const scene = await openSurrounded((app, router) => app.use(...before()).use('/payment', router));
    await takeWholePayment(scene);
  });

  test.each<[string, () => RequestHandler]>([
    ['express.text() for every type', () => express.text({ type: '*/*' })],
    ['express.raw() for every type', () => express.raw({ type: '*/*' })],
  ])('%s: the router reads the shop’s form and the gateway’s', async (_what, before) => {
    const scene = await openSurrounded((app, router) => app.use(before()).use('/payment', router));
    await takeWholePayment(scene);
  });

  test('one whose name or type the shop did not expect is an order not found, and nothing is started', async () => {
    const scene = await openSurrounded((app, router) =>
      app.use(form(), express.json()).use('/payment', router),
    );
    const multipart = new FormData();
    multipart.set('orderId', newOrderId());
    const { shop } = scene;
    const answer = await fetch(`${shop.origin}/payment/pay`, {
      method: 'POST',
      body: multipart,
      headers: HTML,
    });
    expect([answer.status, await answer.text()]).toEqual([
      404,
      expect.stringContaining('find an order to pay'),
    ]);
    expect(scene.simulator.ledger.totals().payments).toBe(0);
  });
});

/** A shop whose middleware in front of the router can be mended, and whose error page says what it saw. */
async function openBreakable(before: RequestHandler): Promise<{ scene: Surrounded; mend: () => void }> {
  let broken: RequestHandler | undefined = before;
  const scene = await openSurrounded((app, router) => {
    app.use((req, res, next) => {
      if (broken) broken(req, res, next);
      else next();
    });
    app.use('/payment', router);
    const onError: ErrorRequestHandler = (error: { status?: number }, _req, res, _next) => {
      res.status(error.status ?? 500).send('the shop’s error page');
    };
    app.use(onError);
  });
  return { scene, mend: () => (broken = undefined) };
}

/** Reads the body to its end and keeps it to itself, as middleware that computes signatures does. */
const swallow: RequestHandler = (req, _res, next) => {
  req.resume().on('end', () => next());
};

describe('a callback that something in front of the router refuses or swallows', () => {
  test.each<[string, () => RequestHandler, number]>([
    ['express.urlencoded() with a small limit', () => express.urlencoded({ limit: 50 }), 413],
    [
      'express.urlencoded() with a small parameterLimit',
      () => express.urlencoded({ parameterLimit: 3 }),
      413,
    ],
    ['express.json() for every type', () => express.json({ type: '*/*' }), 400],
    ['a body read and not passed on', () => swallow, 303],
  ])('%s: nothing is claimed, and a reload once it is mended pays', async (_what, before, status) => {
    const { scene, mend } = await openBreakable(before());
    const { url, payment } = await scene.shop.atipay.start(anOrder());
    const visit = await scene.simulator.pay(url);
    expect(visit.response.status).toBe(status);
    expect((await scene.shop.record(payment.invoiceNumber)).status).toBe('pending');
    mend();
    expect((await visit.deliver()).status).toBe(303);
    await expectServed(scene, payment.invoiceNumber);
  });

  test('a body read and not passed on: if the buyer goes away, the money goes back', async () => {
    const { scene } = await openBreakable(swallow);
    const { url, payment } = await scene.shop.atipay.start(anOrder());
    await scene.simulator.pay(url);
    expect(scene.shop.logs).toContainEqual({
      level: 'warn',
      fields: expect.objectContaining({
        reason: 'malformed',
        invoiceNumber: payment.invoiceNumber,
      }) as object,
      message: expect.stringContaining('in front of the router reads bodies') as string,
    });
    await expectReturnedByGateway(scene, await scene.shop.record(payment.invoiceNumber));
  });
});

test('express.json() with a limit in front: too much JSON is the shop’s error, and the next payment goes through', async () => {
  const { scene } = await openBreakable(express.json({ limit: 50 }));
  const orderId = 'x'.repeat(100);
  const answer = await scene.shop.post('/payment/pay', JSON.stringify({ orderId }), {
    'Content-Type': 'application/json',
  });
  expect([answer.status, await answer.text()]).toEqual([413, 'the shop’s error page']);
  await takeWholePayment(scene);
});

test('a callback sent as multipart is not believed, and the real one still pays', async () => {
  const scene = await openSurrounded((app, router) => app.use(form()).use('/payment', router));
  const record = await begun(scene);
  const body = new FormData();
  body.set('reservationNumber', record.invoiceNumber);
  body.set('state', 'OK');
  const answer = await fetch(addressOf(scene, 'callback', record), { method: 'POST', body });
  expect(answer.url).toMatch(/\/result\/.*\?unconfirmed$/);
  expect(scene.shop.told('forged')).toMatchObject([{ reason: 'malformed' }]);
  await scene.simulator.pay(addressOf(scene, 'pay', record));
  await expectServed(scene, record.invoiceNumber);
});

test('a form of the shop without an order is an order not found', async () => {
  const scene = await openSurrounded((app, router) => app.use('/payment', router));
  expect((await postPay(scene, { orderId: '' })).status).toBe(404);
});
