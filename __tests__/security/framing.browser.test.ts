import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { describeInBrowser, launchBrowser } from '../support/browser';
import { openShop } from '../support/opened';

describeInBrowser('a site that wants the buyer to press what he does not see', () => {
  let browser: Browser;
  let site: Server;
  let framed = '';
  beforeAll(async () => {
    browser = await launchBrowser();
    site = createServer((_req, res) => {
      const page = `<iframe src="${framed}"></iframe>`;
      res.setHeader('Content-Type', 'text/html').end(page);
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    await browser.close();
    await new Promise((resolve) => site.close(resolve));
  });

  test.each(['pay', 'result'])('cannot put the %s page into a frame', async (room) => {
    const shop = await openShop();
    const { invoiceNumber, returnKey } = await shop.started();
    framed = `${shop.origin}/payment/${room}/${invoiceNumber}/${returnKey}`;
    const page = await browser.newPage();
    const refusals: string[] = [];
    page.on('console', (message) => refusals.push(message.text()));
    await page.goto(`http://evil.test:${(site.address() as AddressInfo).port}/`);
    const frame = page.frames().at(-1);
    expect(page.frames()).toHaveLength(2);
    expect(await frame?.locator('form, dl, main').count()).toBe(0);
    expect(refusals.join('\n')).toMatch(/frame-ancestors/);
    await page.close();
  });
});
