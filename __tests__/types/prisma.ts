/** A shop on Prisma: its generated client, in shape. Compiled, never run. */
import { atipayRouter, MemoryPaymentStore } from 'express-atipay';

interface PrismaPromise<T> extends Promise<T> {
  [Symbol.toStringTag]: 'PrismaPromise';
}

interface Order {
  id: string;
  total: bigint;
  phone: string | null;
  paidAt: Date | null;
}

interface OrderDelegate {
  findUnique(args: { where: Partial<Order> }): PrismaPromise<Order | null>;
  findFirst(args: {
    where: Partial<Order>;
    select: Record<string, true>;
  }): PrismaPromise<Pick<Order, 'id' | 'total'> | null>;
  update(args: { where: Partial<Order>; data: Partial<Order> }): PrismaPromise<Order>;
  updateMany(args: { where: Partial<Order>; data: Partial<Order> }): PrismaPromise<{ count: number }>;
  count(args: { where: Partial<Order> }): PrismaPromise<number>;
}

declare const prisma: {
  order: OrderDelegate;
  $transaction<T extends unknown[]>(work: [...T]): PrismaPromise<T>;
};

export const payments = atipayRouter({
  apiKey: process.env['ATIPAY_API_KEY'],
  publicUrl: 'https://shop.example/payment',
  store: new MemoryPaymentStore(),
  getOrder: async (req) => {
    const { orderId } = req.body as { orderId: string };
    const order = await prisma.order.findUnique({ where: { id: orderId, paidAt: null } });
    return order && { orderId: order.id, amount: order.total, cellNumber: order.phone };
  },
  stillPayable: async ({ orderId, amount }) =>
    (await prisma.order.count({ where: { id: orderId, total: BigInt(amount), paidAt: null } })) === 1,
  onSuccess: ({ orderId, verifiedAt }) =>
    prisma.order.updateMany({ where: { id: orderId, paidAt: null }, data: { paidAt: new Date(verifiedAt) } }),
  onFailure: async ({ orderId }) => {
    await prisma.order.update({ where: { id: orderId }, data: { paidAt: null } });
  },
  onReview: ({ orderId }) =>
    prisma.$transaction([prisma.order.update({ where: { id: orderId }, data: { paidAt: null } })]),
  resultUrl: ({ orderId }) => `/orders/${orderId}`,
});
