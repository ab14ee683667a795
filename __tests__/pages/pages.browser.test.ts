import type { Browser, Page as Tab } from 'playwright-core';
import { errorPage, redirectPage, resultPage, type Page } from '../../lib/pages';
import { describeInBrowser, launchBrowser } from '../support/browser';
import { everyStatus, LOCALES, paid, undecided } from './payments';
import { Site } from './site';

jest.setTimeout(120_000);

describeInBrowser('the pages in a browser', () => {
  const site = new Site();
  let browser: Browser;

  beforeAll(async () => {
    await site.open();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    site.close();
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    site.pages.clear();
    site.posts.length = 0;
  });

  /** A tab that collects what the browser complains about, policy violations among it. */
  async function tab({ script = true } = {}): Promise<[Tab, string[]]> {
    const context = await browser.newContext({
      viewport: { width: 360, height: 740 },
      javaScriptEnabled: script,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    return [page, complaints];
  }

  const redirect = (): Page =>
    redirectPage({ action: `${site.origin}/redirect-to-gateway`, token: 'a+b&c', locale: 'fa' });

  const submitted = (page: Tab): Promise<unknown> =>
    page.waitForRequest((request) => request.method() === 'POST');

  /** What an impatient buyer does, whether the button is willing or not. */
  async function press(page: Tab): Promise<void> {
    const box = await page.locator('button').boundingBox();
    if (box === null) throw new Error('The button is not on the page.');
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  }

  it('send the token by themselves, with the origin as referrer', async () => {
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
    site.pages.set('/result', resultPage({ payment: paid, locale: 'fa' }));
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

  it('move on to the shop by themselves', async () => {
    site.pages.set(
      '/result',
      resultPage({ payment: paid, locale: 'fa', continueUrl: '/o/4 2;x?a="b"&c=\'d\'' }),
    );
    site.pages.set('/o/4%202;x?a=%22b%22&c=%27d%27', errorPage({ kind: 'notFound', locale: 'en' }));
    const [page] = await tab({ script: false });
    await page.goto(`${site.origin}/result`);
    await page.waitForURL('**/o/**');
    expect(await page.title()).toBe('This address is not valid');
  });

  it('reload themselves until the payment is decided', async () => {
    const payment = undecided('verifying');
    site.pages.set('/result', resultPage({ payment, locale: 'en', refreshSeconds: 1 }));
    const [page] = await tab({ script: false });
    await page.goto(`${site.origin}/result`);
    site.pages.set('/result', resultPage({ payment: paid, locale: 'en' }));
    await page.getByRole('heading', { name: 'Payment successful' }).waitFor();
  });

  it('read identifiers from left to right in Persian', async () => {
    site.pages.set('/result', resultPage({ payment: paid, locale: 'fa' }));
    const [page] = await tab();
    await page.goto(`${site.origin}/result`);
    const places = await page.evaluate(`(() => {
      const text = [...document.querySelectorAll('bdi')].find((b) => b.textContent === '610433******1234').firstChild;
      return [0, 8, 15].map((at) => {
        const range = document.createRange();
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        return range.getBoundingClientRect().left;
      });
    })()`);
    expect(places).toEqual([...(places as number[])].sort((a, b) => a - b));
    expect(new Set(places as number[]).size).toBe(3);
  });

  it.each(LOCALES)(
    'fit a phone, with nothing too small to touch and nothing blocked (%s)',
    async (locale) => {
      const long = 'W'.repeat(50);
      const crowded = { ...paid, amount: 9e14, referenceNumber: long, traceNumber: long, description: long };
      const payments = [...everyStatus(locale), crowded];
      payments.forEach((payment, index) => {
        const page = resultPage({ payment, locale, retryUrl: '/cart', refreshSeconds: 600 });
        site.pages.set(`/result/${index}`, page);
      });
      site.pages.set('/error', errorPage({ kind: 'unreadable', locale, retryUrl: '/cart', detail: long }));
      const [page, complaints] = await tab();
      for (const path of site.pages.keys()) {
        await page.goto(site.origin + path);
        expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 360]);
        const heights = await page.evaluate(
          '[...document.querySelectorAll(".button")].map((b) => b.offsetHeight)',
        );
        expect(Math.min(...(heights as number[]))).toBeGreaterThanOrEqual(44);
      }
      expect(complaints).toEqual([]);
    },
  );
});
