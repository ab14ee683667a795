import type { Knex } from 'knex';
import { EntitySchema, In, type DataSource } from 'typeorm';
import { atipayRouter, type AtipayConfig, type AtipayRouter } from 'express-atipay';
import { KnexPaymentStore } from 'express-atipay/stores/knex';

export interface Order {
  id: string;
  sku: string;
  amount: number;
  state: string;
}

// Your class with @Entity('orders') serves as well.
export const Orders = new EntitySchema<Order>({
  name: 'orders',
  columns: {
    id: { type: String, primary: true },
    sku: { type: String },
    amount: { type: Number },
    state: { type: String },
  },
});

type Settings = Pick<AtipayConfig, 'apiKey' | 'publicUrl' | 'gatewayUrl'>;
const UNPAID = In(['open', 'failed']);

/** `knex` is connected to the same database as `source`. */
export function typeormPayments(source: DataSource, knex: Knex, settings: Settings): AtipayRouter {
  const orders = source.getRepository(Orders);
  return atipayRouter({
    ...settings,
    store: new KnexPaymentStore(knex),
    getOrder: async ({ body }) => {
      const { orderId } = body as { orderId: string };
      const order = await orders.findOneBy({ id: orderId, state: UNPAID });
      return order && { orderId, amount: order.amount, cellNumber: '09123456789' };
    },
    stillPayable: ({ orderId, amount }) => orders.existsBy({ id: orderId, amount, state: UNPAID }),

    // Exactly once: SQL through trx, in the transaction that also marks the payment.
    onSuccess: ({ orderId, amount }, { transaction }) =>
      transaction(async (trx) => {
        const changed = await trx('orders').where({ id: orderId, amount }).update({ state: 'paid' });
        if (changed !== 1) throw new Error(`No order ${orderId} of ${amount} Rials.`);
        const sku = trx('orders').where({ id: orderId }).select('sku');
        await trx('stock').where({ sku }).decrement('available', 1);
      }),

    // At least once: through TypeORM, and true however often it runs.
    onFailure: ({ orderId }) => orders.update({ id: orderId, state: 'open' }, { state: 'failed' }),
  });
}
