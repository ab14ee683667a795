import { UniqueViolation } from '../../../lib/errors';
import type { PaymentRecord } from '../../../lib/payment';
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
  const back = (record: PaymentRecord | undefined): PaymentRecord | undefined => record && out(record);
  return wrap((inner) => ({
    insert: async (record) => inner.insert(into(record)),
    update: async (record) => back(await inner.update(into(record))),
    find: async (invoiceNumber) => back(await inner.find(invoiceNumber)),
    findByOrder: async (account, orderId) => (await inner.findByOrder(account, orderId)).map(out),
    due: async (account, now, limit) => (await inner.due(account, now, limit)).map(out),
    inReview: async (account, limit) => (await inner.inReview(account, limit)).map(out),
  }));
}

type Key = 'invoiceNumber' | 'account' | 'orderId' | 'referenceNumber' | 'orderKey';

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
  const out = ({ metadata, version }: PaymentRecord): PaymentRecord => ({
    ...(metadata as PaymentRecord),
    version,
  });
  return wrap((inner) => ({
    insert: async (record) => inner.insert(into(record)),
    update: async (record) => {
      const updated = await inner.update(into(record));
      return updated && out(updated);
    },
    find: async (invoiceNumber) => {
      const found = await inner.find(folded('invoiceNumber', invoiceNumber));
      return found && out(found);
    },
    findByOrder: async (account, orderId) =>
      (await inner.findByOrder(folded('account', account), folded('orderId', orderId))).map(out),
    due: async (account, now, limit) => (await inner.due(folded('account', account), now, limit)).map(out),
    inReview: async (account, limit) => (await inner.inReview(folded('account', account), limit)).map(out),
  }));
}

/** Writes whatever the version. */
export async function force(inner: PaymentStore, record: PaymentRecord): Promise<PaymentRecord | undefined> {
  const stored = await inner.find(record.invoiceNumber);
  return stored && inner.update({ ...record, version: stored.version });
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

function delegates(inner: MemoryPaymentStore): PaymentStore {
  return {
    insert: (record) => inner.insert(record),
    find: (invoiceNumber) => inner.find(invoiceNumber),
    findByOrder: (account, orderId) => inner.findByOrder(account, orderId),
    update: (record) => inner.update(record),
    due: (account, now, limit) => inner.due(account, now, limit),
    inReview: (account, limit) => inner.inReview(account, limit),
  };
}
