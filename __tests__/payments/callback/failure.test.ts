import { openShop } from '../../support/opened';
import { anOrder } from '../../support/shop';
import { back, statusOf } from './scene';

describe('a failure', () => {
  test.each([
    ['CanceledByUser', '1'],
    ['Failed', '3'],
    ['SessionIsNull', '4'],
    ['InvalidParameters', '5'],
    ['MerchantIpAddressIsInvalid', '8'],
    ['TokenNotFound', '10'],
    ['TokenRequired', '11'],
    ['TerminalNotFound', '12'],
    ['MultisettlePolicyErrors', '21'],
  ])('%s ends a pending payment with that reason, and calls onFailure', async (state, status) => {
    const shop = await openShop();
    const record = await shop.started();
    await shop.comesBack(record, { state, status });
    expect(await shop.record(record.invoiceNumber)).toMatchObject({
      status: 'failed',
      failureReason: state,
      referenceNumber: null,
    });
    expect(shop.hooks).toMatchObject([
      { hook: 'onFailure', payment: { failure: { reason: state, message: expect.any(String) as string } } },
    ]);
  });

  test('does not take a receipt, so that it cannot spoil another payment', async () => {
    const shop = await openShop();
    const [one, two] = [await shop.started(), await shop.started()];
    const receipt = shop.gateway.receipt(two.invoiceNumber);
    await shop.comesBack(one, { state: 'Failed', status: '3', referenceNumber: receipt });
    await shop.comesBack(two, { referenceNumber: receipt });
    expect(await statusOf(shop, two)).toBe('paid');
  });

  test('after the payment is paid changes nothing', async () => {
    const shop = await openShop();
    const { record } = await back(shop);
    await shop.comesBack(record, { state: 'Failed', status: '3' });
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
  });

  test('while the payment is being verified changes nothing', async () => {
    const shop = await openShop();
    const { record } = await shop.unanswered();
    await shop.comesBack(record, { state: 'CanceledByUser', status: '1' });
    expect(await shop.record(record.invoiceNumber)).toEqual(record);
  });

  test('of the abandoned first tab does not release the order that the second tab may still pay', async () => {
    const shop = await openShop();
    const order = anOrder();
    const [one, two] = [await shop.started(order), await shop.started(order)];
    await shop.comesBack(one, { state: 'CanceledByUser', status: '1' });
    expect(await shop.record(one.invoiceNumber)).toMatchObject({
      status: 'failed',
      hookDeliveredAt: shop.now,
    });
    expect(shop.hooks).toEqual([]);
    await shop.comesBack(two, { state: 'Failed', status: '3' });
    expect(shop.hooks).toMatchObject([
      { hook: 'onFailure', payment: { invoiceNumber: two.invoiceNumber, failure: { reason: 'Failed' } } },
    ]);
  });
});
