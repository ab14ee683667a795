const { once } = require('node:events');
const express = require('express');
const { atipayRouter, MemoryPaymentStore } = require('express-atipay');
const { startSimulator } = require('express-atipay/simulator');

const orders = new Map([['7', { amount: 250_000, paid: false }]]);

async function main() {
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

  const verified = simulator.ledger.totals().verified;
  const knexLoaded = Object.keys(require.cache).some((file) => /[\\/]knex[\\/]/.test(file));
  console.log(JSON.stringify({ status, paid: orders.get('7').paid, verified, knexLoaded }));
  server.close();
  await payments.atipay.close();
  await simulator.close();
}

main();
