import { atipayRouter, type AtipayConfig, type AtipayRouter } from 'express-atipay';
import { Mysql2PaymentStore } from 'express-atipay/stores/mysql2';
import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';

interface Order extends RowDataPacket {
  amount: number;
}

type Settings = Pick<AtipayConfig, 'apiKey' | 'publicUrl' | 'gatewayUrl'>;
const UNPAID = "select amount from orders where id = ? and state in ('open', 'failed')";

export function mysql2Payments(pool: Pool, settings: Settings): AtipayRouter {
  const unpaid = async (orderId: string) => (await pool.execute<Order[]>(UNPAID, [orderId]))[0][0];
  return atipayRouter({
    ...settings,
    store: new Mysql2PaymentStore(pool),
    getOrder: async ({ body }) => {
      const { orderId } = body as { orderId: string };
      const order = await unpaid(orderId);
      return order && { orderId, amount: order.amount, cellNumber: '09123456789' };
    },
    stillPayable: async ({ orderId, amount }) => (await unpaid(orderId))?.amount === amount,

    onSuccess: ({ orderId, amount }, { transaction }) =>
      transaction(async (connection) => {
        const pay = "update orders set state = 'paid' where id = ? and amount = ?";
        const [{ affectedRows }] = await connection.execute<ResultSetHeader>(pay, [orderId, amount]);
        if (affectedRows !== 1) throw new Error(`No order ${orderId} of ${amount} Rials.`);
        const count = 'update stock join orders using (sku) set available = available - 1 where id = ?';
        await connection.execute(count, [orderId]);
      }),
    onFailure: ({ orderId }, { transaction }) =>
      transaction((connection) =>
        connection.execute("update orders set state = 'failed' where id = ? and state = 'open'", [orderId]),
      ),
  });
}
