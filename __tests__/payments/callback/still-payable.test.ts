import { openShop } from '../../support/opened';
import { anOrder, HOUR, MINUTE } from '../../support/shop';
import { back, statusOf, verifies } from './scene';

describe('stillPayable', () => {
  test('false: never verified, failed as not payable, the receipt kept', async () => {
    const shop = await openShop({ stillPayable: () => false });
    const { record, receipt } = await back(shop);
    expect(record).toMatchObject({
      status: 'failed',
      failureReason: 'OrderNotPayable',
      referenceNumber: receipt,
    });
    expect(verifies(shop)).toEqual([]);
    expect(shop.hooks.map((call) => call.hook)).toEqual(['onFailure']);
  });

  test('false because another payment has paid the order: the reason says so', async () => {
    let open = true;
    const shop = await openShop({ stillPayable: () => open });
    const order = anOrder();
    const two = await shop.started(order);
    await back(shop, order);
    open = false;
    await shop.comesBack(two, { referenceNumber: shop.gateway.receipt(two.invoiceNumber) });
    expect(await shop.record(two.invoiceNumber)).toMatchObject({ failureReason: 'OrderAlreadyPaid' });
  });

  test('false for a receipt of another payment: still a replay, nothing changes', async () => {
    let open = true;
    const shop = await openShop({ stillPayable: () => open });
    const first = await back(shop);
    const second = await shop.started();
    open = false;
    await shop.comesBack(second, { referenceNumber: first.receipt });
    expect(await shop.record(second.invoiceNumber)).toEqual(second);
    expect(shop.told('replay')).toHaveLength(1);
  });

  test.each<[string, () => boolean]>([
    [
      'throws',
      () => {
        throw new Error('database is away');
      },
    ],
    ['answers neither true nor false', () => undefined as unknown as boolean],
  ])('%s: the receipt is kept, and the shop is asked again until it answers', async (_how, answer) => {
    let stillPayable = answer;
    const shop = await openShop({ stillPayable: () => stillPayable() });
    const { record } = await back(shop);
    expect(record).toMatchObject({ status: 'received', verifyAttempts: 0 });
    await shop.sweepAfter(MINUTE);
    expect(await statusOf(shop, record)).toBe('received');
    stillPayable = () => true;
    await shop.sweepAfter(MINUTE);
    expect(await statusOf(shop, record)).toBe('paid');
  });

  test('never answers in the window: failed as missed, without one ask', async () => {
    const shop = await openShop({
      stillPayable: () => Promise.reject(new Error('database is away')),
    });
    const { record } = await back(shop);
    await shop.sweepAfter(29 * MINUTE);
    expect(await statusOf(shop, record)).toBe('received');
    await shop.sweepAfter(HOUR);
    expect(await shop.record(record.invoiceNumber)).toMatchObject({
      status: 'failed',
      failureReason: 'WindowMissed',
      verifyAttempts: 0,
    });
    expect(verifies(shop)).toEqual([]);
  });

  test('is asked right before the claim, and not again for a duplicate of a paid one', async () => {
    const asked: string[] = [];
    const shop = await openShop({ stillPayable: (payment) => asked.push(payment.status) > 0 });
    const { record, receipt } = await back(shop);
    await shop.comesBack(record, { referenceNumber: receipt });
    expect(asked).toEqual(['pending']);
  });
});
