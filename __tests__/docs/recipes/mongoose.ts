import type { Knex } from 'knex';
import type { Model } from 'mongoose';
import { atipayRouter, type AtipayConfig, type AtipayRouter } from 'express-atipay';
import { KnexPaymentStore } from 'express-atipay/stores/knex';

export interface Order {
  _id: string;
  amount: number;
  state: string;
  /** What is still to be done for this order, and is ticked off one by one. */
  owed: string[];
}

type Settings = Pick<AtipayConfig, 'apiKey' | 'publicUrl' | 'gatewayUrl'>;
const UNPAID = { $in: ['open', 'failed'] };

/** Orders in MongoDB; `knex` is connected to the SQLite or PostgreSQL database that keeps the payments. */
export function mongoosePayments(orders: Model<Order>, knex: Knex, settings: Settings): AtipayRouter {
  return atipayRouter({
    ...settings,
    store: new KnexPaymentStore(knex),
    getOrder: async ({ body }) => {
      const orderId = String((body as { orderId: unknown }).orderId);
      const order = await orders.findOne({ _id: orderId, state: UNPAID });
      return order && { orderId, amount: order.amount, cellNumber: '09123456789' };
    },
    stillPayable: async ({ orderId, amount }) =>
      (await orders.exists({ _id: orderId, amount, state: UNPAID })) !== null,

    // At least once: one conditional update, so that a second call finds nothing to do. What else is to happen once is
    // written down in the same update.
    onSuccess: ({ orderId }) =>
      orders.updateOne(
        { _id: orderId, state: { $ne: 'paid' } },
        { $set: { state: 'paid' }, $push: { owed: { $each: ['stock', 'mail'] } } },
      ),
    onFailure: ({ orderId }) =>
      orders.updateOne({ _id: orderId, state: 'open' }, { $set: { state: 'failed' } }),
  });
}
