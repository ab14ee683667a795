import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { atipayDesk } from 'express-atipay/desk';
import { describeInBrowser, launchBrowser } from '../support/browser';
import { aMorning } from '../support/morning';
import { ROOT, readPage } from './markdown';

/** Where the pictures are drawn to: `ATIPAY_SHOTS=docs/images` draws those of the READMEs anew. */
const SHOTS = process.env['ATIPAY_SHOTS'];

const LANGUAGES = [
  ['en', 'README.md', 'Saffron & Co.'],
  ['fa', 'README.fa.md', 'فروشگاه سوغات'],
] as const;

describeInBrowser('the pictures of the READMEs', () => {
  let browser: Browser;
  beforeAll(async () => (browser = await launchBrowser()));
  afterAll(() => browser.close());

  const draw = async (page: Page, name: string): Promise<void> => {
    if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, name) });
  };

  test.each(LANGUAGES)('in %s are a receipt and the desk, as they look now', async (lang, readme, name) => {
    const { shop, payments } = await aMorning(
      undefined,
      { locale: lang, shop: { name, phone: '021-88776655' } },
      (app, router) => {
        app.use('/payment', router);
        app.use('/desk', atipayDesk(router, { who: () => 'Sara', may: () => true }));
      },
    );
    const { invoiceNumber, returnKey } = payments.paid;
    const page = await browser.newPage({ viewport: { width: 430, height: 640 } });
    await page.goto(`${shop.origin}/payment/result/${invoiceNumber}/${returnKey}`);
    expect(await page.textContent('body')).toContain(name);
    await draw(page, `receipt-${lang}.png`);
    await page.setViewportSize({ width: 900, height: 640 });
    await page.goto(`${shop.origin}/desk/?lang=${lang}`);
    expect(await page.textContent('main')).toContain('order-timed-out');
    await draw(page, `desk-${lang}.png`);
    await page.close();

    const shown = [`docs/images/receipt-${lang}.png`, `docs/images/desk-${lang}.png`];
    expect(shown.filter((picture) => !readPage(readme).includes(`(${picture})`))).toEqual([]);
    expect(shown.filter((picture) => !existsSync(join(ROOT, picture)))).toEqual([]);
  });
});
