import { describeInBrowser } from '../support/browser';
import { AT_RESULT, fingerOn, goToBank, heading, leaveBank } from '../support/e2e-buyer';
import { setScene } from '../support/e2e-scene';
import { texts } from '../../lib/texts';

const fa = texts('fa');
const MINUTE = 60_000;

describeInBrowser('a buyer whose payment is slow to be confirmed', () => {
  const scene = setScene();

  test('reads that it is being confirmed, and the page turns into the receipt', async () => {
    const shop = await scene.shop();
    const order = shop.orders.open('1');
    const { page, observer } = await scene.buyer();
    scene.simulator.faults.add({ on: 'verify-payment', kind: 'reset', times: 3 });

    await goToBank(page, shop, order.id);
    await leaveBank(page, 'OK');
    expect(await heading(page)).toBe(fa.outcome.verifying.title);
    expect(await page.locator('main').innerText()).toContain(fa.reloads);
    expect(order).toMatchObject({ paid: false, served: 0 });

    shop.advance(MINUTE);
    await shop.atipay.recover();
    await page.getByRole('heading', { name: fa.outcome.paid.title }).waitFor();
    expect(order).toMatchObject({ paid: true, served: 1, failures: [] });
    expect(observer.problems).toEqual([]);
  });

  test('gives up waiting and comes back once more: still one confirmation, and the receipt appears', async () => {
    const shop = await scene.shop();
    const order = shop.orders.open('1');
    const { page } = await scene.buyer();
    const verify = scene.holdVerify();

    await goToBank(page, shop, order.id);
    const bank = page.url();
    const finger = await fingerOn(page.locator('button[value=OK]'));
    await finger.press();
    await verify.asked;
    await page.goto(bank);
    await page.waitForURL(AT_RESULT);
    expect(await heading(page)).toBe(fa.outcome.verifying.title);

    verify.release();
    await page.getByRole('heading', { name: fa.outcome.paid.title }).waitFor();
    expect(scene.simulator.ledger.payments().map(({ verifyCount }) => verifyCount)).toEqual([1]);
    expect(order).toMatchObject({ paid: true, served: 1 });
  });

  test('waits on the page that moves on, and arrives at the shop when all is decided', async () => {
    const resultUrl = ({ orderId }: { orderId: string }): string => `/orders/${orderId}`;
    const shop = await scene.shop({ config: { resultUrl, recovery: { everyMs: 5_000 } } });
    const order = shop.orders.open('1');
    const { page } = await scene.buyer();
    scene.simulator.faults.add({ on: 'verify-payment', kind: 'reset', times: 3 });

    await goToBank(page, shop, order.id);
    await leaveBank(page, 'OK');
    expect(await heading(page)).toBe(fa.outcome.verifying.title);

    shop.advance(5_000);
    await shop.atipay.recover();
    await page.waitForURL(shop.orderUrl(order.id));
    expect(await page.locator('#state').innerText()).toBe('paid, served 1×');
  });

  test('is let go to the shop after 15 seconds, with the payment still undecided', async () => {
    const shop = await scene.shop({ config: { resultUrl: ({ orderId }) => `/orders/${orderId}` } });
    const order = shop.orders.open('1');
    const { page } = await scene.buyer();
    scene.simulator.faults.add({ on: 'verify-payment', kind: 'reset', times: 3 });

    await goToBank(page, shop, order.id);
    await leaveBank(page, 'OK');
    shop.advance(15_000);
    await page.waitForURL(shop.orderUrl(order.id));

    expect(await page.locator('#state').innerText()).toBe('open, served 0×');
  });
});
