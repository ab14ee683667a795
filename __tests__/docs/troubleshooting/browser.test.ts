import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Express, RequestHandler } from 'express';
import type { Browser } from 'playwright-core';
import { describeInBrowser, launchBrowser } from '../../support/browser';
import { openShop } from '../../support/opened';
import { tableWith } from '../markdown';
import { literalsOf } from '../source';
import { PAGE, PRINTS, sections, symptom } from './symptoms';

const PERSIAN = 'docs/fa/troubleshooting.md';

jest.setTimeout(60_000);

test('every symptom that the page tells of is reproduced in this folder', () => {
  const tests = readdirSync(__dirname).filter((file) => file.endsWith('.test.ts'));
  const sources = tests.map((file) => readFileSync(join(__dirname, file), 'utf8')).join('\n');
  const told = [...sections().keys()];
  expect(told.length).toBeGreaterThan(15);
  expect(told.filter((heading) => !sources.includes(`symptom('${heading}'`))).toEqual([]);
});

test.each([PAGE, PERSIAN])('%s explains every reason for which a callback is not believed', (page) => {
  const cells = tableWith(page, '`wrongKey`').map(([cell = '']) => cell);
  const told = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, reason = '']) => reason));
  expect(told.sort()).toEqual(literalsOf('events.ts', 'ForgedReason').sort());
});

symptom('The callback is 404, or says that the address is not valid', async (print) => {
  const shop = await openShop({ ...PRINTS, locale: 'fa', publicUrl: 'https://shop.example' });
  const record = await shop.started();
  const path = `/callback/${record.invoiceNumber}/${record.returnKey}`;
  const form = new URLSearchParams({ state: 'OK', status: '2', reservationNumber: record.invoiceNumber });

  const missed = await shop.post(path, form);
  expect(missed.status).toBe(404);
  print(await missed.text());

  const disbelieved = await shop.post(`/payment${path}x`, form);
  expect(disbelieved.status).toBe(404);
  expect(await disbelieved.text()).toContain('این نشانی معتبر نیست');
  expect(await shop.record(record.invoiceNumber)).toMatchObject({ status: 'pending' });
});

/** As a proxy adds it: beside the policy that the page came with. */
const secondPolicy: RequestHandler = (_req, res, next) => {
  const writeHead = res.writeHead.bind(res);
  Object.assign(res, {
    writeHead: (...args: Parameters<typeof writeHead>) => {
      const own = String(res.getHeader('Content-Security-Policy'));
      res.setHeader('Content-Security-Policy', [own, "form-action 'self'"]);
      return writeHead(...args);
    },
  });
  next();
};

/** A login that sets a cookie, and an order page that says whose it is. */
function addLogin(app: Express): void {
  app.get('/login', (_req, res) => res.cookie('user', 'Sara', { sameSite: 'lax' }).send('hello'));
  app.get('/orders', (req, res) => res.send(`the buyer is ${req.get('Cookie') ?? 'nobody'}`));
}

describeInBrowser('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => (browser = await launchBrowser()));
  afterAll(() => browser.close());

  symptom('Blocked by Content-Security-Policy', async (print) => {
    const shop = await openShop({}, (app, router) => app.use(secondPolicy).use('/payment', router));
    const { url } = await shop.atipay.start({ orderId: 1, amount: 25_000, cellNumber: '09123456789' });
    const page = await browser.newPage();
    const blocked = page.waitForEvent('console', (message) => message.text().includes('form-action'));
    await page.goto(url, { waitUntil: 'commit' });
    print((await blocked).text());
  });

  symptom('The buyer comes back logged out', async () => {
    const shop = await openShop({ resultUrl: '/orders' }, (app, router) => {
      addLogin(app);
      app.use('/payment', router);
    });
    const record = await shop.started();
    await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
    const { port } = new URL(shop.origin);
    const page = await browser.newPage();
    const arrivesAt = async (host: string): Promise<string | null> => {
      await page.goto(`http://shop.test:${port}/login`);
      await page.goto(`http://${host}:${port}/payment/result/${record.invoiceNumber}/${record.returnKey}`);
      await page.waitForURL(/\/orders$/);
      return page.textContent('body');
    };
    expect(await arrivesAt('shop.test')).toBe('the buyer is user=Sara');
    expect(await arrivesAt('www.shop.test')).toBe('the buyer is nobody');
  });
});
