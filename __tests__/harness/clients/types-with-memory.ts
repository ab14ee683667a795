/** Shops on TypeORM and on Sequelize. Compiled, never run. */
import { atipayRouter, MemoryPaymentStore } from 'express-atipay';
import type { Model, ModelStatic } from 'sequelize';
import type { DataSource, Repository } from 'typeorm';

interface Order {
  id: number;
  /** TypeORM gives BIGINT columns as text. */
  total: string;
  phone: string | null;
  paid: boolean;
}

declare const repository: Repository<Order>;
declare const source: DataSource;

interface OrderRow extends Model {
  id: number;
  total: number;
}
declare const rows: ModelStatic<OrderRow>;

const required = {
  apiKey: process.env['ATIPAY_API_KEY'],
  publicUrl: 'https://shop.example/payment',
  store: new MemoryPaymentStore(),
};

const idOf = (body: unknown): number => Number((body as { orderId: string }).orderId);

export const onTypeOrm = atipayRouter({
  ...required,
  getOrder: async ({ body }) => {
    const order = await repository.findOneBy({ id: idOf(body), paid: false });
    return order && { orderId: order.id, amount: BigInt(order.total), cellNumber: order.phone };
  },
  stillPayable: ({ orderId }) => repository.existsBy({ id: Number(orderId), paid: false }),
  onSuccess: ({ orderId }) => repository.update({ id: Number(orderId) }, { paid: true }),
  onFailure: ({ orderId }) =>
    source.transaction(async (manager) => {
      await manager.query('update orders set reserved = 0 where id = $1', [orderId]);
    }),
});

export const onSequelize = atipayRouter({
  ...required,
  getOrder: async ({ body }) => {
    const order = await rows.findByPk(idOf(body));
    return order && { orderId: order.id, amount: order.total };
  },
  stillPayable: async ({ orderId }) => (await rows.count({ where: { id: orderId, paid: false } })) === 1,
  onSuccess: ({ orderId }) => rows.update({ paid: true }, { where: { id: orderId } }),
});
