import { openShop } from '../../support/opened';
import { anOrder } from '../../support/shop';
import { back, statusOf, verifies } from './scene';

describe('a replayed receipt', () => {
  test('leaves both payments as they were, and the second one is paid by its receipt', async () => {
    const shop = await openShop();
    const first = await back(shop);
    const second = await shop.started();
    const response = await shop.comesBack(second, { referenceNumber: first.receipt });
    expect(response.status).toBe(303);
    expect(await shop.record(second.invoiceNumber)).toEqual(second);
    expect(await shop.record(first.record.invoiceNumber)).toEqual(first.record);
    expect(shop.told('replay')).toMatchObject([
      { referenceNumber: first.receipt, payment: { invoiceNumber: second.invoiceNumber, status: 'pending' } },
    ]);
    expect(verifies(shop)).toEqual([first.receipt]);

    const own = shop.gateway.receipt(second.invoiceNumber);
    await shop.comesBack(second, { referenceNumber: own });
    expect(await statusOf(shop, second)).toBe('paid');
  });

  test('on a second payment of the same order changes nothing either', async () => {
    const shop = await openShop();
    const order = anOrder();
    const second = await shop.started(order);
    const first = await back(shop, order);
    await shop.comesBack(second, { referenceNumber: first.receipt });
    expect(await shop.record(second.invoiceNumber)).toEqual(second);
    expect(shop.told('replay')).toHaveLength(1);
  });

  test.each<[string, (receipt: string) => string]>([
    ['in capitals', (receipt) => receipt.toUpperCase()],
    ['in the URL-safe alphabet', (receipt) => receipt.replaceAll('/', '_')],
    ['with padding', (receipt) => `${receipt}==`],
    ['in all of these', (receipt) => `${receipt.toLowerCase().replaceAll('/', '_')}=`],
  ])('is the same receipt %s', async (_how, rewrite) => {
    const shop = await openShop();
    const first = await back(shop);
    const second = await shop.started();
    await shop.comesBack(second, { referenceNumber: rewrite(first.receipt) });
    expect(await shop.record(second.invoiceNumber)).toEqual(second);
    expect(shop.told('replay')).toMatchObject([{ referenceNumber: rewrite(first.receipt) }]);
    expect(verifies(shop)).toEqual([first.receipt]);
  });
});
