import helmet from 'helmet';
import { describeInBrowser } from '../support/browser';
import { goToBank, heading, leaveBank } from '../support/e2e-buyer';
import { setScene } from '../support/e2e-scene';
import { texts } from '../../lib/texts';

const STRICT = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], scriptSrc: ["'self'"], formAction: ["'self'"] },
  },
  referrerPolicy: { policy: 'no-referrer' },
  crossOriginOpenerPolicy: { policy: 'same-origin' },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  crossOriginEmbedderPolicy: { policy: 'require-corp' },
});

const SHOPS = [
  { policy: 'no policy of its own', before: [] },
  { policy: 'Helmet at its defaults', before: [helmet()] },
  { policy: 'a policy that allows next to nothing', before: [STRICT] },
];

describeInBrowser('a shop with security headers', () => {
  const scene = setScene();

  test.each(SHOPS)(
    'gets its buyers through to the bank and back, with nothing blocked and only its origin as referrer ($policy)',
    async ({ before }) => {
      const shop = await scene.shop({ before });
      const order = shop.orders.open('1');
      const { page, observer } = await scene.buyer();

      await goToBank(page, shop, order.id);
      await leaveBank(page, 'OK');

      expect(await heading(page)).toBe(texts('fa').outcome.paid.title);
      expect(order.served).toBe(1);
      expect(observer.problems).toEqual([]);
      expect(scene.simulator.ledger.payments()[0]?.referers).toEqual([`${shop.origin}/`]);
    },
  );

  test('does not give away the address of the receipt to the site it is left for', async () => {
    const shop = await scene.shop({ config: { resultUrl: 'https://bank.test:1/elsewhere' } });
    const order = shop.orders.open('1');
    const { page, context } = await scene.buyer();
    const referers: (string | undefined)[] = [];
    await context.route('https://bank.test:1/elsewhere', async (route) => {
      referers.push((await route.request().allHeaders())['referer']);
      await route.fulfill({ body: 'elsewhere' });
    });

    await goToBank(page, shop, order.id);
    await leaveBank(page, 'OK', 'https://bank.test:1/elsewhere');

    expect(referers).toEqual([undefined]);
  });

  test('would be seen here if it had something blocked', async () => {
    const shop = await scene.shop({ before: [STRICT] });
    const { page, observer } = await scene.buyer();
    await page.goto(`${shop.origin}/`);

    const violation = observer.violation();
    await page.evaluate(
      "document.body.append(Object.assign(document.createElement('style'), { textContent: 'p{}' }))",
    );

    expect(await violation).toMatch(/^style-src-elem blocked inline/);
    expect(observer.problems).toContain(await violation);
  });
});
