import cookieParser from 'cookie-parser';
import cookieSession from 'cookie-session';
import { ConnectSessionKnexStore } from 'connect-session-knex';
import type { Express, Request, RequestHandler } from 'express';
import expressSession from 'express-session';
import createMemoryStore from 'memorystore';
import type { AtipayConfig } from 'express-atipay';
import { sqliteFile } from '../../../support/databases';
import { sessionOf } from '../../../support/e2e-shop';
import { closing } from '../../../support/opened';
import { openSurrounded, orderOf, postPay, takeWholePayment } from '../../../support/surrounded';

const SECRET = 'a test secret';

/** The settings that set a cookie most often. */
const sessions = (store?: expressSession.Store): RequestHandler =>
  expressSession({
    secret: SECRET,
    resave: true,
    saveUninitialized: true,
    rolling: true,
    cookie: { sameSite: 'lax' },
    ...(store && { store }),
  });

function knexStore(): expressSession.Store {
  const { knex, remove } = sqliteFile();
  const store = new ConnectSessionKnexStore({ knex, cleanupInterval: 0 });
  // A request that is over may still write its session.
  closing({ close: () => new Promise((resolve) => setImmediate(() => resolve(remove()))) });
  return store;
}

function memoryStore(): expressSession.Store {
  const store = new (createMemoryStore(expressSession))({ checkPeriod: 60_000 });
  closing({
    close: () => {
      store.stopInterval();
      return Promise.resolve();
    },
  });
  return store;
}

/** cookie-session sets its cookie when the session has changed. */
const countVisits: RequestHandler = (req, _res, next) => {
  const session = sessionOf(req);
  if (session) session.visits = (session.visits ?? 0) + 1;
  next();
};

const KINDS: [string, () => RequestHandler[]][] = [
  ['express-session, its own memory store', () => [sessions()]],
  ['express-session, memorystore', () => [sessions(memoryStore())]],
  ['express-session, connect-session-knex on SQLite', () => [sessions(knexStore())]],
  ['cookie-session', () => [cookieSession({ keys: [SECRET], sameSite: 'lax' }), countVisits]],
  ['cookie-parser and express-session', () => [cookieParser(SECRET), sessions()]],
];

/** Only logged-in users have orders. */
const getOrder: AtipayConfig['getOrder'] = (req: Request) =>
  sessionOf(req)?.user === 'Sara' ? orderOf((req.body as { orderId?: unknown }).orderId) : undefined;

function addLogin(app: Express): void {
  app.get('/login', (req, res) => {
    Object.assign(sessionOf(req) ?? {}, { user: 'Sara' });
    res.send('Welcome');
  });
  app.get('/me', (req, res) => void res.send(sessionOf(req)?.user ?? 'a stranger'));
}

const openWith = (before: RequestHandler[]) =>
  openSurrounded(
    (app, router) => {
      app.use(before).use('/payment', router);
      addLogin(app);
    },
    { config: { getOrder, resultUrl: '/me' } },
  );

async function logIn(origin: string): Promise<string> {
  const { headers } = await fetch(`${origin}/login`);
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

test.each(KINDS)('%s: a buyer pays and is still logged in afterwards', async (_kind, before) => {
  const scene = await openWith(before());
  const Cookie = await logIn(scene.shop.origin);
  expect(Cookie).not.toBe('');
  await takeWholePayment(scene, { headers: { Cookie } });
  const me = await scene.shop.get('/me', { Cookie });
  expect(await me.text()).toBe('Sara');
});

test.each(KINDS)('%s: a payment needs the session', async (_kind, before) => {
  const scene = await openWith(before());
  expect((await postPay(scene)).status).toBe(404);
  expect(scene.simulator.ledger.totals().payments).toBe(0);
});
