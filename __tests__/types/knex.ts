/** A shop on Knex: hooks that return builders, typed tables and untyped ones. Compiled, never run. */
import { atipayRouter } from 'express-atipay';
import { KnexPaymentStore } from 'express-atipay/stores/knex';
import type { Knex } from 'knex';

interface Order {
  id: string;
  total: number;
  phone: string | null;
  state: 'open' | 'paid' | 'review';
}

declare const knex: Knex;
declare const pager: { page: (message: string) => void } | undefined;

const required = {
  apiKey: process.env['ATIPAY_API_KEY'],
  publicUrl: 'https://shop.example/payment',
  store: new KnexPaymentStore(knex),
};

export const inTheStoresTransaction = atipayRouter({
  ...required,
  getOrder: async ({ body }) => {
    const { orderId } = body as { orderId: string };
    const order = await knex<Order>('orders').where({ id: orderId, state: 'open' }).first();
    return order && { orderId: order.id, amount: order.total, cellNumber: order.phone };
  },
  stillPayable: async ({ orderId }) =>
    (await knex<Order>('orders').where({ id: orderId, state: 'open' }).first()) !== undefined,
  onSuccess: (payment, { transaction }) =>
    transaction((trx) => trx<Order>('orders').where({ id: payment.orderId }).update({ state: 'paid' })),
});

export const withoutIt = atipayRouter({
  ...required,
  getOrder: () => knex('orders').first('id as orderId', 'total as amount'),
  onSuccess: ({ orderId }) => knex<Order>('orders').where({ id: orderId }).update({ state: 'paid' }),
  onFailure: ({ orderId }) => knex('orders').where({ id: orderId }).del(),
  onReview: pager && (({ invoiceNumber }) => pager.page(invoiceNumber)),
});

export const optionsThatMayBeMissing = atipayRouter({
  ...required,
  onSuccess: () => undefined,
  onFailure: undefined,
  onReview: undefined,
  getOrder: undefined,
  stillPayable: undefined,
  resultUrl: undefined,
  logger: console,
});
