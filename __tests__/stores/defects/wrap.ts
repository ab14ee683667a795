import { UniqueViolation } from '../../../lib/errors';
import type { PaymentRecord } from '../../../lib/core/record';
import { MemoryPaymentStore } from '../../../lib/stores/memory';
import type { PaymentStore } from '../../../lib/stores/store';

export type Make = () => PaymentStore;

/** A broken store, and words from the name of a case that must say so. */
export type Defect = [store: Make, caughtBy: string];

export type Defects = Record<string, Defect>;

/** A correct store with some of its methods replaced. */
export function wrap(replace: (inner: MemoryPaymentStore) => Partial<PaymentStore>): Make {
  return () => {
    const inner = new MemoryPaymentStore({ quiet: true });
    return { ...delegates(inner), ...replace(inner) };
  };
}

/** A store that changes records on their way in, or their way out. */
export function alter(
  into: (record: PaymentRecord) => PaymentRecord,
  out: (record: PaymentRecord) => PaymentRecord = (record) => record,
): Make {
  return wrap((inner) => ({
    insert: async (record) => inner.insert(into(record)),
    update: async (next, read) => inner.update(into(next), into(read)),
    ...reads(inner, out),
  }));
}

/** Reads that change their results. */
function reads(inner: PaymentStore, out: (record: PaymentRecord) => PaymentRecord): Partial<PaymentStore> {
  return {
    find: async (invoiceNumber) => {
      const found = await inner.find(invoiceNumber);
      return found && out(found);
    },
    findByOrder: async (account, orderId, query) =>
      (await inner.findByOrder(account, orderId, query)).map(out),
    due: async (query) => (await inner.due(query)).map(out),
    inReview: async (account, limit) => (await inner.inReview(account, limit)).map(out),
  };
}

type Key = 'invoiceNumber' | 'account' | 'orderId' | 'receiptKey' | 'orderKey';

/** A store that gives records back as they were, but takes some keys for equal that are not. */
export function fold(keys: readonly Key[], same: (key: string) => string): Make {
  const folded = (name: Key, value: string): string => (keys.includes(name) ? same(value) : value);
  const into = (record: PaymentRecord): PaymentRecord => {
    const copy = { ...record, metadata: record };
    for (const name of keys) {
      const value = record[name];
      if (value !== null) copy[name] = same(value);
    }
    return copy;
  };
  const out = ({ metadata }: PaymentRecord): PaymentRecord => metadata as PaymentRecord;
  return wrap((inner) => ({
    ...reads(inner, out),
    insert: async (record) => inner.insert(into(record)),
    update: async (next, read) => inner.update(into(next), into(read)),
    find: async (invoiceNumber) => {
      const found = await inner.find(folded('invoiceNumber', invoiceNumber));
      return found && out(found);
    },
    findByOrder: async (account, orderId, query) =>
      (await inner.findByOrder(folded('account', account), folded('orderId', orderId), query)).map(out),
    due: async (query) => (await inner.due({ ...query, account: folded('account', query.account) })).map(out),
    inReview: async (account, limit) => (await inner.inReview(folded('account', account), limit)).map(out),
  }));
}

/** Writes over any version. */
export async function force(inner: PaymentStore, next: PaymentRecord): Promise<boolean> {
  const stored = await inner.find(next.invoiceNumber);
  return stored !== undefined && inner.update(next, stored);
}

/** Runs a write and does something about its {@link UniqueViolation}. */
export async function onViolation<T>(write: Promise<T>, then: () => T | Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof UniqueViolation) return then();
    throw error;
  }
}

export function delegates(inner: MemoryPaymentStore): PaymentStore {
  return {
    insert: (record) => inner.insert(record),
    find: (invoiceNumber) => inner.find(invoiceNumber),
    findWithHolder: (invoiceNumber) => inner.findWithHolder(invoiceNumber),
    findByOrder: (account, orderId, query) => inner.findByOrder(account, orderId, query),
    update: (next, read) => inner.update(next, read),
    due: (query) => inner.due(query),
    inReview: (account, limit) => inner.inReview(account, limit),
  };
}
