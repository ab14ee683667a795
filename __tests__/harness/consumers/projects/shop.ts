import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { atipayRouter, MemoryPaymentStore, type PaidPayment, type Payment } from 'express-atipay';
import { startSimulator } from 'express-atipay/simulator';

const orders = new Map([['7', { amount: 250_000, paid: false }]]);

async function main(): Promise<void> {
  const simulator = await startSimulator();
  const app = express();
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const payments = atipayRouter({
    apiKey: simulator.apiKey,
    gatewayUrl: simulator.url,
    publicUrl: `${origin}/payment`,
    store: new MemoryPaymentStore({ quiet: true }),
    getOrder: (req) => {
      const { orderId } = req.body as { orderId: string };
      const order = orders.get(orderId);
      return order && { orderId, amount: order.amount, cellNumber: '09123456789' };
    },
    onSuccess: (payment: PaidPayment) => {
      const order = orders.get(payment.orderId);
      if (order) order.paid = true;
    },
  });
  app.use('/payment', payments);

  const started = await fetch(`${origin}/payment/pay`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ orderId: '7' }),
  });
  const { url } = (await started.json()) as { url: string };
  const { response } = await simulator.pay(url);
  const result = await fetch(response.location ?? '', { headers: { Accept: 'application/json' } });
  const { status } = (await result.json()) as Payment;

  console.log(
    JSON.stringify({ status, paid: orders.get('7')?.paid, verified: simulator.ledger.totals().verified }),
  );
  server.close();
  await payments.atipay.close();
  await simulator.close();
}

void main();
