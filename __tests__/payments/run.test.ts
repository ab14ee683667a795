import { openShop } from '../support/opened';

test('a change that the store has confirmed is not read again', async () => {
  const shop = await openShop();
  const record = await shop.started();
  const find = jest.spyOn(shop.store, 'find');
  const findWithHolder = jest.spyOn(shop.store, 'findWithHolder');
  await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  expect(find).not.toHaveBeenCalled();
  expect(findWithHolder.mock.calls).toEqual([[record.invoiceNumber]]);
  expect((await shop.record(record.invoiceNumber)).status).toBe('paid');
});
