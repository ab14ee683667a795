import type { Knex } from 'knex';
import type { PaymentRecord } from 'express-atipay';
import { createPaymentsTable, KnexPaymentStore, paymentsTableSql } from 'express-atipay/stores/knex';
import { sqliteFile } from '../support/databases';
import { openShop } from '../support/opened';

const INJECTIONS = [
  `'; drop table atipay_payments; --`,
  `" or 1=1 --`,
  '`; delete from atipay_payments; --',
  `\\'; drop table atipay_payments; --`,
  `') or ('1'='1`,
  `? ?? :name ??`,
  `%' or order_id like '%`,
  `x' union select * from atipay_payments --`,
  `$1; select pg_sleep(10)`,
];

let database: ReturnType<typeof sqliteFile>;
beforeEach(async () => {
  database = sqliteFile();
  await createPaymentsTable(database.knex);
});
afterEach(() => database.remove());

const count = async (knex: Knex): Promise<number> =>
  (await knex('atipay_payments').select('order_id')).length;

test('SQL in ids, receipts and texts is kept as it is written and runs nowhere', async () => {
  const store = new KnexPaymentStore(database.knex);
  const shop = await openShop({ store, getOrder: undefined as never });
  for (const [index, orderId] of INJECTIONS.entries()) {
    const order = {
      orderId,
      amount: 1_000,
      cellNumber: '09123456789',
      description: orderId,
      metadata: { orderId },
    };
    const { payment } = await shop.atipay.start(order);
    const record = (await store.find(payment.invoiceNumber)) as PaymentRecord;
    await shop.comesBack(record, {
      state: 'OK',
      referenceNumber: `Receipt/${index}`,
      traceNumber: orderId,
      rrn: orderId,
    });
    expect(await store.find(payment.invoiceNumber)).toMatchObject({
      orderId,
      traceNumber: orderId,
      rrn: orderId,
    });
    expect(await shop.atipay.findByOrder(orderId)).toHaveLength(1);
    expect(await shop.atipay.find(orderId)).toBeUndefined();
    expect(await shop.atipay.history(orderId)).toEqual([]);
    expect(await count(database.knex)).toBe(index + 1);
  }
});

test.each([...INJECTIONS, 'a.b.c', 'a b', '', 'x'.repeat(41), 'a-b', 'a;b', '*', 'ａ'])(
  'a table is never called %j',
  (tableName) => {
    const refusal = /tableName is .*: write "table" or "schema.table"/s;
    expect(() => new KnexPaymentStore(database.knex, { tableName })).toThrow(refusal);
    expect(() => paymentsTableSql('postgresql', { tableName })).toThrow(refusal);
  },
);
