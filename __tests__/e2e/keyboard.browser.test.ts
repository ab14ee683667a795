import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser';
import { AT_BANK, AT_RESULT, goToBank, heading, leaveBank } from '../support/e2e-buyer';
import { setScene } from '../support/e2e-scene';
import { texts } from '../../lib/texts';

const fa = texts('fa');

/** Where the keyboard is, and whether that can be seen. */
const FOCUS = `(() => {
  const { textContent, ownerDocument } = document.activeElement;
  const { outlineStyle, outlineWidth, outlineColor } = ownerDocument.defaultView.getComputedStyle(document.activeElement);
  const visible = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && !/, 0\\)$/.test(outlineColor);
  return { on: textContent.trim(), visible };
})()`;

async function tab(page: Page): Promise<unknown> {
  await page.keyboard.press('Tab');
  return page.evaluate(FOCUS);
}

describeInBrowser('a buyer with a keyboard alone', () => {
  const scene = setScene();

  test('gets from the shop through the payment pages and back, and always sees where the focus is', async () => {
    const shop = await scene.shop();
    const order = shop.orders.open('1');
    const { page } = await scene.buyer({ javaScriptEnabled: false });
    await page.goto(shop.orderUrl(order.id));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${shop.origin}/payment/pay`);

    expect(await tab(page)).toEqual({ on: fa.action.pay, visible: true });
    await page.keyboard.press('Enter');
    await page.waitForURL(AT_BANK);
    await page.locator('button[value=OK]').focus();
    await page.keyboard.press('Enter');
    await page.locator('#return button').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(AT_RESULT);

    expect(await heading(page)).toBe(fa.outcome.paid.title);
    expect(await tab(page)).toEqual({ on: fa.action.back, visible: true });
    await page.keyboard.press('Enter');
    await page.waitForURL(`${shop.origin}/`);
  });

  test('prints the receipt', async () => {
    const shop = await scene.shop();
    const order = shop.orders.open('1');
    const { page, context } = await scene.buyer();
    await context.addInitScript('window.print = () => { window.printed = true; };');
    await goToBank(page, shop, order.id);
    await leaveBank(page, 'OK');

    for (const label of [fa.label.invoice, fa.label.reference]) {
      expect(await tab(page)).toEqual({ on: `${fa.action.copy} ${label}`, visible: true });
    }
    expect(await tab(page)).toEqual({ on: fa.action.back, visible: true });
    expect(await tab(page)).toEqual({ on: fa.action.print, visible: true });
    await page.keyboard.press('Enter');

    expect(await page.evaluate('window.printed')).toBe(true);
  });

  test('reloads a page that waits, and leaves it for the shop', async () => {
    const shop = await scene.shop();
    const order = shop.orders.open('1');
    const { page } = await scene.buyer();
    const { url } = await shop.atipay.start({
      orderId: order.id,
      amount: order.amount,
      cellNumber: '09121234567',
    });
    // After ten minutes the page seldom reloads.
    shop.advance(11 * 60_000);
    await page.goto(url.replace('/pay/', '/result/'));
    expect(await heading(page)).toBe(fa.outcome.pending.title);

    expect(await tab(page)).toEqual({ on: fa.action.toBank, visible: true });
    expect(await tab(page)).toEqual({ on: fa.action.reload, visible: true });
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    expect(await heading(page)).toBe(fa.outcome.pending.title);
    expect(await tab(page)).toEqual({ on: fa.action.toBank, visible: true });
    expect(await tab(page)).toEqual({ on: fa.action.reload, visible: true });
    expect(await tab(page)).toEqual({ on: fa.action.back, visible: true });
    await page.keyboard.press('Enter');
    await page.waitForURL(`${shop.origin}/`);
  });
});
