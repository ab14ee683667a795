import type { Page as Tab } from 'playwright-core';
import { resultPage } from '../../lib/pages';
import { describeInBrowser } from '../support/browser';
import { gallery, PAPER, viewOf } from './gallery';
import { LOCALES, paid } from './payments';
import { setPages } from './set-pages';

describeInBrowser('a receipt in a browser', () => {
  const { site, tab } = setPages();

  describe('with a long number', () => {
    const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };

    const copy = (page: Tab, label: string): Promise<void> =>
      page.getByRole('button', { name: `Copy ${label}` }).click();

    it('copy it whole, and say so', async () => {
      site.pages.set('/result', resultPage(viewOf(paid, 'en')));
      const [page, complaints] = await tab(CLIPBOARD);
      await page.goto(`${site.origin}/result`);
      for (const [label, number] of [
        ['Invoice number', paid.invoiceNumber],
        ['Digital receipt', paid.referenceNumber],
      ] as const) {
        await copy(page, label);
        await page.getByRole('status').getByText('Copied').waitFor();
        expect(await page.evaluate('navigator.clipboard.readText()')).toBe(number);
      }
      expect(complaints).toEqual([]);
    });

    it('select it where the clipboard may not be used', async () => {
      site.pages.set('/result', resultPage(viewOf(paid, 'en')));
      const [page] = await tab();
      await page.addInitScript('Object.defineProperty(navigator, "clipboard", { value: undefined })');
      await page.goto(`${site.origin}/result`);
      await copy(page, 'Digital receipt');
      expect(await page.evaluate('getSelection().toString()')).toBe(paid.referenceNumber);
    });

    it('show it as text, without a button that would do nothing, where no script runs', async () => {
      site.pages.set('/result', resultPage(viewOf(paid, 'en')));
      const [page] = await tab({ script: false });
      await page.goto(`${site.origin}/result`);
      expect(await page.locator('button:visible').count()).toBe(0);
      expect(await page.getByText(paid.referenceNumber).isVisible()).toBe(true);
    });
  });

  describe('on paper', () => {
    it.each(LOCALES)(
      'fill half a sheet at most, with the shop and the date of printing (%s)',
      async (locale) => {
        const [page] = await tab({ ...PAPER, colorScheme: 'dark' });
        await page.emulateMedia({ media: 'print' });
        const pages = [...gallery(locale)].filter(([path]) => path.startsWith('/result'));
        for (const [path, shown] of pages) {
          site.pages.set(path, shown);
          await page.goto(site.origin + path);
          const height = await page.evaluate<number>('document.body.getBoundingClientRect().height');
          expect([path, height <= PAPER.viewport.height / 2]).toEqual([path, true]);
          expect(await page.locator('.button:visible, .copy:visible').count()).toBe(0);
          expect(await page.getByText('Shoes & Sons').isVisible()).toBe(true);
          expect(await page.locator('#printed').isVisible()).toBe(true);
          const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
          expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
        }
      },
    );

    it('have the date of printing, however long the page was open', async () => {
      site.pages.set('/result', resultPage(viewOf(paid, 'fa')));
      const [page] = await tab();
      await page.clock.setFixedTime(Date.UTC(2025, 10, 30, 9, 0));
      await page.goto(`${site.origin}/result`);
      const printed = page.locator('#printed time');
      expect(await printed.textContent()).toBe('۳ آذر ۱۴۰۴ ساعت ۱۹:۳۱');
      await page.evaluate('dispatchEvent(new Event("beforeprint"))');
      expect(await printed.textContent()).toBe('۹ آذر ۱۴۰۴ ساعت ۱۲:۳۰');
    });
  });
});
