import { setImmediate as soon } from 'node:timers/promises';
import { UniqueViolation } from '../../../lib/errors';
import type { PaymentRecord } from '../../../lib/core/record';
import { alter, fold, wrap, type Defects, type Make } from './wrap';

const lax = {
  'without regard to case': (key: string) => key.toLowerCase(),
  'without regard to trailing spaces': (key: string) => key.replace(/ +$/, ''),
  'without regard to spaces around': (key: string) => key.trim(),
  'without regard to accents': (key: string) => key.normalize('NFD').replace(/\p{Mn}/gu, ''),
  'after Unicode normalization': (key: string) => key.normalize('NFC'),
  'with every emoji alike': (key: string) => key.replace(/[\u{10000}-\u{10ffff}]/gu, '?'),
  'with Arabic letters for Persian ones': (key: string) => key.replace(/ي/g, 'ی').replace(/ك/g, 'ک'),
};

const receiptAside = alter(
  (record) => ({ ...record, receiptKey: null, metadata: [record.metadata, record.receiptKey] }),
  ({ metadata, ...record }) => {
    const [data, receiptKey] = metadata as [unknown, string | null];
    return { ...record, metadata: data, receiptKey };
  },
);

const orderKeyAside = alter(
  (record) => ({ ...record, orderKey: null, metadata: [record.metadata, record.orderKey] }),
  ({ metadata, ...record }) => {
    const [data, orderKey] = metadata as [unknown, string | null];
    return { ...record, metadata: data, orderKey };
  },
);

/** Stores that take different keys for one, or one for different. */
export const keyDefects: Defects = {
  ...compared('receiptKey', 'compares receipts and order keys byte by byte'),
  ...compared('orderKey', 'compares receipts and order keys byte by byte'),
  ...compared('orderId', 'compares order ids byte by byte'),
  ...compared('account', 'compares accounts byte by byte'),
  'compares invoice numbers without regard to case': [
    fold(['invoiceNumber'], lax['without regard to case']),
    'compares invoice numbers byte by byte',
  ],
  'compares invoice numbers without regard to trailing spaces': [
    fold(['invoiceNumber'], lax['without regard to trailing spaces']),
    'compares invoice numbers byte by byte',
  ],
  'keeps the first 20 characters of receipts': [
    alter((record) => ({ ...record, receiptKey: record.receiptKey?.slice(0, 20) ?? null })),
    'keeps every field',
  ],
  'does not know that receipts are unique': [receiptAside, 'refuses to update to a receipt'],
  'does not know that order keys are unique': [orderKeyAside, 'refuses to update to a receipt'],
  'checks a receipt, and then writes it': [
    guarded(receiptAside, soon),
    'racing for one receipt exactly one gets',
  ],
  'lets one payment be without a receipt': [
    alter(
      (record) => ({ ...record, receiptKey: record.receiptKey ?? 'none' }),
      (record) => ({
        ...record,
        receiptKey: record.receiptKey === 'none' ? null : record.receiptKey,
      }),
    ),
    'lets any number of payments have no receipt',
  ],
  'keeps receipts unique in their account only': [
    guarded(
      receiptAside,
      () => undefined,
      ({ account }) => account,
    ),
    'takes a receipt once in the whole table',
  ],
  'joins account and order key with nothing between': [
    alter(
      (record) => ({
        ...record,
        orderKey: null,
        metadata: [record.metadata, record.orderKey, record.receiptKey],
        receiptKey: record.orderKey === null ? record.receiptKey : record.account + record.orderKey,
      }),
      ({ metadata, ...record }) => {
        const [data, orderKey, receiptKey] = metadata as [unknown, string | null, string | null];
        return { ...record, metadata: data, orderKey, receiptKey };
      },
    ),
    'does not take an account and a key for another',
  ],
  'never gives a receipt free': [
    guarded(
      wrap(() => ({})),
      () => undefined,
    ),
    'gives a receipt and an order key free',
  ],
};

function compared(key: 'receiptKey' | 'orderKey' | 'orderId' | 'account', caughtBy: string): Defects {
  return Object.fromEntries(
    Object.entries(lax).map(([how, same]) => [`compares ${key} ${how}`, [fold([key], same), caughtBy]]),
  );
}

/** Guards receipts outside of the store: looks, waits, writes; and never forgets a holder. */
function guarded(
  make: Make,
  wait: () => unknown,
  prefix: (record: PaymentRecord) => string = () => '',
): Make {
  return () => {
    const inner = make();
    const holders = new Map<string, string>();
    const guard = async (record: PaymentRecord): Promise<void> => {
      if (record.receiptKey === null) return;
      const key = prefix(record) + record.receiptKey;
      const holder = holders.get(key) ?? record.invoiceNumber;
      await wait();
      if (holder !== record.invoiceNumber) throw new UniqueViolation();
      holders.set(key, record.invoiceNumber);
    };
    return {
      ...inner,
      insert: async (record) => {
        await guard(record);
        await inner.insert(record);
      },
      update: async (next, read) => {
        await guard(next);
        return inner.update(next, read);
      },
    };
  };
}
