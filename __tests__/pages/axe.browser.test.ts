import { source as axe, type AxeResults } from 'axe-core';
import { describeInBrowser } from '../support/browser';
import { DESKTOP, gallery, PHONE } from './gallery';
import { LOCALES } from './payments';
import { setPages } from './set-pages';

describeInBrowser('pages', () => {
  const { site, tab } = setPages();

  describe.each(LOCALES)('to axe (%s)', (locale) => {
    it.each([
      ['a phone by day', PHONE, 'light'],
      ['a phone by night', PHONE, 'dark'],
      ['a desktop by day', DESKTOP, 'light'],
      ['a desktop by night', DESKTOP, 'dark'],
    ] as const)('have no fault on %s', async (_where, size, colorScheme) => {
      const [page] = await tab({ ...size, colorScheme });
      const found: Record<string, string[]> = {};
      for (const [path, shown] of gallery(locale)) {
        site.pages.set(path, shown);
        await page.goto(site.origin + path);
        await page.evaluate(axe);
        const { violations } = await page.evaluate<AxeResults>('axe.run()');
        const faults = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
        if (faults.length > 0) found[path] = faults;
      }
      expect(found).toEqual({});
    });
  });
});
