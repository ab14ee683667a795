import 'reflect-metadata';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import {
  Controller,
  Get,
  Inject,
  Injectable,
  Module,
  Param,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import {
  atipayRouter,
  MemoryPaymentStore,
  type AtipayConfig,
  type AtipayRouter,
  type OrderInput,
  type PaidPayment,
} from 'express-atipay';
import { startSimulator } from 'express-atipay/simulator';

type Gateway = Pick<AtipayConfig, 'apiKey' | 'gatewayUrl' | 'publicUrl'>;
const PAYMENTS = Symbol('payments');

@Injectable()
class Orders {
  private readonly orders = new Map([['7', { amount: 250_000, paid: false }]]);

  async payable(orderId: string): Promise<OrderInput | null> {
    const order = this.orders.get(orderId);
    return order ? { orderId, amount: order.amount, cellNumber: '09123456789' } : null;
  }

  async paid({ orderId }: PaidPayment): Promise<void> {
    const order = this.orders.get(orderId);
    if (order) order.paid = true;
  }

  isPaid(orderId: string): boolean {
    return this.orders.get(orderId)?.paid ?? false;
  }
}

@Controller('orders')
class OrdersController {
  constructor(private readonly orders: Orders) {}

  @Get(':id')
  show(@Param('id') id: string): { paid: boolean } {
    return { paid: this.orders.isPaid(id) };
  }
}

const paymentsOf = (orders: Orders, gateway: Gateway): AtipayRouter =>
  atipayRouter({
    ...gateway,
    store: new MemoryPaymentStore({ quiet: true }),
    getOrder: (req) => orders.payable((req.body as { orderId: string }).orderId),
    onSuccess: (payment) => orders.paid(payment),
    resultUrl: (payment) => `/orders/${payment.orderId}`,
  });

class PaymentsLifetime implements OnApplicationShutdown {
  constructor(@Inject(PAYMENTS) private readonly payments: AtipayRouter) {}

  onApplicationShutdown(): Promise<void> {
    return this.payments.atipay.close();
  }
}

@Module({})
class ShopModule {
  static with(gateway: Gateway) {
    const payments = {
      provide: PAYMENTS,
      useFactory: (orders: Orders) => paymentsOf(orders, gateway),
      inject: [Orders],
    };
    return {
      module: ShopModule,
      controllers: [OrdersController],
      providers: [Orders, payments, PaymentsLifetime],
    };
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function main(): Promise<void> {
  const simulator = await startSimulator();
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const shop = ShopModule.with({
    apiKey: simulator.apiKey,
    gatewayUrl: simulator.url,
    publicUrl: `${origin}/payment`,
  });
  const app = await NestFactory.create<NestExpressApplication>(shop, { logger: ['error'] });
  const payments = app.get<AtipayRouter>(PAYMENTS);
  app.use('/payment', payments);
  await app.listen(port, '127.0.0.1');

  const page = await fetch(`${origin}/payment/pay`, {
    method: 'POST',
    body: new URLSearchParams({ orderId: '7' }),
  });
  const { invoiceNumber } = await simulator.pay(await page.text());
  const { paid } = (await (await fetch(`${origin}/orders/7`)).json()) as { paid: boolean };
  const status = (await payments.atipay.find(invoiceNumber))?.status;

  console.log(JSON.stringify({ status, paid, verified: simulator.ledger.totals().verified }));
  await app.close();
  await simulator.close();
}

void main();
