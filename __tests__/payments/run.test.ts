import { openShop } from '../support/opened';

test('a change that the store has confirmed is not read again', async () => {
  const shop = await openShop();
  const record = await shop.started();
  const reads: string[] = [];
  const find = shop.store.find.bind(shop.store);
  shop.store.find = (invoiceNumber) => {
    reads.push(invoiceNumber);
    return find(invoiceNumber);
  };
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  expect(reads).toEqual([record.invoiceNumber]);
  expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
});
