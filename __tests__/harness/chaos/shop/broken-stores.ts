import type { PaymentRecord, PaymentStore } from 'express-atipay';
import { delegate } from './delegate';

/** A key that is never taken: a unique part is added on the way in, and cut off on the way out. */
function keyless<Tx>(inner: PaymentStore<Tx>, field: 'receiptKey' | 'orderKey'): PaymentStore<Tx> {
  const into = (record: PaymentRecord): PaymentRecord => {
    const value = record[field];
    return value === null ? record : { ...record, [field]: `${value}#${record.invoiceNumber}` };
  };
  const out = <T extends PaymentRecord | undefined>(record: T): T =>
    record ? { ...record, [field]: record[field]?.split('#')[0] ?? null } : record;
  return delegate(inner, {
    find: async (invoiceNumber, tx) => out(await inner.find(invoiceNumber, tx)),
    findByOrder: async (account, orderId, query) =>
      (await inner.findByOrder(account, orderId, query)).map(out),
    due: async (query) => (await inner.due(query)).map(out),
    update: (next, read, options) => inner.update(into(next), into(read), options),
  });
}

const isClaim = (next: PaymentRecord, read: PaymentRecord): boolean =>
  next.status === 'verifying' && read.status !== 'verifying';

/** Stores that break their contract, each in one way, over any database. */
export const BROKEN_STORES = {
  'receipts are not unique': <Tx>(inner: PaymentStore<Tx>) => keyless(inner, 'receiptKey'),
  'orders are not unique': <Tx>(inner: PaymentStore<Tx>) => keyless(inner, 'orderKey'),
  'the claim is forgotten': <Tx>(inner: PaymentStore<Tx>) =>
    delegate(inner, {
      update: (next, read, options) =>
        isClaim(next, read) ? Promise.resolve(true) : inner.update(next, read, options),
    }),
  'attempts are not counted': <Tx>(inner: PaymentStore<Tx>) =>
    delegate(inner, {
      update: (next, read, options) => inner.update({ ...next, verifyAttempts: 0 }, read, options),
    }),
  'other attempts are not seen': <Tx>(inner: PaymentStore<Tx>) =>
    delegate(inner, { findByOrder: () => Promise.resolve([]) }),
  /** Last write wins. */
  'versions are ignored': <Tx>(inner: PaymentStore<Tx>) =>
    delegate(inner, {
      update: async (next, read, options) => {
        for (;;) {
          const stored = await inner.find(read.invoiceNumber, options?.tx);
          if (!stored) return false;
          if (await inner.update(next, { ...read, version: stored.version }, options)) return true;
        }
      },
    }),
  'the sweep finds nothing': <Tx>(inner: PaymentStore<Tx>) =>
    delegate(inner, { due: () => Promise.resolve([]) }),
};

/** Stores payments that wait for the gateway as if no sweep had to look at them. */
export const unscheduled = <Tx>(inner: PaymentStore<Tx>): PaymentStore<Tx> =>
  delegate(inner, {
    update: (next, read, options) =>
      inner.update(next.status === 'verifying' ? { ...next, dueAt: null } : next, read, options),
  });
