import { EntitySchema, In, type DataSource } from 'typeorm';
import { atipayRouter, type AtipayConfig, type AtipayRouter } from 'express-atipay';
import { TypeOrmPaymentStore } from 'express-atipay/stores/typeorm';

// Your classes with @Entity('orders') and @Entity('stock') serve as well.
export const Orders = new EntitySchema<{ id: string; sku: string; amount: number; state: string }>({
  name: 'orders',
  columns: {
    id: { type: String, primary: true },
    sku: { type: String },
    amount: { type: Number },
    state: { type: String },
  },
});
export const Stock = new EntitySchema<{ sku: string; available: number }>({
  name: 'stock',
  columns: { sku: { type: String, primary: true }, available: { type: Number } },
});

type Settings = Pick<AtipayConfig, 'apiKey' | 'publicUrl' | 'gatewayUrl'>;
const UNPAID = In(['open', 'failed']);

export function typeormPayments(source: DataSource, settings: Settings): AtipayRouter {
  const orders = source.getRepository(Orders);
  return atipayRouter({
    ...settings,
    store: new TypeOrmPaymentStore(source),
    getOrder: async ({ body }) => {
      const { orderId } = body as { orderId: string };
      const order = await orders.findOneBy({ id: orderId, state: UNPAID });
      return order && { orderId, amount: order.amount, cellNumber: '09123456789' };
    },
    stillPayable: ({ orderId, amount }) => orders.existsBy({ id: orderId, amount, state: UNPAID }),

    onSuccess: ({ orderId, amount }, { transaction }) =>
      transaction(async (manager) => {
        const { affected } = await manager.update(Orders, { id: orderId, amount }, { state: 'paid' });
        if (affected !== 1) throw new Error(`No order ${orderId} of ${amount} Rials.`);
        const { sku } = await manager.findOneByOrFail(Orders, { id: orderId });
        await manager.decrement(Stock, { sku }, 'available', 1);
      }),
    onFailure: ({ orderId }, { transaction }) =>
      transaction((manager) => manager.update(Orders, { id: orderId, state: 'open' }, { state: 'failed' })),
  });
}
