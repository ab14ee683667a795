import type { Browser } from 'playwright-core';
import { describeInBrowser, launchBrowser } from '../support/browser';
import { startShop, stopShop } from './getting-started-shop';
import { Project } from './project';

describeInBrowser('the shop of getting started in a browser', () => {
  const project = new Project();
  afterAll(() => project.remove());

  let browser: Browser;
  beforeAll(async () => (browser = await launchBrowser()));
  afterAll(() => browser.close());

  test('shows the buyer the order after the bank, still in the same session', async () => {
    const started = await startShop(project);
    const { url: shop } = started;
    const page = await browser.newPage();
    await page.goto(shop);
    await page.getByRole('button', { name: 'Buy' }).click();
    await page.locator('button[value=OK]').click();
    await page.waitForURL(`${shop}/orders/*`);
    expect(await page.textContent('form')).toContain('is paid.');
    await page.close();
    await stopShop(started);
  });
});
