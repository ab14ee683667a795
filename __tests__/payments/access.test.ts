import { MemoryPaymentStore } from 'express-atipay';
import { openShop } from '../helpers/opened';
import { sharing } from '../helpers/sharing';

const NUMBER = '1'.repeat(20);

test.each([
  ['19 digits', '1'.repeat(19), []],
  ['21 digits', '1'.repeat(21), []],
  ['20 digits and a letter', `${NUMBER}x`, []],
  ['a letter and 20 digits', `x${NUMBER}`, []],
  ['20 digits', NUMBER, [NUMBER]],
])('an address with %s for an invoice number asks the store for: %j', async (_what, given, looked) => {
  const rows = new MemoryPaymentStore({ quiet: true });
  const found: string[] = [];
  const find: typeof rows.find = (invoiceNumber) => {
    found.push(invoiceNumber);
    return rows.find(invoiceNumber);
  };
  const shop = await openShop({ store: sharing(rows, { find }) });
  expect((await shop.get(`/payment/result/${given}/key`)).status).toBe(404);
  expect(found).toEqual(looked);
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
