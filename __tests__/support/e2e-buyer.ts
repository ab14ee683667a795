import type { Locator, Page } from 'playwright-core';
import type { Shop } from './e2e-shop';

export const AT_BANK = /^https:\/\/bank\.test:\d+\/bank\//;
export const AT_RESULT = /^https:\/\/shop\.test:\d+\/payment\/result\//;

/** Opens an order in the shop and follows its pay button to the bank. */
export async function goToBank(page: Page, shop: Shop, orderId: string): Promise<void> {
  await page.goto(shop.orderUrl(orderId));
  await page.getByRole('button', { name: 'Pay' }).click();
  await page.waitForURL(AT_BANK);
}

/** Presses a button of the bank's page and waits for the page the buyer ends on. */
export async function leaveBank(
  page: Page,
  state: 'OK' | 'CanceledByUser',
  end: RegExp | string = AT_RESULT,
): Promise<void> {
  await page.locator(`button[value=${state}]`).click();
  await page.waitForURL(end);
}

/** The page's heading. */
export const heading = (page: Page): Promise<string> => page.locator('h1').innerText();

/** Presses a button a number of times without waiting. */
export async function fingerOn(button: Locator): Promise<{ press: () => Promise<void> }> {
  const box = await button.boundingBox();
  if (!box) throw new Error('There is nothing to press.');
  return { press: () => button.page().mouse.click(box.x + box.width / 2, box.y + box.height / 2) };
}
