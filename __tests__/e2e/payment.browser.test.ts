import helmet from 'helmet';
import { describeInBrowser } from '../support/browser';
import { AT_BANK, AT_RESULT, goToBank, heading, leaveBank } from '../support/e2e-buyer';
import { setScene } from '../support/e2e-scene';
import { texts } from '../../lib/texts';

const fa = texts('fa');
const persian = (value: number): string => new Intl.NumberFormat('fa-IR').format(value);

describeInBrowser('a buyer with a browser', () => {
  const scene = setScene();

  test('pays, gets a receipt with everything to quote, and the order is served', async () => {
    const shop = await scene.shop();
    const order = shop.orders.open('1001', 1_250_000);
    const { page, observer } = await scene.buyer();

    await goToBank(page, shop, order.id);
    await leaveBank(page, 'OK');

    expect(await heading(page)).toBe(fa.outcome.paid.title);
    expect(order).toMatchObject({ paid: true, served: 1, failures: [] });
    const [paid] = scene.simulator.ledger.payments();
    expect(paid?.status).toBe('verified');
    const receipt = await page.locator('main').innerText();
    for (const words of [paid?.invoiceNumber, paid?.referenceNumber, paid?.traceNumber, paid?.rrn]) {
      expect(receipt).toContain(words);
    }
    expect(receipt).toContain(`${persian(1_250_000)} ${fa.unit.rials}`);
    expect(receipt).toContain(`${persian(125_000)} ${fa.unit.tomans}`);
    expect(observer.problems).toEqual([]);
  });

  test('cancels, reads why nothing was paid, tries again and pays', async () => {
    const shop = await scene.shop({ config: { retryUrl: '/' } });
    const order = shop.orders.open('1002');
    const { page } = await scene.buyer();

    await goToBank(page, shop, order.id);
    await leaveBank(page, 'CanceledByUser');

    expect(await heading(page)).toBe(fa.outcome.failed.title);
    expect(await page.locator('main').innerText()).toContain(fa.failure.CanceledByUser);
    expect(order).toMatchObject({ paid: false, served: 0, failures: ['CanceledByUser'] });

    await page.getByRole('link', { name: fa.action.retry }).click();
    await page.waitForURL(`${shop.origin}/`);
    await goToBank(page, shop, order.id);
    await leaveBank(page, 'OK');

    expect(await heading(page)).toBe(fa.outcome.paid.title);
    expect(order).toMatchObject({ paid: true, served: 1, failures: ['CanceledByUser'] });
  });

  test('pays without JavaScript: a visible button leads on from every page', async () => {
    const shop = await scene.shop();
    const order = shop.orders.open('1003');
    const { page, observer } = await scene.buyer({ javaScriptEnabled: false });

    await page.goto(shop.orderUrl(order.id));
    await page.getByRole('button', { name: 'Pay' }).click();
    await page.waitForURL(`${shop.origin}/payment/pay`);
    await page.getByRole('button', { name: fa.action.pay }).click();
    await page.waitForURL(AT_BANK);
    await page.locator('button[value=OK]').click();
    await page.getByRole('button', { name: 'بازگشت به فروشگاه' }).click();
    await page.waitForURL(AT_RESULT);

    expect(await heading(page)).toBe(fa.outcome.paid.title);
    await expect(page.getByRole('button', { name: fa.action.print }).isVisible()).resolves.toBe(false);
    await page.getByRole('link', { name: fa.action.back }).click();
    await page.waitForURL(`${shop.origin}/`);
    expect(order).toMatchObject({ paid: true, served: 1 });
    expect(observer.problems).toEqual([]);
  });

  test('pays by a script of the shop, behind Helmet, and ends at resultUrl', async () => {
    const shop = await scene.shop({
      before: [helmet()],
      config: { resultUrl: ({ orderId }) => `/orders/${orderId}` },
    });
    const order = shop.orders.open('1');
    const { page, observer } = await scene.buyer();

    await page.goto(`${shop.origin}/program/${order.id}`);
    await page.getByRole('button', { name: 'Pay' }).click();
    await page.waitForURL(AT_BANK);
    await leaveBank(page, 'OK', shop.orderUrl(order.id));

    expect(await page.locator('#state').innerText()).toBe('paid, served 1×');
    const invoiceNumber = await page.evaluate("sessionStorage.getItem('payment')");
    expect(scene.simulator.ledger.payments()).toMatchObject([{ invoiceNumber, status: 'verified' }]);
    expect(observer.problems).toEqual([]);
  });

  test('comes to the page of the shop from a script when the order is paid: nothing is charged again', async () => {
    const shop = await scene.shop({
      before: [helmet()],
      config: { resultUrl: ({ orderId }) => `/orders/${orderId}` },
    });
    const order = shop.orders.open('1');
    const { page, context } = await scene.buyer();
    await page.goto(`${shop.origin}/program/${order.id}`);
    const stale = await context.newPage();
    await stale.goto(`${shop.origin}/program/${order.id}`);
    await page.getByRole('button', { name: 'Pay' }).click();
    await page.waitForURL(AT_BANK);
    await leaveBank(page, 'OK', shop.orderUrl(order.id));

    await stale.getByRole('button', { name: 'Pay' }).click();
    await stale.waitForURL(shop.orderUrl(order.id));

    expect(await stale.locator('#state').innerText()).toBe('paid, served 1×');
    expect(scene.simulator.ledger.totals()).toMatchObject({ payments: 1, taken: { count: 1 } });
  });
});
