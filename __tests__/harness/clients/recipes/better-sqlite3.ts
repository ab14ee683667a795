import Database from 'better-sqlite3';
import { atipayRouter, type AtipayConfig, type AtipayRouter } from 'express-atipay';
import { BetterSqlite3PaymentStore } from 'express-atipay/stores/better-sqlite3';

interface Order {
  sku: string;
  amount: number;
}

type Settings = Pick<AtipayConfig, 'apiKey' | 'publicUrl' | 'gatewayUrl'>;
const UNPAID = "select amount from orders where id = ? and state in ('open', 'failed')";

export function sqlitePayments(file: string, settings: Settings): AtipayRouter {
  const shop = new Database(file);
  const unpaid = (orderId: string) => shop.prepare<[string], Order>(UNPAID).get(orderId);
  return atipayRouter({
    ...settings,
    store: new BetterSqlite3PaymentStore(() => new Database(file)),
    getOrder: ({ body }) => {
      const { orderId } = body as { orderId: string };
      const order = unpaid(orderId);
      return order && { orderId, amount: order.amount, cellNumber: '09123456789' };
    },
    stillPayable: ({ orderId, amount }) => unpaid(orderId)?.amount === amount,

    // `database` is another connection than `shop`, whose writes are not part of the transaction.
    onSuccess: ({ orderId, amount }, { transaction }) =>
      transaction((database) => {
        const pay = "update orders set state = 'paid' where id = ? and amount = ? returning sku";
        const order = database.prepare<[string, number], Order>(pay).get(orderId, amount);
        if (!order) throw new Error(`No order ${orderId} of ${amount} Rials.`);
        database.prepare('update stock set available = available - 1 where sku = ?').run(order.sku);
      }),
    onFailure: ({ orderId }, { transaction }) =>
      transaction((database) => {
        const fail = "update orders set state = 'failed' where id = ? and state = 'open'";
        database.prepare(fail).run(orderId);
      }),
  });
}
