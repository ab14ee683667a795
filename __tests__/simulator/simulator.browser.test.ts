import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startSimulator, type Simulator } from '../../lib/simulator';
import { describeInBrowser, launchBrowser } from '../support/browser';
import { newToken } from './gateway';
import { openShop, type Shop } from './shop';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let simulator: Simulator;
let shop: Shop;
let shopUrl: string;

describeInBrowser('in a browser', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(() => browser.close());

  beforeEach(async () => {
    simulator = await startSimulator({ bankOrigin: (port) => `http://bank.test:${port}` });
    shop = await openShop();
    shopUrl = shop.url.replace('127.0.0.1', 'shop.test');
  });

  afterEach(() => Promise.all([simulator.close(), shop.close()]));

  const open = async (options: BrowserContextOptions = {}): Promise<Page> =>
    (await browser.newContext(options)).newPage();

  /** The shop's page with the form, and a buyer who has pressed its button. */
  async function toBank(page: Page, changes: Record<string, unknown> = {}): Promise<void> {
    const token = await newToken(simulator, { redirectUrl: `${shopUrl}/back?order=7`, ...changes });
    const action = `http://mipg.test:${simulator.port}/v1/redirect-to-gateway`;
    const form = `<form method="post" action="${action}"><input type="hidden" name="token" value="${token}"><button>Pay</button></form>`;
    shop.page('/pay', form);
    shop.page('/result?of=payment', '<h1>Thank you</h1>');
    await page.goto(`${shopUrl}/pay`);
    await page.click('text=Pay');
    await page.waitForURL(/bank\.test/);
  }

  it('a buyer pays on another origin and is posted back by the page itself', async () => {
    const page = await open();
    await toBank(page);
    await page.click('button.pay');
    await page.waitForURL(`${shopUrl}/result?of=payment`);

    expect(shop.received).toHaveLength(1);
    expect(shop.received[0]).toMatchObject({
      url: '/back?order=7',
      headers: { origin: `http://bank.test:${simulator.port}` },
    });
    expect(shop.received[0]?.fields).toMatchObject({ state: 'OK', status: '2' });
    expect(simulator.ledger.payments()[0]?.referers).toEqual([`${shopUrl}/`]);
  });

  it('a buyer who reads English pays on an English page', async () => {
    const page = await open();
    await toBank(page);
    await page.click('text=English');
    expect(await page.getByRole('timer').textContent()).toMatch(/^1[45]:\d\d$/);
    await page.click('button:has-text("Pay 250,000 Rials")');
    await page.waitForURL(`${shopUrl}/result?of=payment`);
    expect(shop.received[0]?.fields).toMatchObject({ state: 'OK' });
  });

  it('a buyer without JavaScript pays too, and cancels', async () => {
    const page = await open({ javaScriptEnabled: false });
    for (const [button, state] of [
      ['پرداخت', 'OK'],
      ['انصراف', 'CanceledByUser'],
    ] as const) {
      await toBank(page);
      await page.getByRole('button', { name: button }).click();
      await page.getByRole('button', { name: 'بازگشت به فروشگاه' }).click();
      await page.waitForURL(`${shopUrl}/result?of=payment`);
      expect(shop.received.at(-1)?.fields['state']).toBe(state);
    }
  });

  it('the other endings of Table 1 are folded below', async () => {
    const page = await open();
    await toBank(page);
    const failed = page.locator('button[value=TerminalNotFound]');
    expect(await failed.isVisible()).toBe(false);
    await page.click('summary');
    await failed.click();
    await page.waitForURL(/result/);
    expect(shop.received[0]?.fields).toMatchObject({ state: 'TerminalNotFound', status: '12' });
  });

  it('when the time is over the page brings the buyer back', async () => {
    const page = await open();
    await page.clock.install();
    await toBank(page);
    expect(await page.getByRole('timer').textContent()).toMatch(/^۱[۴۵]:/);
    await page.clock.runFor(60_000);
    expect(await page.getByRole('timer').textContent()).toMatch(/^۱[۳۴]:/);
    simulator.advance(15 * 60_000);
    await page.clock.runFor(15 * 60_000);
    await page.waitForURL(/result/);
    expect(shop.received[0]?.fields).toMatchObject({ state: 'SessionIsNull', status: '4' });
  });

  it('a developer sets a fault and moves the clock on the control page', async () => {
    const page = await open();
    await page.goto(simulator.controlUrl);
    await page.click('summary:has-text("Another fault")');
    await page.selectOption('select', 'verify-payment http');
    await page.fill('.fields [name=status]', '503');
    await page.click('text=Set the fault');
    await page.waitForSelector('text=struck 0 times');
    expect(simulator.faults.list()[0]?.fault).toEqual({ on: 'verify-payment', kind: 'http', status: 503 });
    const before = simulator.now();
    await page.click('text=+30 min');
    await page.waitForURL(simulator.controlUrl);
    expect(simulator.now()).toBeGreaterThanOrEqual(before + 1_800_000);
  });

  describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
    it.each([360, 1280])('every screen is accessible and fits %d pixels', async (width) => {
      const page = await open({ colorScheme, viewport: { width, height: 740 }, bypassCSP: true });
      await toBank(page, { invoiceNumber: 'x'.repeat(40), amount: 9_007_199_254_740_990 });
      expect(await problemsOf(page)).toEqual([]);
      simulator.faults.add({ on: 'callback', kind: 'never' });
      await page.click('button.pay');
      expect(await problemsOf(page)).toEqual([]);
      simulator.faults.add({ on: 'callback', kind: 'fields', fields: { rrn: null } });
      for (const path of ['', '?lang=fa', '/payments/' + 'x'.repeat(40), '/payments/unknown']) {
        await page.goto(simulator.controlUrl + path);
        expect(await problemsOf(page)).toEqual([]);
      }
    });
  });
});

/** The violations that axe finds with everything unfolded, and whether the page is wider than the screen. */
async function problemsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate<string[]>(`(async () => {
    document.querySelectorAll('details').forEach((details) => (details.open = true));
    const { violations } = await axe.run();
    const tooWide = document.documentElement.scrollWidth > innerWidth ? ['wider than the screen'] : [];
    return [...tooWide, ...violations.map(({ id, nodes }) => id + ': ' + nodes[0].html)];
  })()`);
}
