import { transformSync } from 'esbuild';
import type { Browser } from 'playwright-core';
import { texts } from '../../lib/texts';
import { describeInBrowser, launchBrowser } from '../support/browser';
import { openShop } from '../support/opened';
import { anOrder } from '../support/shop';
import { fileIn } from './markdown';

const PAGE = 'docs/recipes.md';

describeInBrowser('a page that is a program', () => {
  let browser: Browser;
  beforeAll(async () => (browser = await launchBrowser()));
  afterAll(() => browser.close());

  test('leaves for the gateway with pay.ts, goes to the result of a paid order, and shows a problem', async () => {
    const code = transformSync(fileIn(PAGE, 'pay.ts'), { loader: 'ts' }).code;
    const page = `<!doctype html><p id="told"></p><button id="1">1</button><button id="none">none</button>
      <script type="module">${code}
      onclick = ({ target }) => pay(target.id).catch((error) => (told.textContent = error.message));</script>`;
    const known = anOrder();
    const shop = await openShop(
      {
        getOrder: (req) => ((Object(req.body) as { orderId?: string }).orderId === '1' ? known : undefined),
        resultUrl: '/orders/1',
      },
      (app, router) => app.use('/payment', router).get('/', (_req, res) => res.send(page)),
    );
    const tab = await browser.newPage();
    await tab.goto(shop.origin);
    await tab.click('#none');
    await tab.waitForFunction("told.textContent !== ''");
    expect(await tab.textContent('#told')).toBe(texts('en').error.orderNotFound.body);
    await tab.route(/redirect-to-gateway/, (route) => route.fulfill({ body: 'the bank' }));
    const leaving = tab.waitForRequest(/redirect-to-gateway/);
    await tab.click('[id="1"]');
    await leaving;
    await tab.waitForLoadState();
    await tab.waitForURL(/redirect-to-gateway/);

    const [payment] = await shop.atipay.findByOrder(known.orderId);
    const record = await shop.record(payment?.invoiceNumber ?? '');
    await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
    await tab.goto(shop.origin);
    await tab.click('[id="1"]');
    await tab.waitForURL(`${shop.origin}/orders/1`);
    await tab.close();
  });
});
