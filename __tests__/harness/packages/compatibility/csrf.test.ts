import cookieParser from 'cookie-parser';
import { doubleCsrf } from 'csrf-csrf';
import { csrfSync } from 'csrf-sync';
import express, { type Express, type Request, type RequestHandler } from 'express';
import expressSession from 'express-session';
import { anOrder } from '../../../support/shop';
import {
  expectReturnedByGateway,
  openSurrounded,
  postPay,
  takeWholePayment,
  type Surrounded,
  type Surroundings,
} from '../../../support/surrounded';

interface Protection {
  before: RequestHandler[];
  csrf: RequestHandler;
  tokenOf: RequestHandler;
}

const field = (req: Request): string | undefined => (req.body as { _csrf?: string } | undefined)?._csrf;

function withCsrfCsrf(): Protection {
  const { doubleCsrfProtection, generateCsrfToken } = doubleCsrf({
    getSecret: () => 'a test secret',
    getSessionIdentifier: () => 'one session',
    cookieName: 'csrf',
    cookieOptions: { secure: false },
    getCsrfTokenFromRequest: field,
  });
  return {
    before: [cookieParser()],
    csrf: doubleCsrfProtection,
    tokenOf: (req, res) => void res.send(generateCsrfToken(req, res)),
  };
}

function withCsrfSync(): Protection {
  const { csrfSynchronisedProtection, generateToken } = csrfSync({ getTokenFromRequest: field });
  return {
    before: [expressSession({ secret: 'a test secret', resave: false, saveUninitialized: false })],
    csrf: csrfSynchronisedProtection,
    tokenOf: (req, res) => void res.send(generateToken(req)),
  };
}

const KINDS: [string, () => Protection][] = [
  ['csrf-csrf', withCsrfCsrf],
  ['csrf-sync', withCsrfSync],
];

const form = (): RequestHandler => express.urlencoded({ extended: false });

/** As docs/routes.md says: `/pay` is guarded, the rest of the shop too, the callback is not. */
const asDocumented =
  ({ before, csrf, tokenOf }: Protection): Surroundings =>
  (app, router) => {
    app.use(before);
    app.use('/payment/pay', form(), csrf);
    app.use('/payment', router);
    app.use(csrf);
    addPages(app, tokenOf);
  };

function addPages(app: Express, tokenOf: RequestHandler): void {
  app.get('/token', tokenOf);
  app.post('/other', (_req, res) => void res.send('done'));
}

/** The token of the shop's page, and the cookie that came with it. */
async function token({
  shop,
}: Surrounded): Promise<{ headers: { Cookie: string }; fields: { _csrf: string } }> {
  const page = await shop.get('/token');
  const Cookie = page.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { headers: { Cookie }, fields: { _csrf: await page.text() } };
}

describe.each(KINDS)('%s', (_name, make) => {
  test('guards /pay and the shop, and lets the bank’s POST through', async () => {
    const scene = await openSurrounded(asDocumented(make()));
    expect((await postPay(scene)).status).toBe(403);
    expect((await scene.shop.post('/other', '')).status).toBe(403);
    await takeWholePayment(scene, await token(scene));
  });

  test('in front of the callback, where it must not be: nothing is claimed, and the money goes back', async () => {
    const { before, csrf } = make();
    const scene = await openSurrounded((app, router) => {
      app.use(before, form(), csrf).use('/payment', router);
    });
    const { url, payment } = await scene.shop.atipay.start(anOrder());
    const visit = await scene.simulator.pay(url);
    expect(visit.response.status).toBe(403);
    await expectReturnedByGateway(scene, await scene.shop.record(payment.invoiceNumber));
  });
});
