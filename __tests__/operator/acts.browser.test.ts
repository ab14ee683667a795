import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { atipayDesk } from 'express-atipay/desk';
import { startSimulator } from 'express-atipay/simulator';
import { describeInBrowser, launchBrowser } from '../support/browser';
import { aMorning, type Morning } from '../support/morning';
import { closing, openShop } from '../support/opened';

/** Elements that a page can hold between two that are looked for. */
const MOST_TABS = 200;

/** Goes on with the Tab key until an element has the focus. */
async function tabsTo(page: Page, selector: string): Promise<void> {
  const wanted = page.locator(`:is(${selector}):focus`);
  for (let presses = 0; presses < MOST_TABS; presses += 1) {
    if ((await wanted.count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The Tab key does not come to ${selector}.`);
}

/** Follows the link or sends the form that has the focus, and waits for the page that comes. */
async function enters(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
}

/** Chooses Rials, the first of the units. */
const NEXT_OPTION = 'ArrowDown';

/** Opens a folded form, types into its fields and presses its button: by keys alone. */
async function acts(page: Page, act: string, fields: Readonly<Record<string, string>>): Promise<void> {
  const form = `form[action*="/${act}"]:not(:has([name="outcome"][value="failed"]))`;
  const folded = `details:not([open]):has(${form}) > summary`;
  if ((await page.locator(folded).count()) > 0) {
    await tabsTo(page, folded);
    await page.keyboard.press('Enter');
  }
  for (const [name, typed] of Object.entries(fields)) {
    await tabsTo(page, `${form} [name="${name}"]`);
    if (typed === NEXT_OPTION) await page.keyboard.press(NEXT_OPTION);
    else await page.keyboard.type(typed);
  }
  await tabsTo(page, `${form} button`);
  await page.keyboard.press('Enter');
}

/** Each language on a telephone and at a desk. */
const VIEWS = [
  ['en', 360],
  ['fa', 360],
  ['en', 1280],
  ['fa', 1280],
] as const;

describeInBrowser('the acts of the desk in a browser without JavaScript', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  const aDesk = (): Promise<Morning> =>
    aMorning(undefined, {}, (app, router) => {
      app.use('/payment', router);
      app.use(
        '/desk/:who',
        atipayDesk(router, {
          who: (req) => String(req.baseUrl.split('/').at(-1)),
          may: (req) => !req.baseUrl.endsWith('Looker'),
        }),
      );
    });

  const opened = async (width: number): Promise<{ context: BrowserContext; page: Page }> => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width, height: 800 } });
    return { context, page: await context.newPage() };
  };

  test.each(VIEWS)('in %s at %i pixels each is done by the keyboard alone', async (lang, width) => {
    const morning = await aDesk();
    const { shop, payments } = morning;
    const { context, page } = await opened(width);
    const desk = `${shop.origin}/desk/Sara`;
    const goes = (path: string): Promise<unknown> => page.goto(`${desk}${path}lang=${lang}`);
    const { paid, differs, undelivered } = payments;

    await goes(`/payments/${paid.invoiceNumber}?`);
    await acts(page, 'note', { text: 'called back' });
    await page.waitForURL(/done=note/);
    const give = { amount: '50000', unit: NEXT_OPTION, reference: '88123', text: 'damaged' };
    await acts(page, 'give-back', give);
    await page.waitForURL(/done=giveBack/);
    await goes(`/payments/${undelivered.invoiceNumber}?`);
    await acts(page, 'retry', {});
    await page.waitForURL(/done=retry/);
    await goes(`/payments/${differs.invoiceNumber}?`);
    await acts(page, 'resolve', { text: 'the panel shows it' });
    await page.waitForURL(/done=resolve/);
    const records = await Promise.all(
      [paid, undelivered, differs].map(({ invoiceNumber }) => shop.record(invoiceNumber)),
    );
    expect(records.map(({ givenBack }) => givenBack)).toEqual([50_000, 0, 0]);
    expect(records.map(({ hookDeliveredAt }) => hookDeliveredAt)).not.toContain(null);
    expect(records[2]?.status).toBe('paid');

    await goes('/payments?');
    await tabsTo(page, 'a[href*="/purge"]');
    await enters(page);
    await tabsTo(page, 'input[name="before"]');
    await page.keyboard.type('2026-11-29');
    await enters(page);
    await tabsTo(page, 'form[method="post"] button');
    await enters(page);
    await page.getByRole('status').waitFor();
    expect((await shop.record(paid.invoiceNumber)).cellNumber).toBeNull();
    await context.close();
  });

  test.each(VIEWS)(
    'in %s at %i pixels the doctor asks for a token, by the keyboard alone',
    async (lang, width) => {
      const { apiKey, url: gatewayUrl } = closing(await startSimulator());
      const shop = await openShop({ apiKey, gatewayUrl, now: Date.now }, (app, router) => {
        app.use('/payment', router);
        app.use('/desk', atipayDesk(router, { who: () => 'Sara', may: () => true }));
      });
      const { context, page } = await opened(width);
      await page.goto(`${shop.origin}/desk/?lang=${lang}`);
      await tabsTo(page, 'nav a[href*="/doctor"]');
      await enters(page);
      await tabsTo(page, 'form[action*="/doctor"] button');
      await enters(page);
      await page
        .getByText(lang === 'fa' ? 'آتی‌پی برای ۱٬۰۰۰ ریال توکن داد' : 'gave a token for 1,000')
        .waitFor();
      expect(await page.locator('form[action*="/doctor"]').count()).toBe(0);
      await context.close();
    },
  );

  test.each(VIEWS)('in %s at %i pixels a report is compared, by the keyboard alone', async (lang, width) => {
    const { shop, payments } = await aDesk();
    const { paid, differs } = payments;
    const folder = mkdtempSync(join(tmpdir(), 'atipay-report-'));
    const report = join(folder, 'report.csv');
    writeFileSync(report, `Ref,Sum,Date\n${paid.rrn},1245000,1405-09-07\n${differs.rrn},90000,1405-09-07\n`);
    const { context, page } = await opened(width);
    // From here on the browser opens no dialogue for files.
    const chosen = page.waitForEvent('filechooser');
    await page.goto(`${shop.origin}/desk/Sara/?lang=${lang}`);
    await tabsTo(page, 'nav a[href*="/reconcile"]');
    await enters(page);
    await tabsTo(page, '[name="unit"]');
    // The report's word, Rials, Tomans.
    for (let times = 0; times < 2; times += 1) await page.keyboard.press('ArrowDown');
    await tabsTo(page, '[name="map"]');
    await page.keyboard.type('rrn=Ref, amount=Sum');
    await tabsTo(page, '[name="report"]');
    await page.keyboard.press('Enter');
    await (await chosen).setFiles(report);
    await tabsTo(page, 'form[enctype] button');
    await enters(page);
    await tabsTo(page, `main a[href*="${differs.invoiceNumber}"]`);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname.endsWith(differs.invoiceNumber));
    expect(await shop.record(differs.invoiceNumber)).toEqual(differs);
    rmSync(folder, { recursive: true });
    await context.close();
  });

  test('of two people one resolves a payment, and the other sees what happened meanwhile', async () => {
    const { shop, payments } = await aDesk();
    const { invoiceNumber } = payments.differs;
    const [sara, reza] = [await opened(360), await opened(1280)];
    for (const [name, { page }] of [
      ['Sara', sara],
      ['Reza', reza],
    ] as const) {
      await page.goto(`${shop.origin}/desk/${name}/payments/${invoiceNumber}`);
    }
    await acts(reza.page, 'resolve', { text: 'the panel shows it' });
    await reza.page.waitForURL(/done=resolve/);
    const decided = await shop.record(invoiceNumber);
    await acts(sara.page, 'resolve', { text: 'it is there' });
    await sara.page.getByRole('alert').getByText('the panel shows it').waitFor();
    expect(await sara.page.getByRole('alert').getByText('Reza').count()).toBeGreaterThan(0);
    expect(await shop.record(invoiceNumber)).toEqual(decided);
    await Promise.all([sara.context.close(), reza.context.close()]);
  });

  test('a form whose token is stale or another person’s is refused, and says so', async () => {
    const { shop, payments } = await aDesk();
    const { differs } = payments;
    const { context, page } = await opened(360);
    await page.goto(`${shop.origin}/desk/Sara/payments/${differs.invoiceNumber}`);
    // The login has changed under the page.
    await page.route('**/desk/Sara/**', (route) =>
      route.continue({ url: route.request().url().replace('/Sara/', '/Reza/') }),
    );
    await acts(page, 'note', { text: 'x' });
    await page.getByRole('alert').getByText('Nothing was done').waitFor();
    expect(await shop.record(differs.invoiceNumber)).toEqual(differs);
    await context.close();
  });

  test('a person who may only look finds no form, and reads why', async () => {
    const { shop, payments } = await aDesk();
    const { context, page } = await opened(360);
    await page.goto(`${shop.origin}/desk/Looker/payments/${payments.differs.invoiceNumber}`);
    await page.getByText('You may look, and not act').waitFor();
    expect(await page.locator('form[method="post"]').count()).toBe(0);
    await page.goto(`${shop.origin}/desk/Looker/purge`);
    await page.getByRole('alert').getByText('You may look, and not act').waitFor();
    await context.close();
  });
});
