import type { Knex } from 'knex';
import type { PaymentRecord } from 'express-atipay';
import { createPaymentsTable, KnexPaymentStore, paymentsTableSql } from 'express-atipay/stores/knex';
import { sqliteFile } from '../support/databases';
import { crowd } from '../support/crowd';
import { openShop } from '../support/opened';
import { anOrder, MINUTE, type Shop } from '../support/shop';

// Rules that a shop's database enforces, even if its processes are wrong.

let database: ReturnType<typeof sqliteFile>;
let shop: Shop<Knex.Transaction>;
/** How many callbacks have read their payments before one of them writes. */
let together: () => Promise<true>;
beforeEach(async () => {
  database = sqliteFile();
  await createPaymentsTable(database.knex);
  together = crowd(1);
  shop = await openShop({ store: new KnexPaymentStore(database.knex), stillPayable: () => together() });
});
afterEach(() => database.remove());

const statusOf = async ({ invoiceNumber }: PaymentRecord): Promise<string> =>
  (await shop.record(invoiceNumber)).status;

const verified = (): unknown[] =>
  shop.gateway.asked('verify-payment').map(({ body }) => body['referenceNumber']);

test('a receipt is taken once: it is a unique key of the table', async () => {
  const [one, two] = [await shop.started(), await shop.started()];
  const referenceNumber = shop.gateway.receipt(one.invoiceNumber);
  together = crowd(2);
  await Promise.all([shop.comesBack(one, { referenceNumber }), shop.comesBack(two, { referenceNumber })]);
  expect([await statusOf(one), await statusOf(two)].sort()).toEqual(['paid', 'pending']);
  expect(verified()).toEqual([referenceNumber]);
  expect(shop.hooks.map(({ hook }) => hook)).toEqual(['onSuccess']);
});

test('an order is paid once: it is a unique key of the table', async () => {
  const order = anOrder();
  const [one, two] = [await shop.started(order), await shop.started(order)];
  together = crowd(2);
  const comesBack = (record: PaymentRecord): Promise<unknown> =>
    shop.comesBack(record, { referenceNumber: shop.gateway.receipt(record.invoiceNumber) });
  await Promise.all([comesBack(one), comesBack(two)]);
  await shop.sweepAfter(MINUTE);
  expect([await statusOf(one), await statusOf(two)].sort()).toEqual(['failed', 'paid']);
  expect(verified()).toHaveLength(1);
});

test('a callback that comes 20 times at once is verified once: a row is written as it was read only', async () => {
  const record = await shop.started();
  const referenceNumber = shop.gateway.receipt(record.invoiceNumber);
  together = crowd(20);
  await Promise.all(Array.from({ length: 20 }, () => shop.comesBack(record, { referenceNumber })));
  expect(verified()).toEqual([referenceNumber]);
  expect(shop.hooks.map(({ hook }) => hook)).toEqual(['onSuccess']);
  expect(await statusOf(record)).toBe('paid');
});

const BYTES = {
  postgresql: / text collate "C"/,
  mysql: / varchar\(\d+\) .*collate utf8mb4_0900_bin .*collate utf8mb4_nopad_bin /,
};
const KEYS = ['invoice_number', 'account', 'order_id', 'receipt_key', 'order_key'];

test.each(['postgresql', 'mysql'] as const)('%s compares keys byte by byte', (client) => {
  const lines = paymentsTableSql(client).split('\n');
  for (const key of KEYS) {
    const column = lines.find((line) => new RegExp(`^  [\`"]${key}[\`"] `).test(line));
    expect(column).toMatch(BYTES[client]);
  }
});
