import { source as axe, type AxeResults, type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser';
import { goToBank, heading, leaveBank } from '../support/e2e-buyer';
import { errors, getOrder, open, redirects, results, type Exhibit } from '../support/e2e-gallery';
import { setScene } from '../support/e2e-scene';
import { texts, type Locale } from '../../lib/texts';

const PHONE = { viewport: { width: 360, height: 740 } };
const NOON = Date.UTC(2026, 2, 21, 12);
const LOCALES: Locale[] = ['fa', 'en'];

const ALL = {};
const COLOURS = { runOnly: ['color-contrast'] };

async function violations(page: Page, rules: RunOptions): Promise<string[]> {
  const { violations: found } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(rules)})`);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Accessibility problems of a page on a phone, in light and dark. */
async function flaws(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  await page.emulateMedia({ colorScheme: 'light' });
  const day = await violations(page, ALL);
  await page.emulateMedia({ colorScheme: 'dark' });
  const night = await violations(page, COLOURS);
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  return [...day, ...night, ...(width > PHONE.viewport.width ? [`${width} pixels wide`] : [])];
}

/** The flaws of the pages that have some, by their names. */
async function inspect(page: Page, locale: Locale, exhibits: Exhibit[]): Promise<Record<string, string[]>> {
  const found: [string, string[]][] = [];
  for (const exhibit of exhibits) {
    await open(page, exhibit);
    const title = await heading(page);
    const misled = title === exhibit.title(texts(locale)) ? [] : [`another page: ${title}`];
    found.push([exhibit.name, [...misled, ...(await flaws(page))]]);
  }
  return Object.fromEntries(found.filter(([, wrong]) => wrong.length > 0));
}

describeInBrowser('the pages of a payment', () => {
  const scene = setScene();

  test.each(LOCALES)(
    'fit a phone and everybody, by day and by night: results of all kinds (%s)',
    async (locale) => {
      const shop = await scene.shop({ config: { locale } });
      const { page } = await scene.buyer(PHONE);

      expect(await inspect(page, locale, await results(shop))).toEqual({});
    },
  );

  test.each(LOCALES)(
    'fit a phone and everybody, by day and by night: those that move on to the shop (%s)',
    async (locale) => {
      const shop = await scene.shop({ config: { locale, resultUrl: '/orders/1', now: () => NOON } });
      const { page } = await scene.buyer(PHONE);
      const exhibits = await results(shop, ['verifying', 'paid', 'cancelled', 'in review']);

      expect(await inspect(page, locale, exhibits)).toEqual({});
    },
  );

  test.each(LOCALES)(
    'fit a phone and everybody, by day and by night: to the gateway, and errors (%s)',
    async (locale) => {
      const shop = await scene.shop({ config: { locale, getOrder } });
      const { page } = await scene.buyer(PHONE);
      const exhibits = [...(await redirects(shop)), ...(await errors(shop, scene.simulator))];

      expect(await inspect(page, locale, exhibits)).toEqual({});
    },
  );

  test('would be found out if they did not', async () => {
    const { page } = await scene.buyer(PHONE);
    await page.setContent('<p style="width: 500px; color: #ccc">pale and wide</p>');

    const found = (await flaws(page)).join('\n');

    expect(found).toMatch(/color-contrast: <p/);
    expect(found).toMatch(/html-has-lang/);
    expect(found).toMatch(/\d{3} pixels wide/);
  });

  test.each<{ locale: Locale; amount: string }>([
    { locale: 'fa', amount: '۱٬۲۵۰٬۰۰۰' },
    { locale: 'en', amount: '1,250,000' },
  ])(
    'print the receipt with all there is to keep and no buttons, on one sheet ($locale)',
    async ({ locale, amount }) => {
      const shop = await scene.shop({ config: { locale } });
      const order = shop.orders.open('1', 1_250_000);
      const { page } = await scene.buyer({ colorScheme: 'dark' });
      await goToBank(page, shop, order.id);
      await leaveBank(page, 'OK');
      const [paid] = scene.simulator.ledger.payments();
      expect(await page.locator('.button:visible').count()).toBe(2);

      await page.emulateMedia({ media: 'print' });

      const words = [amount, paid?.invoiceNumber, paid?.referenceNumber, paid?.rrn];
      const visible = words.map((text = 'nothing') => page.getByText(text).first().isVisible());
      expect(await Promise.all(visible)).toEqual([true, true, true, true]);
      expect(await page.locator('.button:visible, button:visible').count()).toBe(0);
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
        'rgb(255, 255, 255)',
      );
      const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    },
  );
});
