import type { PaymentStore } from './store';
import { Scene, type ContractGroup } from './contract/scene';
import { copies } from './contract/copies';
import { fields } from './contract/fields';
import { keys } from './contract/keys';
import { queries } from './contract/queries';
import { races } from './contract/races';
import { transactions, withoutTransactions } from './contract/transactions';
import { updates } from './contract/updates';

/** A store to be tried, and how to let go of it. */
export interface StoreUnderTest<Tx = never> {
  /** Need not be empty. */
  store: PaymentStore<Tx>;
  /** Called after each case, whether it passed or not. */
  close?: () => Promise<void> | void;
}

/** One promise of the contract. `run` needs no arguments and no `this`, and rejects when the store breaks it. */
export interface ContractCase {
  /** What is promised: the name of a test. */
  name: string;
  /** Tries it. */
  run: () => Promise<void>;
}

/** What kind of store the suite is for. */
export interface ContractOptions {
  /** Whether the store has `transaction`. Default true; with false, a store that has one is refused. */
  transactions?: boolean;
}

/**
 * The suite every {@link PaymentStore} must pass, for any test runner:
 *
 * ```ts
 * for (const { name, run } of paymentStoreContract(async () => ({ store: new MyStore(await connect()) }))) {
 *   test(name, run);
 * }
 * ```
 *
 * The store need not be empty: each case works in accounts and with invoice numbers of its own. The slowest cases
 * write a few thousand rows; give them 60 seconds.
 *
 * @param createStore - Called at the beginning of each case.
 */
export function paymentStoreContract<Tx>(
  createStore: () => Promise<StoreUnderTest<Tx>> | StoreUnderTest<Tx>,
  options: ContractOptions = {},
): ContractCase[] {
  const lastGroup = options.transactions === false ? withoutTransactions : transactions;
  const groups = [fields, keys, updates, queries, copies, races, lastGroup];
  return groups.flatMap(entries).map(([name, check]) => ({
    name,
    run: async () => {
      const { store, close } = await createStore();
      try {
        await check(new Scene(store));
      } finally {
        await close?.();
      }
    },
  }));
}

function entries(group: ContractGroup): [string, (scene: Scene) => Promise<void>][] {
  return Object.entries(group);
}
