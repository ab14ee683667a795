import type { Connection, Model } from 'mongoose';
import { atipayRouter, type AtipayConfig, type AtipayRouter } from 'express-atipay';
import { MongoPaymentStore } from 'express-atipay/stores/mongodb';

export interface Order {
  _id: string;
  amount: number;
  state: string;
  product: string;
}

export interface Product {
  _id: string;
  stock: number;
}

interface Models {
  orders: Model<Order>;
  products: Model<Product>;
}

type Settings = Pick<AtipayConfig, 'apiKey' | 'publicUrl' | 'gatewayUrl'>;
const UNPAID = { $in: ['open', 'failed'] };

/** Payments beside the orders, in the database of the shop's connection. */
export function mongoosePayments(
  connection: Connection,
  { orders, products }: Models,
  settings: Settings,
): AtipayRouter {
  return atipayRouter({
    ...settings,
    store: new MongoPaymentStore(() => connection.db),
    getOrder: async ({ body }) => {
      const orderId = String((body as { orderId: unknown }).orderId);
      const order = await orders.findOne({ _id: orderId, state: UNPAID });
      return order && { orderId, amount: order.amount, cellNumber: '09123456789' };
    },
    stillPayable: async ({ orderId, amount }) =>
      (await orders.exists({ _id: orderId, amount, state: UNPAID })) !== null,

    // Exactly once: the order, the stock and the payment change together. Each operation names the session, and they run
    // one after the other.
    onSuccess: ({ orderId }, { transaction }) =>
      transaction(async (session) => {
        const unpaid = { _id: orderId, state: UNPAID };
        const order = await orders.findOneAndUpdate(unpaid, { $set: { state: 'paid' } }, { session });
        if (!order) throw new Error(`Order ${orderId} cannot be paid.`);
        await products.updateOne({ _id: order.product }, { $inc: { stock: -1 } }, { session });
      }),
    onFailure: ({ orderId }, { transaction }) =>
      transaction((session) =>
        orders.updateOne({ _id: orderId, state: 'open' }, { $set: { state: 'failed' } }, { session }),
      ),
  });
}
