import { openShop } from '../../support/opened';
import { held } from '../../support/scripted-gateway';
import { anOrder, MINUTE } from '../../support/shop';
import { until } from '../../support/until';
import { statusOf, verifies } from './scene';

describe('two tabs paying one order', () => {
  test('end in one charge: the second is never verified, and onFailure is not called for the paid order', async () => {
    const shop = await openShop();
    const order = anOrder();
    const [one, two] = [await shop.started(order), await shop.started(order)];
    await shop.comesBack(one, { referenceNumber: shop.gateway.receipt(one.invoiceNumber) });
    const second = shop.gateway.receipt(two.invoiceNumber);
    await shop.comesBack(two, { referenceNumber: second });
    expect(await shop.record(two.invoiceNumber)).toMatchObject({
      status: 'failed',
      failureReason: 'OrderAlreadyPaid',
      referenceNumber: second,
      hookDeliveredAt: shop.now,
      dueAt: null,
    });
    expect(verifies(shop)).toHaveLength(1);
    expect(shop.hooks.map((call) => call.hook)).toEqual(['onSuccess']);
  });

  test('at the same moment: one waits in received until the other is decided', async () => {
    const shop = await openShop();
    const order = anOrder();
    const [one, two] = [await shop.started(order), await shop.started(order)];
    const { reply, release } = held({ body: { amount: 25_000 } });
    shop.gateway.replies['verify-payment'].push(reply);
    const firstBack = shop.comesBack(one, { referenceNumber: 'receiptOne' });
    await until(async () => (await statusOf(shop, one)) === 'verifying');
    await shop.comesBack(two, { referenceNumber: 'receiptTwo' });
    expect(await shop.record(two.invoiceNumber)).toMatchObject({
      status: 'received',
      verifyAttempts: 0,
      orderKey: null,
      referenceNumber: 'receiptTwo',
    });
    release();
    await firstBack;
    expect(await statusOf(shop, one)).toBe('paid');
    await shop.sweepAfter(MINUTE);
    expect(await shop.record(two.invoiceNumber)).toMatchObject({
      failureReason: 'OrderAlreadyPaid',
      verifyAttempts: 0,
    });
    expect(verifies(shop)).toEqual(['receiptOne']);
  });

  test('when the first is refused, the waiting one is verified and pays the order', async () => {
    const shop = await openShop();
    const order = anOrder();
    const [one, two] = [await shop.started(order), await shop.started(order)];
    const { reply, release } = held({ body: { errorCode: '-6' } });
    shop.gateway.replies['verify-payment'].push(reply);
    const firstBack = shop.comesBack(one, { referenceNumber: 'receiptOne' });
    await until(async () => (await statusOf(shop, one)) === 'verifying');
    await shop.comesBack(two, { referenceNumber: shop.gateway.receipt(two.invoiceNumber) });
    release();
    await firstBack;
    expect(await shop.record(one.invoiceNumber)).toMatchObject({ failureReason: 'VerificationRefused' });
    await shop.sweepAfter(MINUTE);
    expect(await statusOf(shop, two)).toBe('paid');
    expect(shop.hooks.map((call) => call.hook)).toEqual(['onSuccess']);
  });

  test('when the first is in review, the second is never verified', async () => {
    const shop = await openShop();
    const order = anOrder();
    const [one, two] = [await shop.started(order), await shop.started(order)];
    shop.gateway.replies['verify-payment'].push({ body: { amount: 1 } });
    await shop.comesBack(one, { referenceNumber: 'receiptOne' });
    await shop.comesBack(two, { referenceNumber: 'receiptTwo' });
    expect(await statusOf(shop, one)).toBe('review');
    expect(await shop.record(two.invoiceNumber)).toMatchObject({
      status: 'failed',
      failureReason: 'OrderInReview',
    });
    expect(verifies(shop)).toEqual(['receiptOne']);
    expect(shop.hooks.map((call) => call.hook)).toEqual(['onReview']);
  });
});
