import { atipayRouter, type AtipayConfig, type AtipayRouter } from 'express-atipay';
import { PrismaPaymentStore } from 'express-atipay/stores/prisma';
import type { PrismaClient } from '../generated/prisma/client';

type Settings = Pick<AtipayConfig, 'apiKey' | 'publicUrl' | 'gatewayUrl'>;
const UNPAID = { in: ['open', 'failed'] };

export function prismaPayments(prisma: PrismaClient, settings: Settings): AtipayRouter {
  return atipayRouter({
    ...settings,
    store: new PrismaPaymentStore(prisma, { dialect: 'postgresql' }),
    getOrder: async ({ body }) => {
      const { orderId } = body as { orderId: string };
      const order = await prisma.order.findFirst({ where: { id: orderId, state: UNPAID } });
      return order && { orderId, amount: order.amount, cellNumber: '09123456789' };
    },
    stillPayable: async ({ orderId, amount }) =>
      (await prisma.order.count({ where: { id: orderId, amount, state: UNPAID } })) === 1,

    onSuccess: ({ orderId, amount }, { transaction }) =>
      transaction(async (tx) => {
        const order = await tx.order.update({ where: { id: orderId, amount }, data: { state: 'paid' } });
        await tx.stock.update({ where: { sku: order.sku }, data: { available: { decrement: 1 } } });
      }),
    onFailure: ({ orderId }, { transaction }) =>
      transaction((tx) =>
        tx.order.updateMany({ where: { id: orderId, state: 'open' }, data: { state: 'failed' } }),
      ),
  });
}
