import { atipayRouter, type AtipayConfig, type AtipayRouter } from 'express-atipay';
import { KyselyPaymentStore } from 'express-atipay/stores/kysely';
import type { Kysely } from 'kysely';

export interface Database {
  orders: { id: string; sku: string; amount: number; state: string };
  stock: { sku: string; available: number };
}

type Settings = Pick<AtipayConfig, 'apiKey' | 'publicUrl' | 'gatewayUrl'>;

export function kyselyPayments(db: Kysely<Database>, settings: Settings): AtipayRouter {
  const unpaid = (orderId: string) =>
    db
      .selectFrom('orders')
      .select('amount')
      .where('id', '=', orderId)
      .where('state', 'in', ['open', 'failed']);
  return atipayRouter({
    ...settings,
    store: new KyselyPaymentStore(db, { dialect: 'postgresql' }),
    getOrder: async ({ body }) => {
      const { orderId } = body as { orderId: string };
      const order = await unpaid(orderId).executeTakeFirst();
      return order && { orderId, amount: order.amount, cellNumber: '09123456789' };
    },
    stillPayable: async ({ orderId, amount }) =>
      (await unpaid(orderId).executeTakeFirst())?.amount === amount,

    onSuccess: ({ orderId, amount }, { transaction }) =>
      transaction(async (tx) => {
        const { sku } = await tx
          .updateTable('orders')
          .set({ state: 'paid' })
          .where('id', '=', orderId)
          .where('amount', '=', amount)
          .returning('sku')
          .executeTakeFirstOrThrow();
        await tx
          .updateTable('stock')
          .set(({ eb }) => ({ available: eb('available', '-', 1) }))
          .where('sku', '=', sku)
          .execute();
      }),
    onFailure: ({ orderId }, { transaction }) =>
      transaction((tx) =>
        tx
          .updateTable('orders')
          .set({ state: 'failed' })
          .where('id', '=', orderId)
          .where('state', '=', 'open')
          .execute(),
      ),
  });
}
