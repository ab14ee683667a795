import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { AtipayRouter } from 'express-atipay';
import { startSimulator } from 'express-atipay/simulator';
import { Pool } from 'pg';

interface Settings {
  apiKey: string;
  publicUrl: string;
  gatewayUrl: string;
}

/** The database that the shop is started with. */
export const url = process.argv[2] ?? '';

/** Takes a payment with a recipe's router, and prints what became of it. */
export async function pays(
  createTable: () => Promise<void>,
  recipe: (settings: Settings) => AtipayRouter,
): Promise<void> {
  const pool = new Pool({ connectionString: url });
  await pool.query('create table orders (id text primary key, sku text, amount integer, state text)');
  await pool.query('create table stock (sku text primary key, available integer)');
  await pool.query("insert into orders values ('7', 'saffron', 250000, 'open')");
  await pool.query("insert into stock values ('saffron', 5)");
  await createTable();

  const simulator = await startSimulator();
  const app = express();
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const payments = recipe({
    apiKey: simulator.apiKey,
    gatewayUrl: simulator.url,
    publicUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/payment`,
  });
  app.use('/payment', payments);

  const order = { orderId: '7', amount: 250_000, cellNumber: '09123456789' };
  const { url: start, payment } = await payments.atipay.start(order);
  await simulator.pay(start);
  const status = (await payments.atipay.find(payment.invoiceNumber))?.status;
  const served = await pool.query("select from orders, stock where state = 'paid' and available = 4");

  console.log(
    JSON.stringify({ status, paid: served.rowCount === 1, verified: simulator.ledger.totals().verified }),
  );
  server.close();
  await payments.atipay.close();
  await simulator.close();
  await pool.end();
}
