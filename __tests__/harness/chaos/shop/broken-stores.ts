import type { PaymentRecord, PaymentStore } from 'express-atipay';
import { delegate } from './delegate';

/** A key that is never taken: what makes it unique is added on the way in, and cut off on the way out. */
function keyless<Tx>(inner: PaymentStore<Tx>, field: 'referenceNumber' | 'orderKey'): PaymentStore<Tx> {
  const into = (record: PaymentRecord): PaymentRecord => {
    const value = record[field];
    return value === null ? record : { ...record, [field]: `${value}#${record.invoiceNumber}` };
  };
  const out = <T extends PaymentRecord | undefined>(record: T): T =>
    record ? { ...record, [field]: record[field]?.split('#')[0] ?? null } : record;
  return delegate(inner, {
    find: async (invoiceNumber) => out(await inner.find(invoiceNumber)),
    findByOrder: async (account, orderId) => (await inner.findByOrder(account, orderId)).map(out),
    due: async (account, now, limit) => (await inner.due(account, now, limit)).map(out),
    update: async (record, tx) => out(await inner.update(into(record), tx)),
  });
}

const isClaim = ({ status, asks }: PaymentRecord): boolean => status === 'verifying' && asks === 1;

/** Stores that break their contract, each in one way, whatever they keep payments in. */
export const BROKEN_STORES = {
  'receipts are not unique': <Tx>(inner: PaymentStore<Tx>) => keyless(inner, 'referenceNumber'),
  'orders are not unique': <Tx>(inner: PaymentStore<Tx>) => keyless(inner, 'orderKey'),
  'the claim is forgotten': <Tx>(inner: PaymentStore<Tx>) =>
    delegate(inner, {
      update: (record, tx) =>
        isClaim(record)
          ? Promise.resolve({ ...record, version: record.version + 1 })
          : inner.update(record, tx),
    }),
  'asks are not counted': <Tx>(inner: PaymentStore<Tx>) =>
    delegate(inner, {
      update: (record, tx) => inner.update({ ...record, asks: Math.min(record.asks, 1) }, tx),
    }),
  'other attempts are not seen': <Tx>(inner: PaymentStore<Tx>) =>
    delegate(inner, { findByOrder: () => Promise.resolve([]) }),
  'the sweep finds nothing': <Tx>(inner: PaymentStore<Tx>) =>
    delegate(inner, { due: () => Promise.resolve([]) }),
};
