import { and, eq, inArray, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { atipayRouter, type AtipayConfig, type AtipayRouter } from 'express-atipay';
import { DrizzlePaymentStore } from 'express-atipay/stores/drizzle';

const orders = pgTable('orders', {
  id: text().primaryKey(),
  sku: text().notNull(),
  amount: integer().notNull(),
  state: text().notNull(),
});
const stock = pgTable('stock', { sku: text().primaryKey(), available: integer().notNull() });

type Settings = Pick<AtipayConfig, 'apiKey' | 'publicUrl' | 'gatewayUrl'>;
const unpaid = inArray(orders.state, ['open', 'failed']);

export function drizzlePayments(db: NodePgDatabase, settings: Settings): AtipayRouter {
  return atipayRouter({
    ...settings,
    store: new DrizzlePaymentStore(db, { sql, dialect: 'postgresql' }),
    getOrder: async ({ body }) => {
      const { orderId } = body as { orderId: string };
      const [order] = await db
        .select()
        .from(orders)
        .where(and(eq(orders.id, orderId), unpaid));
      return order && { orderId, amount: order.amount, cellNumber: '09123456789' };
    },
    stillPayable: async ({ orderId, amount }) =>
      (await db.$count(orders, and(eq(orders.id, orderId), eq(orders.amount, amount), unpaid))) === 1,

    onSuccess: ({ orderId, amount }, { transaction }) =>
      transaction(async (tx) => {
        const [order] = await tx
          .update(orders)
          .set({ state: 'paid' })
          .where(and(eq(orders.id, orderId), eq(orders.amount, amount)))
          .returning();
        if (!order) throw new Error(`No order ${orderId} of ${amount} Rials.`);
        const fewer = sql`${stock.available} - 1`;
        await tx.update(stock).set({ available: fewer }).where(eq(stock.sku, order.sku));
      }),
    onFailure: ({ orderId }, { transaction }) =>
      transaction((tx) =>
        tx
          .update(orders)
          .set({ state: 'failed' })
          .where(and(eq(orders.id, orderId), eq(orders.state, 'open'))),
      ),
  });
}
