import cookieSession from 'cookie-session';
import type { RequestHandler } from 'express';
import expressSession from 'express-session';
import helmet from 'helmet';
import { describeInBrowser } from '../../support/browser';
import { goToBank, heading, leaveBank } from '../../support/e2e-buyer';
import { setScene } from '../../support/e2e-scene';
import { sessionOf } from '../../support/e2e-shop';
import { texts } from '../../../lib/texts';

const fa = texts('fa');
const OURS = /^\/payment\/(callback|result)\//;

/** Shops count visits, keep flash messages, roll expiry dates: the session changes on every request. */
const countVisits: RequestHandler = (req, _res, next) => {
  const session = sessionOf(req);
  if (session) session.visits = (session.visits ?? 0) + 1;
  next();
};

type SameSite = 'lax' | 'strict';

const expressSessions = (sameSite: SameSite): RequestHandler[] => [
  expressSession({
    secret: 'a test secret',
    resave: false,
    saveUninitialized: true,
    cookie: { secure: true, sameSite },
  }),
];

const cookieSessions = (sameSite: SameSite): RequestHandler[] => [
  cookieSession({ keys: ['a test secret'], secure: true, sameSite }),
  countVisits,
];

const CASES = [
  { sessions: 'express-session', make: expressSessions },
  { sessions: 'cookie-session', make: cookieSessions },
].flatMap((kind) => (['lax', 'strict'] as const).map((sameSite) => ({ ...kind, sameSite })));

describeInBrowser('a buyer who is logged in', () => {
  const scene = setScene();

  test.each(CASES)(
    'is still logged in on the shop page the result moves on to ($sessions, SameSite=$sameSite)',
    async ({ make, sameSite }) => {
      const shop = await scene.shop({
        before: [helmet(), ...make(sameSite)],
        config: { resultUrl: ({ orderId }) => `/orders/${orderId}` },
      });
      const order = shop.orders.open('1');
      const { page, observer } = await scene.buyer();
      await page.goto(`${shop.origin}/login`);

      await goToBank(page, shop, order.id);
      await leaveBank(page, 'OK', shop.orderUrl(order.id));

      expect(await page.locator('#user').innerText()).toBe('Sara');
      expect(await page.locator('#state').innerText()).toBe('paid, served 1×');
      expect(observer.answers(OURS)).toHaveLength(2);
      expect(await observer.cookiesSetBy(OURS)).toEqual([]);
      expect(await observer.cookiesSetBy(/^\/login$/)).not.toEqual([]);
    },
  );

  test.each(CASES)(
    'is still logged in when following the link of the receipt ($sessions, SameSite=$sameSite)',
    async ({ make, sameSite }) => {
      const shop = await scene.shop({ before: [helmet(), ...make(sameSite)] });
      const order = shop.orders.open('1');
      const { page, observer } = await scene.buyer();
      await page.goto(`${shop.origin}/login`);

      await goToBank(page, shop, order.id);
      await leaveBank(page, 'OK');
      expect(await heading(page)).toBe(fa.outcome.paid.title);
      await page.getByRole('link', { name: fa.action.back }).click();
      await page.waitForURL(`${shop.origin}/`);

      expect(await page.locator('#user').innerText()).toBe('Sara');
      expect(observer.answers(OURS)).toHaveLength(2);
      expect(await observer.cookiesSetBy(OURS)).toEqual([]);
    },
  );

  test('is still logged in after giving up at the bank, without JavaScript', async () => {
    const shop = await scene.shop({
      before: [helmet(), ...expressSessions('strict')],
      config: { resultUrl: '/' },
    });
    const order = shop.orders.open('1');
    const { page, observer } = await scene.buyer({ javaScriptEnabled: false });
    await page.goto(`${shop.origin}/login`);

    await page.goto(shop.orderUrl(order.id));
    await page.getByRole('button', { name: 'Pay' }).click();
    await page.getByRole('button', { name: fa.action.pay }).click();
    await page.locator('button[value=CanceledByUser]').click();
    await page.getByRole('button', { name: 'بازگشت به فروشگاه' }).click();
    await page.waitForURL(`${shop.origin}/`);

    expect(await page.locator('#user').innerText()).toBe('Sara');
    expect(await observer.cookiesSetBy(OURS)).toEqual([]);
  });
});
