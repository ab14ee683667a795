import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { atipayRouter } from 'express-atipay';
import { startSimulator } from 'express-atipay/simulator';
import { paymentStoreContract } from 'express-atipay/stores/contract';
import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import createKnex from 'knex';

const knex = createKnex({
  client: 'better-sqlite3',
  connection: { filename: ':memory:' },
  useNullAsDefault: true,
  pool: { min: 1, max: 1 },
});

async function main(): Promise<void> {
  await createPaymentsTable(knex);
  await knex.schema.createTable('orders', (table) => {
    table.string('id').primary();
    table.boolean('paid').notNullable();
  });
  await knex('orders').insert({ id: '7', paid: false });

  const simulator = await startSimulator();
  const app = express();
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const payments = atipayRouter({
    apiKey: simulator.apiKey,
    gatewayUrl: simulator.url,
    publicUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/payment`,
    store: new KnexPaymentStore(knex),
    onSuccess: (payment, { transaction }) =>
      transaction((trx) => trx('orders').where({ id: payment.orderId }).update({ paid: true })),
  });
  app.use('/payment', payments);

  const { url, payment } = await payments.atipay.start({
    orderId: '7',
    amount: 250_000n,
    cellNumber: '09123456789',
  });
  await simulator.pay(url);
  const status = (await payments.atipay.find(payment.invoiceNumber))?.status;
  const order: { paid: number } | undefined = await knex('orders').where({ id: '7' }).first();

  const [first] = paymentStoreContract(() => ({ store: new KnexPaymentStore(knex) }));
  await first?.run();

  console.log(
    JSON.stringify({ status, paid: order?.paid === 1, verified: simulator.ledger.totals().verified }),
  );
  server.close();
  await payments.atipay.close();
  await simulator.close();
  await knex.destroy();
}

void main();
