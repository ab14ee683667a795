import { atipayRouter, type AtipayConfig, type AtipayRouter } from 'express-atipay';
import { PgPaymentStore } from 'express-atipay/stores/pg';
import type { Pool } from 'pg';

interface Order {
  sku: string;
  amount: number;
}

type Settings = Pick<AtipayConfig, 'apiKey' | 'publicUrl' | 'gatewayUrl'>;
const UNPAID = "select amount from orders where id = $1 and state in ('open', 'failed')";

export function pgPayments(pool: Pool, settings: Settings): AtipayRouter {
  const unpaid = async (orderId: string) => (await pool.query<Order>(UNPAID, [orderId])).rows[0];
  return atipayRouter({
    ...settings,
    store: new PgPaymentStore(pool),
    getOrder: async ({ body }) => {
      const { orderId } = body as { orderId: string };
      const order = await unpaid(orderId);
      return order && { orderId, amount: order.amount, cellNumber: '09123456789' };
    },
    stillPayable: async ({ orderId, amount }) => (await unpaid(orderId))?.amount === amount,

    onSuccess: ({ orderId, amount }, { transaction }) =>
      transaction(async (client) => {
        const pay = "update orders set state = 'paid' where id = $1 and amount = $2 returning sku";
        const [order] = (await client.query<Order>(pay, [orderId, amount])).rows;
        if (!order) throw new Error(`No order ${orderId} of ${amount} Rials.`);
        await client.query('update stock set available = available - 1 where sku = $1', [order.sku]);
      }),
    onFailure: ({ orderId }, { transaction }) =>
      transaction((client) =>
        client.query("update orders set state = 'failed' where id = $1 and state = 'open'", [orderId]),
      ),
  });
}
