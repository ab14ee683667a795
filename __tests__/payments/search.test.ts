import { MemoryPaymentStore } from 'express-atipay';
import { aRecord } from '../support/record';
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

test('a purge reads every decided payment of its account that was begun before, however many', async () => {
  const store = new MemoryPaymentStore({ quiet: true });
  const shop = await openShop({ store });
  const settled = { dueAt: null, expiresAt: null, hookDeliveredAt: 1 };
  const old = { ...settled, status: 'failed', failureReason: 'Failed' } as const;
  const add = (number: number, changes: Parameters<typeof aRecord>[0] = {}): Promise<void> =>
    store.insert(
      aRecord({ ...old, invoiceNumber: String(number).padStart(20, '0'), createdAt: 1, ...changes }),
    );
  for (let number = 1; number <= 501; number += 1) await add(number);
  await add(502, { createdAt: 10 });
  await add(503, { account: 'other' });
  await add(504, { status: 'pending', failureReason: null });
  const seen: number[] = [];
  const report = await shop.atipay.purge({ before: 10, onProgress: ({ read }) => seen.push(read) });
  expect(report).toEqual({ read: 501, purged: 501, kept: 0 });
  expect(seen).toEqual([500, 501]);
  const [first] = (
    await store.search({ account: 'default', limit: 1, begun: { before: 10 }, statuses: ['failed'] })
  ).payments;
  expect(first?.history.at(-1)).toMatchObject({ event: 'purged', by: 'shop' });
});
