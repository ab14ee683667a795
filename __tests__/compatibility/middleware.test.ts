import express, { type ErrorRequestHandler, type RequestHandler, type Response } from 'express';
import type { AtipayConfig } from 'express-atipay';
import {
  addressOf,
  begun,
  expectReturnedByGateway,
  JSON_PLEASE,
  openSurrounded,
  postPay,
  takeWholePayment,
} from '../support/surrounded';

/** Measures how long an answer took by wrapping its write methods. */
const responseTime: RequestHandler = (_req, res, next) => {
  const began = performance.now();
  const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => Response;
  Object.assign(res, {
    writeHead: (...args: unknown[]) => {
      res.setHeader('X-Response-Time', `${Math.round(performance.now() - began)}ms`);
      return writeHead(...args);
    },
  });
  next();
};

/** Counts the bytes of answers, by wrapping `write` and `end`. */
const byteCounter: RequestHandler = (_req, res, next) => {
  const end = res.end.bind(res) as (...args: unknown[]) => Response;
  Object.assign(res, {
    end: (...args: unknown[]) => {
      res.locals['bytes'] = typeof args[0] === 'string' ? Buffer.byteLength(args[0]) : 0;
      return end(...args);
    },
  });
  next();
};

/** Gives every JSON answer of the shop an envelope, by wrapping `res.json`. */
const envelope: RequestHandler = (_req, res, next) => {
  const json = res.json.bind(res);
  res.json = (body: unknown) => json({ data: body });
  next();
};

const CACHE = 'public, max-age=3600';
const caching: RequestHandler = (_req, res, next) => {
  res.set({
    'Cache-Control': CACHE,
    Expires: new Date(Date.now() + 3_600_000).toUTCString(),
    Vary: 'Cookie',
  });
  next();
};

const locals: RequestHandler = (req, res, next) => {
  Object.assign(res.locals, { user: undefined, path: req.path, lang: 'fa' });
  next();
};

/** Old browsers' forms send the method they mean in a header or a field. */
const methodOverride: RequestHandler = (req, _res, next) => {
  const meant = req.get('X-HTTP-Method-Override') ?? (req.query['_method'] as string | undefined);
  if (req.method === 'POST' && meant !== undefined) req.method = meant.toUpperCase();
  next();
};

const jsonErrors: ErrorRequestHandler = (error: { status?: number; message: string }, _req, res, _next) => {
  res.status(error.status ?? 500).json({ error: error.message });
};

test.each<[string, () => RequestHandler]>([
  ['a response-time header set in writeHead', () => responseTime],
  ['a wrapper around res.end', () => byteCounter],
  ['a wrapper around res.json', () => envelope],
  ['Cache-Control and Expires set for everything', () => caching],
  ['res.locals set for everything', () => locals],
  ['a method override', () => methodOverride],
  ['express.static', () => express.static(__dirname)],
  ['express.static({ redirect: false, index: false })', () => express.static(__dirname, { redirect: false })],
])('%s in front of everything: pays', async (_what, before) => {
  const scene = await openSurrounded((app, router) => app.use(before()).use('/payment', router));
  await takeWholePayment(scene);
});

test('Cache-Control set for everything: no answer of the router may be kept', async () => {
  const scene = await openSurrounded((app, router) => app.use(caching).use('/payment', router));
  const { record } = await takeWholePayment(scene);
  const rooms = (['pay', 'callback', 'result'] as const).map((room) => addressOf(scene, room, record));
  const answers = await Promise.all(
    [...rooms, `${scene.shop.origin}/payment/callback/1/2`].flatMap((url) =>
      [JSON_PLEASE, {}].map((headers) => fetch(url, { headers, redirect: 'manual' })),
    ),
  );
  expect(new Set(answers.map(({ headers }) => headers.get('Cache-Control')))).toEqual(new Set(['no-store']));
});

test('a method override that a stranger sends along changes nothing', async () => {
  const scene = await openSurrounded((app, router) => app.use(methodOverride).use('/payment', router));
  const record = await begun(scene);
  const answer = await fetch(addressOf(scene, 'callback', record), {
    method: 'POST',
    headers: { 'X-HTTP-Method-Override': 'GET' },
    redirect: 'manual',
  });
  expect(answer.status).toBe(303);
  expect(await scene.shop.record(record.invoiceNumber)).toEqual(record);
});

test('express.static at the same path, files and router side by side: pays', async () => {
  const scene = await openSurrounded((app, router) => {
    app.use('/payment', express.static(__dirname));
    app.use('/payment', router);
  });
  await takeWholePayment(scene);
  expect((await scene.shop.get('/payment/middleware.test.ts')).status).toBe(200);
});

test('a catch-all 404 behind the router: pays, and unknown addresses are the shop’s', async () => {
  const scene = await openSurrounded((app, router) => {
    app.use('/payment', router);
    app.use((_req, res) => void res.status(404).send('the shop’s 404'));
    app.use(jsonErrors);
  });
  await takeWholePayment(scene);
  expect(await (await scene.shop.get('/payment/nothing')).text()).toBe('the shop’s 404');
});

test('a catch-all 404 in front of the router, where it must not be: nothing is claimed, and the money goes back', async () => {
  const scene = await openSurrounded((app, router) => {
    app.use((_req, res) => void res.status(404).send('the shop’s 404'));
    app.use('/payment', router);
  });
  const record = await scene.shop.started();
  const visit = await scene.simulator.pay(record.token ?? '');
  expect(visit.response.status).toBe(404);
  await expectReturnedByGateway(scene, record);
});

test('an error handler that prints JSON gets the error of getOrder, and the next payment goes through', async () => {
  const thrown = Object.assign(new Error('log in first'), { status: 401 });
  const getOrder: NonNullable<AtipayConfig['getOrder']> = () => {
    throw thrown;
  };
  const scene = await openSurrounded((app, router) => app.use('/payment', router).use(jsonErrors), {
    config: { getOrder },
  });
  const answer = await postPay(scene);
  expect([answer.status, await answer.json()]).toEqual([401, { error: 'log in first' }]);
  expect(scene.simulator.ledger.totals().payments).toBe(0);
});
