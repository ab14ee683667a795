import type { OrderInput } from 'express-atipay';
import { describeInBrowser } from '../support/browser';
import { AT_BANK, AT_RESULT, fingerOn, goToBank, heading, leaveBank } from '../support/e2e-buyer';
import { Meeting } from '../support/e2e-meeting';
import { setScene, type Scene } from '../support/e2e-scene';
import type { Shop } from '../support/e2e-shop';
import { texts } from '../../lib/texts';

const fa = texts('fa');
const MINUTE = 60_000;

const timesVerified = (scene: Scene): number =>
  scene.simulator.ledger.calls().filter(({ call }) => call === 'verify-payment').length;

const statuses = (scene: Scene): string[] => scene.simulator.ledger.payments().map(({ status }) => status);

/** The payments of an order whose buyer did not come back expire, and the shop's sweep finds them. */
async function letTimeRunOut(shop: Shop): Promise<void> {
  shop.advance(61 * MINUTE);
  await shop.atipay.recover();
}

describeInBrowser('a buyer who does not go straight on', () => {
  const scene = setScene();

  test('may reload the receipt: nothing is asked or served again', async () => {
    const shop = await scene.shop();
    const order = shop.orders.open('1');
    const { page } = await scene.buyer();
    await goToBank(page, shop, order.id);
    await leaveBank(page, 'OK');

    await page.reload();

    expect(await heading(page)).toBe(fa.outcome.paid.title);
    expect(timesVerified(scene)).toBe(1);
    expect(order.served).toBe(1);
  });

  test('goes back from the receipt to the bank and is sent on to the receipt again', async () => {
    const shop = await scene.shop();
    const order = shop.orders.open('1');
    const { page, observer } = await scene.buyer();
    await goToBank(page, shop, order.id);
    await leaveBank(page, 'OK');
    const receipt = page.url();

    await page.goBack();
    await page.waitForURL(receipt);

    expect(observer.answers(/^\/payment\/callback\//)).toHaveLength(2);
    expect(await heading(page)).toBe(fa.outcome.paid.title);
    await page.goBack();
    await page.waitForURL(shop.orderUrl(order.id));
    expect(await page.locator('#state').innerText()).toBe('paid, served 1×');
    await page.goForward();
    await page.waitForURL(receipt);
    expect(await heading(page)).toBe(fa.outcome.paid.title);
    expect(timesVerified(scene)).toBe(1);
  });

  test('goes back from a cancelled payment to the bank and cannot pay a failed payment', async () => {
    const shop = await scene.shop();
    const order = shop.orders.open('1');
    const { page } = await scene.buyer();
    await goToBank(page, shop, order.id);
    await leaveBank(page, 'CanceledByUser');
    const failure = page.url();

    await page.goBack();
    await page.waitForURL(failure);

    expect(await heading(page)).toBe(fa.outcome.failed.title);
    expect(order).toMatchObject({ paid: false, failures: ['CanceledByUser'] });
  });

  test('opens the address of the payment page again after paying and gets the receipt', async () => {
    const shop = await scene.shop();
    const order = shop.orders.open('1');
    const { page } = await scene.buyer();
    const { url } = await shop.atipay.start({
      orderId: order.id,
      amount: order.amount,
      cellNumber: '09121234567',
    });
    await page.goto(url);
    await page.waitForURL(AT_BANK);
    await leaveBank(page, 'OK');

    await page.goto(url);
    await page.waitForURL(AT_RESULT);

    expect(await heading(page)).toBe(fa.outcome.paid.title);
    expect(statuses(scene)).toEqual(['verified']);
  });

  test('presses the pay button twice and is charged once', async () => {
    const meeting = new Meeting();
    const getOrder = async (): Promise<OrderInput> => {
      await meeting.arrive();
      return { orderId: '1', amount: 250_000, cellNumber: '09121234567' };
    };
    const shop = await scene.shop({ config: { getOrder } });
    const order = shop.orders.open('1');
    const { page } = await scene.buyer();
    await page.goto(shop.orderUrl(order.id));

    const finger = await fingerOn(page.getByRole('button', { name: 'Pay' }));
    await finger.press();
    await meeting.first;
    await finger.press();
    await page.locator('button[value=OK]').waitFor();
    await leaveBank(page, 'OK');
    await letTimeRunOut(shop);

    expect(statuses(scene).sort()).toEqual(['token issued', 'verified']);
    expect(order).toEqual({ id: '1', amount: 250_000, paid: true, served: 1, failures: [] });
  });

  test('goes back from the bank, pays anew, and the order is not released when the first payment runs out', async () => {
    const shop = await scene.shop();
    const order = shop.orders.open('1');
    const { page } = await scene.buyer();
    await goToBank(page, shop, order.id);

    await page.goBack();
    await page.waitForURL(shop.orderUrl(order.id));
    await page.getByRole('button', { name: 'Pay' }).click();
    await page.waitForURL(AT_BANK);
    await leaveBank(page, 'OK');
    await letTimeRunOut(shop);

    expect(statuses(scene)).toEqual(['at bank', 'verified']);
    expect(order).toMatchObject({ paid: true, served: 1, failures: [] });
  });

  test('pays one order in two tabs: one charge, and the other tab says that the money comes back', async () => {
    const shop = await scene.shop();
    const order = shop.orders.open('1');
    const { page: first, context } = await scene.buyer();
    const second = await context.newPage();
    await goToBank(first, shop, order.id);
    await goToBank(second, shop, order.id);

    await leaveBank(first, 'OK');
    await leaveBank(second, 'OK');

    expect(await heading(first)).toBe(fa.outcome.paid.title);
    expect(await heading(second)).toBe(fa.outcome.failed.title);
    expect(await second.locator('main').innerText()).toContain(fa.failure.OrderAlreadyPaid);
    expect(await second.getByRole('link', { name: fa.action.retry }).count()).toBe(0);
    expect(order).toMatchObject({ paid: true, served: 1, failures: [] });
    scene.simulator.advance(31 * MINUTE);
    expect(statuses(scene)).toEqual(['verified', 'returned']);
  });

  test('presses pay for a paid order in a stale tab and hears so instead of seeing the bank', async () => {
    const shop = await scene.shop();
    const order = shop.orders.open('1');
    const { page, context } = await scene.buyer();
    const stale = await context.newPage();
    await stale.goto(shop.orderUrl(order.id));
    await goToBank(page, shop, order.id);
    await leaveBank(page, 'OK');

    await stale.getByRole('button', { name: 'Pay' }).click();
    await stale.waitForURL(/\/pay$/);

    expect(await heading(stale)).toBe(fa.error.orderTaken.title);
    expect(statuses(scene)).toEqual(['verified']);
  });

  test('keeps the receipt as a bookmark that opens later, here and on another device', async () => {
    const shop = await scene.shop();
    const order = shop.orders.open('1');
    const { page, context } = await scene.buyer();
    await goToBank(page, shop, order.id);
    await leaveBank(page, 'OK');
    const bookmark = page.url();
    await page.close();
    await letTimeRunOut(shop);

    const later = await context.newPage();
    const { page: elsewhere } = await scene.buyer();
    for (const tab of [later, elsewhere]) {
      const answer = await tab.goto(bookmark);
      expect(answer?.status()).toBe(200);
      expect(await heading(tab)).toBe(fa.outcome.paid.title);
      expect(await tab.locator('main').innerText()).toContain(
        scene.simulator.ledger.payments()[0]?.referenceNumber,
      );
    }
    expect(order.served).toBe(1);
  });
});
