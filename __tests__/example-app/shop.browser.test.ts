import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, launchBrowser } from '../support/browser';
import { openShop, type OpenShop } from './shop';

describeInBrowser('the example shop in a browser', () => {
  let browser: Browser;
  let shop: OpenShop;

  beforeAll(async () => {
    [browser, shop] = await Promise.all([launchBrowser(), openShop()]);
  }, 120_000);

  afterAll(() => Promise.all([browser.close(), shop.close()]));

  async function phone(): Promise<{ page: Page; complaints: string[] }> {
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    return { page, complaints };
  }

  it('gives up at the bank, pays the second time, and is logged in all the way', async () => {
    const { page, complaints } = await phone();
    await login(page, 'نیلوفر');
    await page.locator('.product button').first().click();
    await page.getByText('ادامه و پرداخت').click();
    await page.getByLabel('شمارهٔ موبایل').fill('۰۹۱۲ ۳۴۵ ۶۷۸۹');
    await page.getByRole('button', { name: 'پرداخت' }).click();

    await page.locator('button[value=CanceledByUser]').click();
    await page.waitForURL(`${shop.url}/orders/1`);
    expect(await page.textContent('.status')).toContain('پرداخت به درخواست شما لغو شد');
    expect(await page.textContent('.user')).toContain('نیلوفر');

    await page.getByText('پرداخت دوباره').click();
    await page.locator('button[value=OK]').click();
    await page.waitForURL(`${shop.url}/orders/1`);
    expect(await page.textContent('.status')).toContain('سفارش پرداخت شد');
    expect(await page.textContent('.user')).toContain('نیلوفر');
    expect(complaints).toEqual([]);
  }, 120_000);

  it('has nothing to scroll sideways on a phone', async () => {
    const { page } = await phone();
    await login(page, 'نامی که درازتر از همهٔ نام‌های دیگر است');
    await page.locator('.product button').first().click();
    for (const path of ['/', '/cart', '/checkout', '/orders', '/login', '/nowhere']) {
      await page.goto(shop.url + path);
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect([path, width]).toEqual([path, 360]);
    }
  }, 120_000);

  async function login(page: Page, name: string): Promise<void> {
    await page.goto(`${shop.url}/login`);
    await page.getByLabel('نام شما').fill(name);
    await page.getByRole('main').getByRole('button').click();
    await page.waitForURL(`${shop.url}/`);
  }
});
