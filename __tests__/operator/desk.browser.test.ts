import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { atipayDesk } from 'express-atipay/desk';
import { startSimulator } from 'express-atipay/simulator';
import { describeInBrowser, launchBrowser } from '../support/browser';
import { aMorning, type Morning } from '../support/morning';
import { openShop } from '../support/opened';
import { anOrder } from '../support/shop';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** Where screenshots go, for a person who wants to look at them. */
const SHOTS = process.env['ATIPAY_SHOTS'];

interface Finding {
  id: string;
  nodes: { target: unknown[] }[];
}

async function findings(page: Page): Promise<string[]> {
  // The page's policy lets no script in: axe runs in the debugger.
  await page.evaluate(AXE);
  const found = await page.evaluate<Finding[]>('axe.run().then(({ violations }) => violations)');
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(', ')}`);
}

describeInBrowser('the desk in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  const mountDesk: NonNullable<Parameters<typeof openShop>[1]> = (app, router) => {
    app.use('/payment', router);
    app.use('/desk', atipayDesk(router, { who: () => 'سارا', may: () => true }));
  };
  const aDesk = (): Promise<Morning> => aMorning(undefined, {}, mountDesk);

  const open = (options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> =>
    browser.newContext({ javaScriptEnabled: false, ...options });

  const pagesOf = ({ payments }: Morning): [name: string, path: string][] => [
    ['needs', '/'],
    ['find', '/find?q=09121234567'],
    ['list', '/payments'],
    ['paid', `/payments/${payments.paid.invoiceNumber}`],
    ['review', `/payments/${payments.timedOut.invoiceNumber}`],
    ['today', '/today?day=2026-11-28'],
    ['reconcile', '/reconcile'],
  ];

  test.each([
    ['en', 360, 'light'],
    ['fa', 360, 'dark'],
    ['fa', 1280, 'light'],
    ['en', 1280, 'dark'],
  ] as const)('%s at %i pixels, %s: fits, and axe finds nothing', async (lang, width, colorScheme) => {
    const morning = await aDesk();
    const context = await open({
      viewport: { width, height: 800 },
      colorScheme,
      javaScriptEnabled: true,
    });
    const page = await context.newPage();
    for (const [name, path] of pagesOf(morning)) {
      const query = `${path.includes('?') ? '&' : '?'}lang=${lang}`;
      await page.goto(`${morning.shop.origin}/desk${path}${query}`);
      const wide = await page.evaluate('document.documentElement.scrollWidth');
      expect([name, wide]).toEqual([name, width]);
      if (SHOTS !== undefined) {
        await page.screenshot({
          path: `${SHOTS}/${name}-${lang}-${width}-${colorScheme}.png`,
          fullPage: true,
        });
      }
      expect([name, await findings(page)]).toEqual([name, []]);
    }
    await context.close();
  });

  test('on paper is what staff read, and the filter of a list, but nothing to press', async () => {
    const morning = await aDesk();
    const context = await open({ viewport: { width: 794, height: 1_123 } });
    const page = await context.newPage();
    await page.emulateMedia({ media: 'print' });
    const seen: string[] = [];
    for (const [name, path] of pagesOf(morning)) {
      await page.goto(`${morning.shop.origin}/desk${path}`);
      for (const what of ['button', '.button', 'nav', 'form'])
        if ((await page.locator(what).filter({ visible: true }).count()) > 0) seen.push(`${name}: ${what}`);
    }
    expect(seen).toEqual(['list: form']);
    await context.close();
  });

  test('the doctor and a lost race: axe finds nothing', async () => {
    const simulator = await startSimulator();
    try {
      const { apiKey, url: gatewayUrl } = simulator;
      const shop = await openShop({ apiKey, gatewayUrl, now: Date.now }, mountDesk);
      const context = await open({ viewport: { width: 360, height: 800 }, javaScriptEnabled: true });
      const page = await context.newPage();
      await page.goto(`${shop.origin}/desk/doctor?lang=fa`);
      if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/doctor-fa.png`, fullPage: true });
      expect(await findings(page)).toEqual([]);
      const { payment } = await shop.atipay.start(anOrder());
      await page.goto(`${shop.origin}/desk/payments/${payment.invoiceNumber}?lang=fa`);
      await shop.atipay.note(payment.invoiceNumber, 'رضا', 'با خریدار صحبت شد');
      await page.getByText('یادداشت').first().click();
      await page.locator('form[action*="/note"] textarea').fill('x');
      await page.getByRole('button', { name: 'ثبت یادداشت' }).click();
      await page.getByText('با خریدار صحبت شد').waitFor();
      if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/changed-fa.png`, fullPage: true });
      expect(await findings(page)).toEqual([]);
      await context.close();
    } finally {
      await simulator.close();
    }
  });

  test('a clerk decides a review without JavaScript, by the keyboard alone', async () => {
    const morning = await aDesk();
    const { differs } = morning.payments;
    const context = await open({ viewport: { width: 360, height: 800 } });
    const page = await context.newPage();
    await page.goto(`${morning.shop.origin}/desk/?lang=en`);
    await page.getByRole('searchbox').focus();
    await page.keyboard.type(differs.rrn ?? '');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname.endsWith(differs.invoiceNumber));
    await page.locator('form[action*="/resolve"] textarea').first().focus();
    await page.keyboard.type('AtiPay’s panel shows it');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Done.').waitFor();
    expect((await morning.shop.record(differs.invoiceNumber)).status).toBe('paid');
    await context.close();
  });

  test('a foreign page cannot act in a clerk’s name', async () => {
    const morning = await aDesk();
    const { differs } = morning.payments;
    const context = await open();
    const page = await context.newPage();
    const action = `${morning.shop.origin}/desk/payments/${differs.invoiceNumber}/note`;
    await page.route('http://evil.test/**', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<form method="post" action="${action}"><input name="text" value="x"><button>win</button></form>`,
      }),
    );
    await page.goto('http://evil.test/');
    await page.getByRole('button').click();
    await page
      .getByText('این فرم از این میز کار نیامده است')
      .or(page.getByText('did not come from'))
      .waitFor();
    expect(await morning.shop.record(differs.invoiceNumber)).toEqual(differs);
    await context.close();
  });

  test('a report is compared without JavaScript', async () => {
    const morning = await aDesk();
    const { paid } = morning.payments;
    const context = await open({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.goto(`${morning.shop.origin}/desk/reconcile?lang=fa`);
    const report = `RRN,Amount (Rials),Date,Terminal\n${paid.rrn},12450000,2026-11-28,12345678\n999999999999,5000,2026-11-28,12345678\n`;
    await page.locator('input[type=file]').setInputFiles({
      name: 'report.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(report),
    });
    await page.getByRole('button', { name: 'مقایسه', exact: true }).click();
    await page.getByText('پرداختی از این فروشگاه نیست').waitFor();
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/reconciled-fa.png`, fullPage: true });
    expect(await page.getByText('order-undelivered').count()).toBe(1);
    await context.close();
  });
});
