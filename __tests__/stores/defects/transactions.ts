import type { PaymentRecord } from '../../../lib/core/record';
import { lockedError } from '../../../lib/stores/sql/errors';
import { MemoryPaymentStore } from '../../../lib/stores/memory';
import type { PaymentStore } from '../../../lib/stores/store';
import { delegates } from './wrap';

/** The writes of a transaction so far. */
type Pending = { next: PaymentRecord; read: PaymentRecord }[];

type Work = (tx: Pending) => Promise<unknown>;

/** A store with transactions, one after the other, or with something wrong about them. */
export interface TransactionalStore extends PaymentStore<Pending> {
  transaction<T>(work: (tx: Pending) => Promise<T>): Promise<T>;
}

type MakeTransactional = () => TransactionalStore;

type Update = (
  inner: PaymentStore,
  next: PaymentRecord,
  read: PaymentRecord,
  tx: Pending,
) => Promise<boolean>;

type Run = (inner: PaymentStore, work: Work) => Promise<unknown>;

/** Writes are kept aside until the work is done. */
export function transactional(run: Run = oneByOne(), update: Update = aside): MakeTransactional {
  return () => {
    const inner = new MemoryPaymentStore({ quiet: true });
    const open = new Set<Pending>();
    const isHeld = (invoiceNumber: string): boolean =>
      [...open].some((tx) => tx.some(({ next }) => next.invoiceNumber === invoiceNumber));
    return {
      ...delegates(inner),
      find: async (invoiceNumber, tx) => latest(tx, invoiceNumber) ?? (await inner.find(invoiceNumber)),
      findByOrder: async (account, orderId, query = {}) => {
        const { tx, ...bounds } = query;
        const rows = await inner.findByOrder(account, orderId, bounds);
        return rows.map((row) => latest(tx, row.invoiceNumber) ?? row);
      },
      update: async (next, read, { tx, wait } = {}) => {
        if (tx) return update(inner, next, read, tx);
        if (wait === false && isHeld(read.invoiceNumber)) throw lockedError('payments');
        return inner.update(next, read);
      },
      transaction: <T>(work: (tx: Pending) => Promise<T>) =>
        run(inner, async (tx) => {
          open.add(tx);
          try {
            return await work(tx);
          } finally {
            open.delete(tx);
          }
        }) as Promise<T>,
    };
  };
}

const latest = (tx: Pending | undefined, invoiceNumber: string): PaymentRecord | undefined =>
  tx?.findLast(({ next }) => next.invoiceNumber === invoiceNumber)?.next;

/** The correct way: a queue, and everything written at the end if it still can be. */
function oneByOne(finish: (inner: PaymentStore, tx: Pending) => Promise<unknown> = commit): Run {
  const queues = new WeakMap<object, Promise<unknown>>();
  return (inner, work) => {
    const turn = (queues.get(inner) ?? Promise.resolve()).then(async () => {
      const tx: Pending = [];
      const value = await work(tx);
      await finish(inner, tx);
      return value;
    });
    queues.set(
      inner,
      turn.catch(() => undefined),
    );
    return turn;
  };
}

async function commit(inner: PaymentStore, tx: Pending): Promise<void> {
  for (const { next, read } of tx) {
    if (!(await inner.update(next, read))) throw new Error('another write was faster');
  }
}

async function aside(
  inner: PaymentStore,
  next: PaymentRecord,
  read: PaymentRecord,
  tx: Pending,
): Promise<boolean> {
  const stored = latest(tx, read.invoiceNumber) ?? (await inner.find(read.invoiceNumber));
  if (stored?.version !== read.version) return false;
  tx.push(structuredClone({ next, read }));
  return true;
}

/** Stores that get transactions wrong. */
export const transactionDefects: Record<string, [MakeTransactional, string]> = {
  'writes at once, and does not roll back': [
    transactional(undefined, (inner, next, read) => inner.update(next, read)),
    'rolls back everything',
  ],
  'does not commit': [transactional(oneByOne(() => Promise.resolve())), 'commits, and returns'],
  'commits only the first write': [
    transactional(oneByOne((inner, tx) => commit(inner, tx.slice(0, 1)))),
    'an update in it can be followed by another',
  ],
  'commits before the work is done': [
    transactional(async (inner, work) => {
      const tx: Pending = [];
      const working = work(tx);
      await Promise.resolve();
      await commit(inner, tx);
      return working;
    }),
    'an update in it can be followed by another',
  ],
  'commits although the work failed, and rethrows': [
    transactional(async (inner, work) => {
      const tx: Pending = [];
      try {
        return await work(tx);
      } finally {
        await commit(inner, tx);
      }
    }),
    'rolls back everything',
  ],
  'returns nothing': [
    transactional(async (inner, work) => {
      await oneByOne()(inner, work);
    }),
    'commits, and returns what the work returned',
  ],
  'hides the error of the work': [
    transactional((inner, work) => oneByOne()(inner, work).catch(() => undefined)),
    'throws the very error',
  ],
  'wraps the error of the work': [
    transactional((inner, work) =>
      oneByOne()(inner, work).catch((error: unknown) => {
        throw new Error('transaction failed', { cause: error });
      }),
    ),
    'throws the very error',
  ],
  'takes a rejection without a reason for success': [
    transactional((inner, work) =>
      oneByOne()(inner, work).catch((error: unknown) =>
        error === undefined ? undefined : Promise.reject(error as Error),
      ),
    ),
    'rolls back when the work rejects with nothing',
  ],
  'throws for a lost update': [
    transactional(undefined, async (inner, next, read, tx) => {
      if (!(await aside(inner, next, read, tx))) throw new Error('lost');
      return true;
    }),
    'an update lost in it resolves with false',
  ],
  'does not compare versions in it': [
    transactional(undefined, (_inner, next, read, tx) => {
      tx.push({ next, read });
      return Promise.resolve(true);
    }),
    'an update lost in it resolves with false',
  ],
  'has writes outside take part in it': [sharing(), 'a write outside of it survives'],
  'does not say that a row is held': [
    () => {
      const store = transactional()();
      return { ...store, update: (next, read, { tx } = {}) => store.update(next, read, tx ? { tx } : {}) };
    },
    'an update that does not wait',
  ],
};

/** One connection: every write while a transaction is open becomes part of it. */
function sharing(): MakeTransactional {
  return () => {
    const store = transactional()();
    let open: Pending | undefined;
    return {
      ...store,
      update: (next, read, options = {}) => {
        const tx = options.tx ?? open;
        return store.update(next, read, { ...options, ...(tx && { tx }) });
      },
      transaction: (work) =>
        store.transaction(async (tx) => {
          open = tx;
          try {
            return await work(tx);
          } finally {
            open = undefined;
          }
        }),
    };
  };
}
