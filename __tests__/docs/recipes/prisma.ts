import type { Knex } from 'knex';
import { atipayRouter, type AtipayConfig, type AtipayRouter } from 'express-atipay';
import { KnexPaymentStore } from 'express-atipay/stores/knex';

interface Where {
  id: string;
  amount?: number;
  state: string | { in: string[] };
}

/**
 * The part of your PrismaClient that is used here, so that this file compiles before `prisma generate`: or take
 * PrismaClient.
 */
export interface Client {
  order: {
    findFirst(query: { where: Where }): PromiseLike<{ id: string; amount: number } | null>;
    count(query: { where: Where }): PromiseLike<number>;
    updateMany(query: { where: Where; data: { state: string } }): PromiseLike<{ count: number }>;
  };
}

type Settings = Pick<AtipayConfig, 'apiKey' | 'publicUrl' | 'gatewayUrl'>;
const UNPAID = { in: ['open', 'failed'] };

/** `knex` is connected to the same database as `prisma`. */
export function prismaPayments(prisma: Client, knex: Knex, settings: Settings): AtipayRouter {
  return atipayRouter({
    ...settings,
    store: new KnexPaymentStore(knex),
    getOrder: async ({ body }) => {
      const { orderId } = body as { orderId: string };
      const order = await prisma.order.findFirst({ where: { id: orderId, state: UNPAID } });
      return order && { orderId, amount: order.amount, cellNumber: '09123456789' };
    },
    stillPayable: async ({ orderId, amount }) =>
      (await prisma.order.count({ where: { id: orderId, amount, state: UNPAID } })) === 1,

    // Exactly once: SQL through trx. Prisma names table and columns as the model does, unless @map says otherwise.
    onSuccess: ({ orderId, amount }, { transaction }) =>
      transaction(async (trx) => {
        const changed = await trx('Order').where({ id: orderId, amount }).update({ state: 'paid' });
        if (changed !== 1) throw new Error(`No order ${orderId} of ${amount} Rials.`);
        const sku = trx('Order').where({ id: orderId }).select('sku');
        await trx('Stock').where({ sku }).decrement('available', 1);
      }),

    // At least once: through Prisma, and true however often it runs.
    onFailure: ({ orderId }) =>
      prisma.order.updateMany({ where: { id: orderId, state: 'open' }, data: { state: 'failed' } }),
  });
}
