import type { Knex } from 'knex';
import type { Model, ModelStatic } from 'sequelize';
import { atipayRouter, type AtipayConfig, type AtipayRouter } from 'express-atipay';
import { KnexPaymentStore } from 'express-atipay/stores/knex';

export interface Order {
  id: string;
  sku: string;
  amount: number;
  state: string;
}

type Settings = Pick<AtipayConfig, 'apiKey' | 'publicUrl' | 'gatewayUrl'>;
const UNPAID = ['open', 'failed'];

/** `orders` is the model of the table `orders`; `knex` is connected to the same database. */
export function sequelizePayments(
  orders: ModelStatic<Model<Order>>,
  knex: Knex,
  settings: Settings,
): AtipayRouter {
  return atipayRouter({
    ...settings,
    store: new KnexPaymentStore(knex),
    getOrder: async ({ body }) => {
      const { orderId } = body as { orderId: string };
      const order = await orders.findOne({ where: { id: orderId, state: UNPAID } });
      return order && { orderId, amount: order.get('amount') as number, cellNumber: '09123456789' };
    },
    stillPayable: async ({ orderId, amount }) =>
      (await orders.count({ where: { id: orderId, amount, state: UNPAID } })) === 1,

    // Exactly once: SQL through trx, in the transaction that also marks the payment.
    onSuccess: ({ orderId, amount }, { transaction }) =>
      transaction(async (trx) => {
        const changed = await trx('orders').where({ id: orderId, amount }).update({ state: 'paid' });
        if (changed !== 1) throw new Error(`No order ${orderId} of ${amount} Rials.`);
        const sku = trx('orders').where({ id: orderId }).select('sku');
        await trx('stock').where({ sku }).decrement('available', 1);
      }),

    // At least once: through Sequelize, and true however often it runs.
    onFailure: ({ orderId }) => orders.update({ state: 'failed' }, { where: { id: orderId, state: 'open' } }),
  });
}
