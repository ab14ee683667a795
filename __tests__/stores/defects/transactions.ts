import type { PaymentRecord } from '../../../lib/payment';
import { MemoryPaymentStore } from '../../../lib/stores/memory';
import type { PaymentStore } from '../../../lib/stores/store';

/** What a transaction has written so far. */
type Pending = PaymentRecord[];

type Work = (tx: Pending) => Promise<unknown>;

/** A store with transactions, one after the other, or with something wrong about them. */
export interface TransactionalStore extends PaymentStore<Pending> {
  transaction<T>(work: (tx: Pending) => Promise<T>): Promise<T>;
}

type MakeTransactional = () => TransactionalStore;

/** Writes are kept aside until the work is done. */
export function transactional(
  run: (store: TransactionalStore, inner: PaymentStore, work: Work) => Promise<unknown> = oneByOne(),
  update: (
    inner: PaymentStore,
    record: PaymentRecord,
    tx: Pending,
  ) => Promise<PaymentRecord | undefined> = aside,
): MakeTransactional {
  return () => {
    const inner = new MemoryPaymentStore({ quiet: true });
    const store: TransactionalStore = {
      insert: (record) => inner.insert(record),
      find: (invoiceNumber) => inner.find(invoiceNumber),
      findByOrder: (account, orderId) => inner.findByOrder(account, orderId),
      due: (account, now, limit) => inner.due(account, now, limit),
      inReview: (account, limit) => inner.inReview(account, limit),
      update: (record, tx) => (tx ? update(inner, record, tx) : inner.update(record)),
      transaction: <T>(work: (tx: Pending) => Promise<T>) => run(store, inner, work) as Promise<T>,
    };
    return store;
  };
}

/** The correct way: a queue, and everything written at the end if it still can be. */
function oneByOne(
  finish: (inner: PaymentStore, tx: Pending) => Promise<unknown> = commit,
): (store: TransactionalStore, inner: PaymentStore, work: Work) => Promise<unknown> {
  const queues = new WeakMap<object, Promise<unknown>>();
  return (_, inner, work) => {
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
  for (const record of tx) {
    if (!(await inner.update(record))) throw new Error('somebody else was faster');
  }
}

async function aside(
  inner: PaymentStore,
  record: PaymentRecord,
  tx: Pending,
): Promise<PaymentRecord | undefined> {
  const stored = await inner.find(record.invoiceNumber);
  const mine = tx.filter(({ invoiceNumber }) => invoiceNumber === record.invoiceNumber).length;
  if (!stored || stored.version + mine !== record.version) return undefined;
  tx.push(structuredClone(record));
  return { ...record, version: record.version + 1 };
}

/** Stores that get transactions wrong. */
export const transactionDefects: Record<string, [MakeTransactional, string]> = {
  'writes at once, and does not roll back': [
    transactional(undefined, (inner, record) => inner.update(record)),
    'rolls back everything',
  ],
  'does not commit': [transactional(oneByOne(() => Promise.resolve())), 'commits, and returns'],
  'commits only the first write': [
    transactional(oneByOne((inner, tx) => commit(inner, tx.slice(0, 1)))),
    'an update in it returns the row one version further',
  ],
  'commits before the work is done': [
    transactional(async (_, inner, work) => {
      const tx: Parameters<typeof work>[0] = [];
      const working = work(tx);
      await Promise.resolve();
      await commit(inner, tx);
      return working;
    }),
    'an update in it returns the row one version further',
  ],
  'commits although the work failed, and rethrows': [
    transactional(async (_, inner, work) => {
      const tx: Parameters<typeof work>[0] = [];
      try {
        return await work(tx);
      } finally {
        await commit(inner, tx);
      }
    }),
    'rolls back everything',
  ],
  'returns nothing': [
    transactional(async (_, inner, work) => {
      await oneByOne()(_, inner, work);
    }),
    'commits, and returns what the work returned',
  ],
  'hides the error of the work': [
    transactional((_, inner, work) => oneByOne()(_, inner, work).catch(() => undefined)),
    'throws the very error',
  ],
  'wraps the error of the work': [
    transactional((_, inner, work) =>
      oneByOne()(_, inner, work).catch((error: unknown) => {
        throw new Error('transaction failed', { cause: error });
      }),
    ),
    'throws the very error',
  ],
  'takes a rejection without a reason for success': [
    transactional((_, inner, work) =>
      oneByOne()(_, inner, work).catch((error: unknown) =>
        error === undefined ? undefined : Promise.reject(error as Error),
      ),
    ),
    'rolls back when the work rejects with nothing',
  ],
  'throws for a lost update': [
    transactional(undefined, async (inner, record, tx) => {
      const updated = await aside(inner, record, tx);
      if (!updated) throw new Error('lost');
      return updated;
    }),
    'an update lost in it returns undefined',
  ],
  'does not compare versions in it': [
    transactional(oneByOne(), (_, record, tx) => {
      tx.push(record);
      return Promise.resolve({ ...record, version: record.version + 1 });
    }),
    'an update lost in it returns undefined',
  ],
};
