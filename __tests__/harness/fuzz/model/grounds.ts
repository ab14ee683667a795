import { MemoryPaymentStore, type PaymentRecord, type PaymentStore } from 'express-atipay';
import { delegate } from '../../chaos/shop/delegate';

/** A payment's effects on the shop's orders. */
export interface Effect {
  orderId: string;
  invoiceNumber: string;
}

/** Where payments and the shop's effects are kept, both in the same transactions. */
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
  writes: { next: PaymentRecord; read: PaymentRecord }[];
  effects: Effect[];
}

/** A row has moved since it was read in a transaction. */
class SerializationFailure extends Error {}

/** The memory store with transactions, which commit if no row has moved meanwhile. */
export function memoryGround(): Ground<Staged> {
  const rows = new MemoryPaymentStore({ quiet: true });
  const effects: Effect[] = [];
  const transaction = async <T>(work: (tx: Staged) => Promise<T>): Promise<T> => {
    const tx: Staged = { writes: [], effects: [] };
    const value = await work(tx);
    for (const { next, read } of tx.writes) {
      if (!(await rows.update(next, read))) throw new SerializationFailure('could not serialize access');
    }
    effects.push(...tx.effects);
    return value;
  };
  const find = async (invoiceNumber: string, tx?: Staged): Promise<PaymentRecord | undefined> =>
    tx?.writes.map(({ next }) => next).findLast((row) => row.invoiceNumber === invoiceNumber) ??
    rows.find(invoiceNumber);
  const store = delegate<Staged>(rows, {
    transaction,
    find,
    isTransient: (error) => error instanceof SerializationFailure,
    update: async (next, read, { tx } = {}) => {
      if (!tx) return rows.update(next, read);
      const stored = await find(read.invoiceNumber, tx);
      if (stored?.version !== read.version) return false;
      tx.writes.push({ next, read });
      return true;
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
