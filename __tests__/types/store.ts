/** The transaction of a hook's `transaction` follows the store alone. Compiled, never run. */
import { atipayRouter, MemoryPaymentStore, type HookContext, type PaymentStore } from 'express-atipay';
import { KnexPaymentStore } from 'express-atipay/stores/knex';
import type { Knex } from 'knex';
import { is } from './same';

interface Connection {
  query(sql: string): Promise<number>;
}

declare const knex: Knex;
declare const own: PaymentStore<Connection>;

const required = { apiKey: 'key', publicUrl: 'https://shop.example/payment', onSuccess: () => undefined };

export const inMemory = atipayRouter({
  ...required,
  store: new MemoryPaymentStore(),
  onSuccess: (_payment, { transaction }) => transaction((tx) => is<never>()(tx, true)),
});

export const onKnex = atipayRouter({
  ...required,
  store: new KnexPaymentStore(knex),
  onSuccess: (_payment, { transaction }) => transaction((tx) => is<Knex.Transaction>()(tx, true)),
  onFailure: (_payment, context) => is<HookContext<Knex.Transaction>>()(context, true),
  onReview: (_payment, { transaction }) => transaction((trx) => trx('orders').update({ state: 'review' })),
});

export const onAnother = atipayRouter({
  ...required,
  store: own,
  onSuccess: (_payment, { transaction }) => transaction((tx) => tx.query('update orders set paid = 1')),
});

export const aHookDoesNotDecideIt = atipayRouter({
  ...required,
  store: new KnexPaymentStore(knex),
  // @ts-expect-error -- the store hands out transactions of Knex
  onSuccess: (_payment, context: HookContext<Connection>) => context.attempt,
});

/** A hook that needs transactions compiles with a store that has none, for tests; `transaction` then rejects. */
export const norDoesItForAnotherHook = atipayRouter({
  ...required,
  store: new MemoryPaymentStore(),
  onSuccess: (_payment, context: HookContext<Knex.Transaction>) => context.attempt,
  onFailure: (_payment, { transaction }) => transaction((tx) => is<never>()(tx, true)),
});

export const noTransactionWithoutAStoreThatHasThem = atipayRouter({
  ...required,
  store: new MemoryPaymentStore(),
  // @ts-expect-error -- nothing can be done with `never`
  onSuccess: (_payment, { transaction }) => transaction((trx) => trx('orders')),
});

export const knexDoesNotSpeakForAnotherStore = atipayRouter({
  ...required,
  store: own,
  // @ts-expect-error -- the connection is not callable
  onSuccess: (_payment, { transaction }) => transaction((trx) => trx('orders')),
});

/** Written apart, a hook names what it needs. */
async function serve(_payment: unknown, { transaction }: HookContext<Knex.Transaction>): Promise<void> {
  const first = await transaction(async (trx) => {
    await trx('orders').update({ paid: true });
  });
  is<boolean>()(first, true);
}

export const writtenApart = atipayRouter({
  ...required,
  store: new KnexPaymentStore(knex),
  onSuccess: serve,
});
