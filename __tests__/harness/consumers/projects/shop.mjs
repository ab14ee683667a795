import { once } from 'node:events';
import { createRequire } from 'node:module';
import express from 'express';
import { atipayRouter, AtipayError, MemoryPaymentStore } from 'express-atipay';
import { startSimulator } from 'express-atipay/simulator';

const orders = new Map([['7', { amount: 250_000, paid: false }]]);

const simulator = await startSimulator();
const app = express();
const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
const origin = `http://127.0.0.1:${server.address().port}`;

const payments = atipayRouter({
  apiKey: simulator.apiKey,
  gatewayUrl: simulator.url,
  publicUrl: `${origin}/payment`,
  store: new MemoryPaymentStore({ quiet: true }),
  onSuccess: (payment) => void (orders.get(payment.orderId).paid = true),
});
app.use('/payment', payments);

const { url } = await payments.atipay.start({ orderId: '7', amount: 250_000, cellNumber: '09123456789' });
const { response } = await simulator.pay(url);
const result = await fetch(response.location, { headers: { Accept: 'application/json' } });
const { status } = await result.json();

const refusal = await payments.atipay.start({ orderId: '8' }).catch((error) => error);
if (!(refusal instanceof AtipayError)) throw new Error('An error of the package is not its AtipayError.');

const verified = simulator.ledger.totals().verified;
const files = Object.keys(createRequire(import.meta.url).cache);
if (!files.some((file) => /[\\/]express-atipay[\\/]dist[\\/]index\.js$/.test(file))) {
  throw new Error('The cache does not tell what is loaded.');
}
const knexLoaded = files.some((file) => /[\\/]knex[\\/]/.test(file));
console.log(JSON.stringify({ status, paid: orders.get('7').paid, verified, knexLoaded }));
server.close();
await payments.atipay.close();
await simulator.close();
