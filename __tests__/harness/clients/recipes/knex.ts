import { atipayRouter, type AtipayConfig, type AtipayRouter } from 'express-atipay';
import { KnexPaymentStore } from 'express-atipay/stores/knex';
import type { Knex } from 'knex';

interface Order {
  id: string;
  sku: string;
  amount: number;
  state: string;
}

type Settings = Pick<AtipayConfig, 'apiKey' | 'publicUrl' | 'gatewayUrl'>;
const UNPAID = ['open', 'failed'];

export function knexPayments(knex: Knex, settings: Settings): AtipayRouter {
  const unpaid = (id: string) => knex<Order>('orders').where({ id }).whereIn('state', UNPAID);
  return atipayRouter({
    ...settings,
    store: new KnexPaymentStore(knex),
    getOrder: async ({ body }) => {
      const { orderId } = body as { orderId: string };
      const order = await unpaid(orderId).first();
      return order && { orderId, amount: order.amount, cellNumber: '09123456789' };
    },
    stillPayable: async ({ orderId, amount }) =>
      (await unpaid(orderId).where({ amount }).first()) !== undefined,

    onSuccess: ({ orderId, amount }, { transaction }) =>
      transaction(async (trx) => {
        const changed = await trx('orders').where({ id: orderId, amount }).update({ state: 'paid' });
        if (changed !== 1) throw new Error(`No order ${orderId} of ${amount} Rials.`);
        const sku = trx('orders').where({ id: orderId }).select('sku');
        await trx('stock').where({ sku }).decrement('available', 1);
      }),
    onFailure: ({ orderId }, { transaction }) =>
      transaction((trx) => trx('orders').where({ id: orderId, state: 'open' }).update({ state: 'failed' })),
  });
}
