import { setImmediate as soon } from 'node:timers/promises';
import { UniqueViolation } from '../../../lib/errors';
import type { PaymentRecord } from '../../../lib/payment';
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
  (record) => ({ ...record, referenceNumber: null, metadata: [record.metadata, record.referenceNumber] }),
  ({ metadata, ...record }) => {
    const [data, referenceNumber] = metadata as [unknown, string | null];
    return { ...record, metadata: data, referenceNumber };
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
  ...compared('referenceNumber', 'compares receipts and order keys byte by byte'),
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
  'compares the first 40 characters of receipts': [
    alter((record) => ({ ...record, referenceNumber: record.referenceNumber?.slice(0, 40) ?? null })),
    'keeps any text as it is',
  ],
  'compares receipts as numbers where they look like some': [
    fold(['referenceNumber'], (key) => (/^[\d.e]{1,5}$/.test(key) ? String(Number(key)) : key)),
    'compares receipts and order keys byte by byte',
  ],
  'does not know that receipts are unique': [receiptAside, 'refuses to update to a receipt'],
  'does not know that order keys are unique': [orderKeyAside, 'refuses to update to a receipt'],
  'checks a receipt, and then writes it': [
    guarded(receiptAside, soon),
    'racing for one receipt exactly one gets',
  ],
  'lets one payment be without a receipt': [
    alter(
      (record) => ({ ...record, referenceNumber: record.referenceNumber ?? 'none' }),
      (record) => ({
        ...record,
        referenceNumber: record.referenceNumber === 'none' ? null : record.referenceNumber,
      }),
    ),
    'lets any number of payments have no receipt',
  ],
  'keeps receipts unique over all accounts': [
    guarded(
      receiptAside,
      () => undefined,
      () => '',
    ),
    'takes the same receipt and order key once in each account',
  ],
  'joins account and receipt with nothing between': [
    guarded(
      wrap(() => ({})),
      () => undefined,
      ({ account }) => account,
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

function compared(key: 'referenceNumber' | 'orderKey' | 'orderId' | 'account', caughtBy: string): Defects {
  return Object.fromEntries(
    Object.entries(lax).map(([how, same]) => [`compares ${key} ${how}`, [fold([key], same), caughtBy]]),
  );
}

/** Guards receipts by itself: looks, waits, writes; and remembers every holder for ever. */
function guarded(
  make: Make,
  wait: () => unknown,
  prefix: (record: PaymentRecord) => string = ({ account }) => `${account}\n`,
): Make {
  return () => {
    const inner = make();
    const holders = new Map<string, string>();
    const guard = async (record: PaymentRecord): Promise<void> => {
      if (record.referenceNumber === null) return;
      const key = prefix(record) + record.referenceNumber;
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
      update: async (record) => {
        await guard(record);
        return inner.update(record);
      },
    };
  };
}
