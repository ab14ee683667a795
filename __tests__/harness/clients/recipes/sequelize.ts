import type { Model, ModelStatic, Sequelize } from 'sequelize';
import { atipayRouter, type AtipayConfig, type AtipayRouter } from 'express-atipay';
import { SequelizePaymentStore } from 'express-atipay/stores/sequelize';

interface Models {
  orders: ModelStatic<Model<{ id: string; sku: string; amount: number; state: string }>>;
  stock: ModelStatic<Model<{ sku: string; available: number }>>;
}

type Settings = Pick<AtipayConfig, 'apiKey' | 'publicUrl' | 'gatewayUrl'>;
const UNPAID = ['open', 'failed'];

export function sequelizePayments(
  sequelize: Sequelize,
  { orders, stock }: Models,
  settings: Settings,
): AtipayRouter {
  return atipayRouter({
    ...settings,
    store: new SequelizePaymentStore(sequelize),
    getOrder: async ({ body }) => {
      const { orderId } = body as { orderId: string };
      const order = await orders.findOne({ where: { id: orderId, state: UNPAID } });
      return order && { orderId, amount: order.get('amount') as number, cellNumber: '09123456789' };
    },
    stillPayable: async ({ orderId, amount }) =>
      (await orders.count({ where: { id: orderId, amount, state: UNPAID } })) === 1,

    // Each call names the transaction, or it is not part of it.
    onSuccess: ({ orderId, amount }, { transaction: exactlyOnce }) =>
      exactlyOnce(async (transaction) => {
        const where = { id: orderId, amount };
        const [changed] = await orders.update({ state: 'paid' }, { where, transaction });
        if (changed !== 1) throw new Error(`No order ${orderId} of ${amount} Rials.`);
        const order = await orders.findOne({ where, transaction, rejectOnEmpty: true });
        const sku = order.get('sku') as string;
        await stock.decrement('available', { by: 1, where: { sku }, transaction });
      }),
    onFailure: ({ orderId }, { transaction: exactlyOnce }) =>
      exactlyOnce((transaction) =>
        orders.update({ state: 'failed' }, { where: { id: orderId, state: 'open' }, transaction }),
      ),
  });
}
