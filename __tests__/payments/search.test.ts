import { MemoryPaymentStore } from 'express-atipay';
import { openShop } from '../support/opened';
import { sharing } from '../support/sharing';
import { anOrder } from '../support/shop';

test('payments are found as the shop sees them, those of its account alone', async () => {
  const rows = new MemoryPaymentStore({ quiet: true });
  const shop = await openShop({ store: rows });
  const other = await openShop({ store: rows, account: 'other', apiKey: 'another-api-key' });
  const { payment } = await shop.atipay.start(anOrder());
  await other.atipay.start(anOrder());
  expect(await shop.atipay.search({ statuses: ['pending'] })).toEqual({ payments: [payment], next: null });
  expect((await shop.atipay.search()).payments).toHaveLength(1);
});

test('a store without search says so', async () => {
  const shop = await openShop({ store: sharing(new MemoryPaymentStore({ quiet: true })) });
  const code = 'ERR_ATIPAY_STORE';
  await expect(shop.atipay.search()).rejects.toMatchObject({
    code,
    message: 'This store has no search: see PaymentSearch.',
  });
  await expect(shop.atipay.purge({ before: 0 })).rejects.toMatchObject({
    code,
    message: 'purge needs a store with search: see PaymentSearch.',
  });
});

test('a purge before no moment is refused', async () => {
  const shop = await openShop();
  await expect(shop.atipay.purge({ before: NaN })).rejects.toMatchObject({
    code: 'ERR_ATIPAY_RESOLUTION',
    status: 400,
    message: 'purge({ before }) takes epoch milliseconds.',
  });
});

test('a purge keeps what the shop has not been informed of', async () => {
  const shop = await openShop({
    onSuccess: () => {
      throw new Error('no stock');
    },
  });
  const paid = await shop.started();
  await shop.comesBack(paid, { referenceNumber: shop.gateway.receipt(paid.invoiceNumber) });
  const failed = await shop.started();
  await shop.comesBack(failed, { state: 'CanceledByUser', status: '1' });
  const purge = () => shop.atipay.purge({ before: shop.now + 1, by: 'Sara' });
  expect(await purge()).toEqual({ read: 2, purged: 1, kept: 1 });
  expect(await purge()).toEqual({ read: 2, purged: 0, kept: 1 });
});
