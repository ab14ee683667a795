import type { Knex } from 'knex';
import type { PaymentStore } from 'express-atipay';
import type { ShopPlan } from './plan';

/** A store over a shop's database client, and how the shop writes in its transactions. */
export interface ShopStore<Tx> {
  readonly store: PaymentStore<Tx>;
  /** Runs a statement in a transaction. */
  readonly run: (tx: Tx, sql: string) => PromiseLike<unknown>;
}

/** Opens a store as a shop's process does. The shop reads its orders through `knex`. */
export type OpenStore<Tx> = (plan: ShopPlan, knex: Knex) => ShopStore<Tx> | Promise<ShopStore<Tx>>;
