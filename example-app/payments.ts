import { atipayRouter, type AtipayRouter } from 'express-atipay';
import { KnexPaymentStore } from 'express-atipay/stores/knex';
import type { Knex } from 'knex';
import { field } from './forms';
import { toPay, type Orders } from './orders';

/** The gateway to pay at; without `gatewayUrl`, the real one. */
export interface Gateway {
  apiKey: string;
  terminalId?: string | undefined;
  gatewayUrl?: string | undefined;
}

/** The shop's payments and their hooks. */
export function createPayments(db: Knex, orders: Orders, publicUrl: string, gateway: Gateway): AtipayRouter {
  return atipayRouter({
    ...gateway,
    publicUrl: `${publicUrl}/payment`,
    store: new KnexPaymentStore(db),
    currency: 'IRT',
    resultUrl: (payment) => `/orders/${payment.orderId}`,
    shop: { name: 'فروشگاه سوغات', url: '/', logo: '/logo.svg' },
    retryUrl: '/orders',

    // POST /payment/pay: only this buyer's order, unless it was cancelled.
    getOrder: async (req) => {
      const order = await orders.find(req.session.buyerId, field(req, 'orderId'));
      return order && order.state !== 'cancelled' ? toPay(order) : undefined;
    },

    stillPayable: (payment) => orders.isPayable(payment.orderId, payment.amount),

    // An order cancelled while its payment was being verified is paid all the same: the money is there.
    onSuccess: (payment, { transaction }) =>
      transaction(async (trx) => {
        const paid = { id: payment.orderId, total: payment.amount };
        const changed = await trx('orders').where(paid).update({ state: 'paid' });
        if (changed !== 1) throw new Error(`No order ${payment.orderId} of ${payment.amount} Tomans.`);
      }),

    onFailure: (payment, { transaction }) =>
      transaction((trx) =>
        trx('orders')
          .where({ id: payment.orderId })
          .whereIn('state', ['open', 'review'])
          .update({ state: 'failed' }),
      ),

    onReview: async (payment, { transaction }) => {
      await transaction((trx) => trx('orders').where({ id: payment.orderId }).update({ state: 'review' }));
      console.error(`Order ${payment.orderId} needs a person: ${payment.failure.message}`);
    },
  });
}
