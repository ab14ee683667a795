import type { FactoryProvider, INestApplication } from '@nestjs/common';
import type { Request } from 'express';
import { atipayRouter, type AtipayRouter, type HookContext, type OrderInput } from 'express-atipay';
import { KnexPaymentStore } from 'express-atipay/stores/knex';
import type { Knex } from 'knex';

/** The service and the token that you use for Knex. */
export interface OrdersService {
  payable(req: Request): Promise<OrderInput | undefined>;
  paid(orderId: string, context: HookContext<Knex.Transaction>): Promise<unknown>;
}
export const ORDERS = Symbol('orders');
export const KNEX = Symbol('knex');

/** For a module's `providers` and `exports`; elsewhere: `@Inject(PAYMENTS) private readonly payments: AtipayRouter`. */
export const PAYMENTS = Symbol('payments');
export const paymentsProvider: FactoryProvider<AtipayRouter> = {
  provide: PAYMENTS,
  inject: [ORDERS, KNEX],
  useFactory: (orders: OrdersService, knex: Knex) =>
    atipayRouter({
      apiKey: process.env['ATIPAY_API_KEY'],
      gatewayUrl: process.env['ATIPAY_GATEWAY_URL'], // undefined: the real gateway
      publicUrl: `${process.env['PUBLIC_URL'] ?? ''}/payment`,
      store: new KnexPaymentStore(knex),
      getOrder: (req) => orders.payable(req),
      onSuccess: (payment, context) => orders.paid(payment.orderId, context),
    }),
};

/** In main.ts, after `app.use(session(…))` and before `app.listen`. Guards and a global prefix do not reach it. */
export function mountPayments(app: INestApplication): void {
  const payments = app.get<AtipayRouter>(PAYMENTS);
  app.use('/payment', payments);
  process.once('SIGTERM', () => void stop(app, payments));
}

/** Knex goes last, and not in a hook of Nest's: payments under way still need it. */
async function stop(app: INestApplication, payments: AtipayRouter): Promise<void> {
  await app.close();
  await payments.atipay.close();
  await app.get<Knex>(KNEX).destroy();
}
