import { openShop } from '../support/opened';
import { MINUTE } from '../support/shop';

test('a buyer who pays long after the start is served at once: the verify window begins with the receipt', async () => {
  const asked: string[] = [];
  const stillPayable = ({ orderId }: { orderId: string }): boolean => asked.push(orderId) > 0;
  const shop = await openShop({ stillPayable });
  const record = await shop.started();
  shop.now += 45 * MINUTE;
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  expect(asked).toEqual([record.orderId]);
  expect(await shop.record(record.invoiceNumber)).toMatchObject({ status: 'paid' });
});

test('the shop is not asked about a payment whose verify window is over', async () => {
  let word = (): boolean => {
    throw new Error('the shop is away');
  };
  const shop = await openShop({ stillPayable: () => word() });
  const record = await shop.started();
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  const stillPayable = jest.fn(() => true);
  word = stillPayable;
  await shop.sweepAfter(30 * MINUTE);
  expect(stillPayable).not.toHaveBeenCalled();
  expect(await shop.record(record.invoiceNumber)).toMatchObject({ failureReason: 'WindowMissed' });
});
