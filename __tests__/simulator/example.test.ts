import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { atipayRouter, MemoryPaymentStore, type AtipayRouter } from 'express-atipay';
import { startSimulator, type Simulator } from 'express-atipay/simulator';

let simulator: Simulator;
let server: Server;
let payments: AtipayRouter;
let served: string[]; // stands in for the shop's orders here

beforeEach(async () => {
  simulator = await startSimulator();
  served = [];
  const app = express();
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  payments = atipayRouter({
    apiKey: simulator.apiKey,
    gatewayUrl: simulator.url,
    publicUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/payment`,
    store: new MemoryPaymentStore(),
    onSuccess: (payment) => served.push(payment.orderId),
    recovery: false, // the tests sweep when they want to,
    now: () => simulator.now(), // and shop and gateway go by one clock
  });
  app.use('/payment', payments);
});

afterEach(async () => {
  await payments.atipay.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await simulator.close();
});

const checkout = async (orderId: string) => {
  const order = { orderId, amount: 250_000, cellNumber: '09121234567' };
  return (await payments.atipay.start(order)).url;
};

test('a paid order is served, and the money is verified', async () => {
  const { response } = await simulator.pay(await checkout('A'));

  expect(response.status).toBe(303);
  expect(served).toEqual(['A']);
  expect(simulator.ledger.totals().verified).toEqual({ count: 1, amount: 250_000 });
});

test('a buyer who cancels may try again', async () => {
  await simulator.cancel(await checkout('A'));
  await simulator.pay(await checkout('A'));

  expect(served).toEqual(['A']);
});

test('a callback that comes twice serves the order once', async () => {
  await simulator.pay(await checkout('A'), { times: 2 });

  expect(served).toEqual(['A']);
});

test('an answer that is lost is asked for again', async () => {
  simulator.faults.add({ on: 'verify-payment', kind: 'answer-lost' });
  const { referenceNumber } = await simulator.pay(await checkout('A'));

  expect(served).toEqual(['A']);
  expect(simulator.ledger.find(referenceNumber)?.verifyCount).toBe(2);
});

test('a buyer who paid and never came back gets his money back, and the order stays open', async () => {
  const paid = await simulator.pay(await checkout('A'), { deliver: false });
  simulator.advance(61 * 60_000);
  await payments.atipay.recover();

  expect(served).toEqual([]);
  expect((await payments.atipay.find(paid.invoiceNumber))?.status).toBe('failed');
  expect(simulator.ledger.find(paid.invoiceNumber)?.status).toBe('returned');
});
