import type { PaymentStore } from './store';
import { copies } from './contract/copies';
import { crowds } from './contract/crowds';
import { fields } from './contract/fields';
import { holders } from './contract/holders';
import { keys } from './contract/keys';
import { queries } from './contract/queries';
import { races } from './contract/races';
import { Scene, type ContractGroup, type Powers } from './contract/scene';
import { search } from './contract/search';
import { endings, transactions, withoutTransactions } from './contract/transactions';
import { unreadable } from './contract/unreadable';
import { updates } from './contract/updates';

/** A store to be tried, and how to let go of it. */
export interface StoreUnderTest<Tx = never> {
  /** Need not be empty. */
  store: PaymentStore<Tx>;
  /** Called after each case, whether it passed or not. */
  close?: () => Promise<void> | void;
  /** Makes the row of an invoice unreadable, for example by writing `{` into its `history`. */
  spoil?: (invoiceNumber: string) => Promise<unknown>;
  /**
   * Runs a statement in a transaction after which the database has ended the transaction (PostgreSQL: any that fails;
   * MySQL: a deadlock; SQLite: `insert or rollback`), and catches its error.
   */
  endTransaction?: (tx: Tx) => Promise<unknown>;
}

/** One promise of the contract. `run` needs no arguments and no `this`, and rejects when the store breaks it. */
export interface ContractCase {
  /** The promise: the name of a test. */
  name: string;
  /** Tries it. */
  run: () => Promise<void>;
}

/** Capabilities of the store and its test. Cases for a capability run where it is declared, and only there. */
export interface ContractOptions {
  /** Whether the store has `transaction`. Default true; with false, a store that has one is refused. */
  transactions?: boolean;
  /** Whether the store is fast enough for the cases that write hundreds of payments at once, or thousands. Default true. */
  crowds?: boolean;
  /** Whether the store has `search`. Default false. */
  search?: boolean;
  /** Whether the store has `findWithHolder`. Default false. */
  findWithHolder?: boolean;
  /** Whether the test has {@link StoreUnderTest.spoil}. Default false. */
  spoil?: boolean;
  /** Whether the test has {@link StoreUnderTest.endTransaction}. Default false. */
  endTransaction?: boolean;
}

/**
 * The suite every {@link PaymentStore} must pass, for any test runner:
 *
 * ```ts
 * for (const { name, run } of paymentStoreContract(async () => ({ store: new MyStore(await connect()) }))) {
 *   test(name, run, 60_000);
 * }
 * ```
 *
 * The store need not be empty: each case works in separate accounts and with separate invoice numbers. The slowest
 * cases write a few thousand rows; give them 60 seconds.
 *
 * @param createStore - Called at the beginning of each case.
 */
export function paymentStoreContract<Tx>(
  createStore: () => Promise<StoreUnderTest<Tx>> | StoreUnderTest<Tx>,
  options: ContractOptions = {},
): ContractCase[] {
  return groupsFor(options)
    .flatMap(entries)
    .map(([name, check]) => ({
      name,
      run: async () => {
        const { store, close, ...powers } = await createStore();
        try {
          await check(new Scene(store, insisted(options, powers as Powers)));
        } finally {
          await close?.();
        }
      },
    }));
}

function groupsFor(options: ContractOptions): ContractGroup[] {
  return [
    ...[fields, keys, updates, queries, copies, races],
    ...(options.crowds === false ? [] : [crowds]),
    ...(options.transactions === false ? [withoutTransactions] : [transactions]),
    ...(options.endTransaction ? [endings] : []),
    ...(options.spoil ? [unreadable] : []),
    ...(options.search ? [search] : []),
    ...(options.findWithHolder ? [holders] : []),
  ];
}

/** A capability that is declared must be there: its cases would pass without it. */
function insisted(options: ContractOptions, powers: Powers): Powers {
  for (const power of ['spoil', 'endTransaction'] as const) {
    if (options[power] && !powers[power])
      throw new Error(`The test declares ${power}, and has no such function.`);
  }
  return powers;
}

function entries(group: ContractGroup): [string, (scene: Scene) => Promise<void>][] {
  return Object.entries(group);
}
