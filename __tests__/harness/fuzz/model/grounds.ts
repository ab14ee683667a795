import knexOf from 'knex';
import { MemoryPaymentStore, type PaymentRecord, type PaymentStore } from 'express-atipay';
import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import { delegate } from '../../chaos/shop/delegate';

/** What a payment did to the shop's orders. */
export interface Effect {
  orderId: string;
  invoiceNumber: string;
}

/** Where payments and the shop's own effects are kept, both in the same transactions. */
export interface Ground<Tx> {
  store: PaymentStore<Tx>;
  /** Runs work without marking anything, as a shop could itself. */
  transaction: (work: (tx: Tx) => Promise<unknown>) => Promise<unknown>;
  addEffect: (tx: Tx, effect: Effect) => unknown;
  effects: () => Promise<Effect[]>;
  close: () => Promise<void>;
}

/** A transaction in memory: nothing in it is there until it commits. */
export interface Staged {
  writes: PaymentRecord[];
  effects: Effect[];
}

/** The memory store with transactions, which commit if no row has moved meanwhile. */
export function memoryGround(): Ground<Staged> {
  const rows = new MemoryPaymentStore({ quiet: true });
  const effects: Effect[] = [];
  const transaction = async <T>(work: (tx: Staged) => Promise<T>): Promise<T> => {
    const tx: Staged = { writes: [], effects: [] };
    const value = await work(tx);
    for (const write of tx.writes) {
      if (!(await rows.update(write))) throw new Error('could not serialize access');
    }
    effects.push(...tx.effects);
    return value;
  };
  const store = delegate<Staged>(rows, {
    transaction,
    update: async (record, tx) => {
      if (!tx) return rows.update(record);
      const stored = await rows.find(record.invoiceNumber);
      if (stored?.version !== record.version) return undefined;
      tx.writes.push(record);
      return { ...record, version: record.version + 1 };
    },
  });
  return {
    store,
    transaction,
    addEffect: (tx, effect) => void tx.effects.push(effect),
    effects: () => Promise.resolve(effects),
    close: () => Promise.resolve(),
  };
}

/** SQLite in memory. */
export async function sqliteGround() {
  const knex = knexOf({
    client: 'better-sqlite3',
    connection: { filename: ':memory:' },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  await createPaymentsTable(knex);
  await knex.schema.createTable('effects', (table) => {
    table.string('orderId');
    table.string('invoiceNumber');
  });
  const store = new KnexPaymentStore(knex);
  return {
    store,
    transaction: (work) => knex.transaction(work),
    addEffect: (tx, effect) => tx('effects').insert(effect),
    effects: () => knex<Effect>('effects').select('orderId', 'invoiceNumber'),
    close: () => knex.destroy(),
  } satisfies Ground<knexOf.Knex.Transaction>;
}
