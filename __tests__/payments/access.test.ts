import { MemoryPaymentStore } from 'express-atipay';
import { openShop } from '../support/opened';
import { sharing } from '../support/sharing';

const NUMBER = '1'.repeat(20);

test.each([
  ['19 digits', '1'.repeat(19), 0],
  ['21 digits', '1'.repeat(21), 0],
  ['20 digits and a letter', `${NUMBER}x`, 0],
  ['a letter and 20 digits', `x${NUMBER}`, 0],
  ['20 digits', NUMBER, 1],
])('the store is asked for 20 digits alone: %s', async (_what, given, times) => {
  const rows = new MemoryPaymentStore({ quiet: true });
  const found: string[] = [];
  const find: typeof rows.find = (invoiceNumber) => {
    found.push(invoiceNumber);
    return rows.find(invoiceNumber);
  };
  const shop = await openShop({ store: sharing(rows, { find }) });
  expect((await shop.get(`/payment/result/${given}/key`)).status).toBe(404);
  expect(found).toHaveLength(times);
});

test('the address of a payment opens nothing at a router of another account', async () => {
  const store = new MemoryPaymentStore({ quiet: true });
  const [one, two] = [
    await openShop({ store, account: 'one', apiKey: 'key of one' }),
    await openShop({ store, account: 'two', apiKey: 'key of two' }),
  ];
  const { invoiceNumber, returnKey } = await one.started();
  const address = `/payment/result/${invoiceNumber}/${returnKey}`;
  expect((await one.get(address)).status).toBe(200);
  expect((await two.get(address)).status).toBe(404);
});
