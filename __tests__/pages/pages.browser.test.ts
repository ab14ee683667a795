import type { Page as Tab } from 'playwright-core';
import { errorPage, redirectPage, resultPage, type Page } from '../../lib/pages';
import { texts } from '../../lib/texts';
import { describeInBrowser } from '../support/browser';
import { DESKTOP, gallery, shop, viewOf } from './gallery';
import { LOCALES, paid } from './payments';
import { setPages } from './set-pages';

describeInBrowser('the pages in a browser', () => {
  const { site, tab } = setPages();

  const redirect = (): Page =>
    redirectPage({ action: `${site.origin}/redirect-to-gateway`, token: 'a+b&c', locale: 'fa', shop });

  const submitted = (page: Tab): Promise<unknown> =>
    page.waitForRequest((request) => request.method() === 'POST');

  /** Clicks like an impatient buyer, also on a disabled button. */
  async function press(page: Tab): Promise<void> {
    const box = await page.locator('button').boundingBox();
    if (box === null) throw new Error('The button is not on the page.');
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  }

  it('send the token by script, with the origin as referrer', async () => {
    site.pages.set('/pay/1/key', redirect());
    const [page, complaints] = await tab();
    await Promise.all([submitted(page), page.goto(`${site.origin}/pay/1/key`, { waitUntil: 'commit' })]);
    await site.posted(1);
    expect(site.posts).toEqual([{ body: 'token=a%2Bb%26c', referer: `${site.origin}/` }]);
    expect(complaints).toEqual([]);
  });

  it('send the token once however often the button is pressed, and again when no answer comes', async () => {
    site.pages.set('/pay/1/key', redirect());
    const [page] = await tab();
    await page.clock.install({ time: 0 });
    await page.clock.pauseAt(1000);
    await Promise.all([submitted(page), page.goto(`${site.origin}/pay/1/key`, { waitUntil: 'commit' })]);
    await press(page);
    await press(page);
    await page.clock.fastForward(10_000);
    await Promise.all([submitted(page), press(page)]);
    await site.posted(2);
    expect(site.posts).toHaveLength(2);
  });

  it('send the token by the button where no script runs', async () => {
    site.pages.set('/pay/1/key', redirect());
    const [page] = await tab({ script: false });
    await page.goto(`${site.origin}/pay/1/key`);
    expect(site.posts).toEqual([]);
    await Promise.all([submitted(page), press(page)]);
    await site.posted(1);
    expect(site.posts).toEqual([{ body: 'token=a%2Bb%26c', referer: `${site.origin}/` }]);
  });

  it('print the receipt, and show no button that could not', async () => {
    site.pages.set('/result', resultPage(viewOf(paid, 'fa')));
    const [page, complaints] = await tab();
    await page.addInitScript('window.print = () => { window.printed = true; }');
    await page.goto(`${site.origin}/result`);
    await page.locator('#print').click();
    expect(await page.evaluate('window.printed')).toBe(true);
    expect(complaints).toEqual([]);

    const [scriptless] = await tab({ script: false });
    await scriptless.goto(`${site.origin}/result`);
    expect(await scriptless.locator('#print').isVisible()).toBe(false);
  });

  it('move on to the shop by script', async () => {
    site.pages.set('/result', resultPage(viewOf(paid, 'fa', { continueUrl: '/o/4 2;x?a="b"&c=\'d\'' })));
    site.pages.set('/o/4%202;x?a=%22b%22&c=%27d%27', errorPage({ kind: 'notFound', locale: 'en', shop }));
    const [page] = await tab({ script: false });
    await page.goto(`${site.origin}/result`);
    await page.waitForURL('**/o/**');
    expect(await page.title()).toBe('This address is not valid');
  });

  it('read identifiers from left to right in Persian', async () => {
    site.pages.set('/result', resultPage(viewOf(paid, 'fa')));
    const [page] = await tab();
    await page.goto(`${site.origin}/result`);
    const places = await page.evaluate(`(() => {
      const card = [...document.querySelectorAll('bdi')].find((b) => b.textContent === '610433******1234');
      return [...card.querySelectorAll('span')].map((group) => group.getBoundingClientRect().left);
    })()`);
    expect(places).toEqual([...(places as number[])].sort((a, b) => a - b));
    expect(new Set(places as number[]).size).toBe(4);
  });

  it.each(LOCALES)(
    'fit a phone, with nothing too small to touch and nothing blocked (%s)',
    async (locale) => {
      const [page, complaints] = await tab();
      for (const [path, shown] of gallery(locale)) {
        site.pages.set(path, shown);
        await page.goto(site.origin + path);
        expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 360]);
        const heights = await page.evaluate(
          '[...document.querySelectorAll(".button")].map((b) => b.offsetHeight).filter((height) => height > 0)',
        );
        expect(Math.min(...(heights as number[]))).toBeGreaterThanOrEqual(44);
      }
      expect(complaints).toEqual([]);
    },
  );

  it('show what happened beside the numbers on a desktop', async () => {
    site.pages.set('/result', resultPage(viewOf(paid, 'fa')));
    const [page] = await tab(DESKTOP);
    await page.goto(`${site.origin}/result`);
    const [what, facts] = [
      await page.locator('.what').boundingBox(),
      await page.locator('.facts').boundingBox(),
    ];
    expect(what && facts && what.x >= facts.x + facts.width).toBe(true);
  });

  it.each(LOCALES)('lead on from every page (%s)', async (locale) => {
    const [page] = await tab({ script: false });
    for (const [path, shown] of gallery(locale)) {
      site.pages.set(path, shown);
      await page.goto(site.origin + path);
      const labels = await page.locator('.actions .button:visible').allTextContents();
      const { back, continue: goOn } = texts(locale).action;
      expect([path, labels.includes(back) || labels.includes(goOn)]).toEqual([path, true]);
    }
  });
});
