import type { PaymentRecord } from '../../../lib/core/record';
import { alter, wrap, type Defects, type Make } from './wrap';

const ALL = 1_000_000;

type Rows = PaymentRecord[];

/** Stores that find too much, too little, or in the wrong order. */
export const queryDefects: Defects = {
  'find gives null for nothing': [
    wrap((inner) => ({
      find: async (invoiceNumber) => (await inner.find(invoiceNumber)) ?? (null as unknown as undefined),
    })),
    'finds nothing under an invoice number',
  ],
  'due knows no limit': [
    wrap((inner) => ({ due: (query) => inner.due({ ...query, limit: ALL }) })),
    'due: gives at most as many as asked for',
  ],
  'due leaves out what is due at this very moment': [
    wrap((inner) => ({ due: (query) => inner.due({ ...query, now: query.now - 1 }) })),
    'due: gives what is due at this moment',
  ],
  'due gives what is not due yet': [
    wrap((inner) => ({ due: (query) => inner.due({ ...query, now: Infinity }) })),
    'due: gives what is due at this moment',
  ],
  'due gives rows that owe nothing': [
    alter(
      (record) => ({ ...record, dueAt: record.dueAt ?? 0, metadata: [record.metadata, record.dueAt] }),
      ({ metadata, ...record }) => {
        const [data, dueAt] = metadata as [unknown, number | null];
        return { ...record, metadata: data, dueAt };
      },
    ),
    'due: gives what is due at this moment',
  ],
  'due takes any, then sorts': [
    due((rows, limit) => rows.sort(byInvoice).slice(0, limit).sort(byDue)),
    'due: gives at most as many as asked for',
  ],
  'due sorts by invoice number': [
    due((rows, limit) => rows.sort(byInvoice).slice(0, limit)),
    'due: gives the longest overdue first',
  ],
  'due sorts the other way among equals': [
    due((rows, limit) => rows.sort((a, b) => byDue(a, b) || byInvoice(b, a)).slice(0, limit)),
    'due: gives the longest overdue first',
  ],
  'due sorts moments as text': [
    due((rows, limit) => rows.sort((a, b) => (String(a.dueAt) < String(b.dueAt) ? -1 : 1)).slice(0, limit)),
    'due: orders moments as numbers',
  ],
  'due leaves out finished payments': [
    due((rows, limit) => rows.filter(({ status }) => status !== 'paid').slice(0, limit)),
    'due: gives records of every status',
  ],
  'due gives rows without their history': [
    due((rows, limit) => rows.slice(0, limit).map((row) => ({ ...row, history: [] }))),
    'due: gives records of every status',
  ],
  'due looks at the first thousand rows only': [
    due((rows, limit) => rows.sort(byInvoice).slice(0, 1_000).sort(byDue).slice(0, limit)),
    'due: a sweep page by page',
  ],
  'due does not follow updates': [
    wrap((inner) => {
      const before = new Map<string, number | null>();
      return {
        insert: async (record) => {
          await inner.insert(record);
          before.set(record.invoiceNumber, record.dueAt);
        },
        due: async (query) =>
          (await inner.due({ ...query, limit: ALL }))
            .filter((row) => before.get(row.invoiceNumber) !== null)
            .slice(0, query.limit),
      };
    }),
    'due: follows every update',
  ],
  'due mixes the accounts': [
    wrap((inner) => {
      const accounts = new Set<string>();
      return {
        insert: async (record) => {
          await inner.insert(record);
          accounts.add(record.account);
        },
        due: async (query) => {
          const rows = await Promise.all([...accounts].map((account) => inner.due({ ...query, account })));
          return rows.flat().sort(byDue).slice(0, query.limit);
        },
      };
    }),
    'due: gives nothing of another account',
  ],
  'due gives every status': [
    wrap((inner) => ({ due: (query) => inner.due({ ...query, statuses: ['pending', 'verifying'] }) })),
    'due: gives the statuses and origins asked for',
  ],
  'due knows one origin': [
    wrap((inner) => ({ due: (query) => inner.due({ ...query, origins: query.origins.slice(0, 1) }) })),
    'due: gives the statuses and origins asked for',
  ],
  'findByOrder knows no limit': [
    wrap((inner) => ({
      findByOrder: (account, orderId, query) => {
        const statuses = query?.statuses;
        return inner.findByOrder(account, orderId, statuses ? { statuses } : {});
      },
    })),
    'findByOrder: gives at most as many',
  ],
  'findByOrder limits, and then looks at the status': [
    wrap((inner) => ({
      findByOrder: async (account, orderId, query = {}) => {
        const { statuses, ...limit } = query;
        const rows = await inner.findByOrder(account, orderId, limit);
        return rows.filter(({ status }) => statuses?.includes(status) ?? true);
      },
    })),
    'findByOrder: gives at most as many',
  ],
  'reads lag one write behind': [
    wrap((inner) => {
      const before = new Map<string, PaymentRecord>();
      return {
        update: async (next, read) => {
          const updated = await inner.update(next, read);
          if (updated) before.set(read.invoiceNumber, read);
          return updated;
        },
        find: async (invoiceNumber) => before.get(invoiceNumber) ?? (await inner.find(invoiceNumber)),
      };
    }),
    'reads what has just been written',
  ],
  'inReview knows no limit': [
    wrap((inner) => ({ inReview: (account) => inner.inReview(account, ALL) })),
    'inReview: gives the records in review',
  ],
  'inReview gives the newest first': [
    inReview((rows, limit) => rows.reverse().slice(0, limit)),
    'inReview: gives the records in review',
  ],
  'inReview sorts by due time': [
    inReview((rows, limit) => rows.sort(byDue).slice(0, limit)),
    'inReview: gives the records in review',
  ],
  'inReview leaves out what is never due': [
    inReview((rows, limit) => rows.filter(({ dueAt }) => dueAt !== null).slice(0, limit)),
    'inReview: gives the records in review',
  ],
  'inReview gives every status': [
    wrap((inner) => ({
      inReview: async (account, limit) =>
        inner.due({
          account,
          limit,
          now: Infinity,
          origins: ['https://shop.example'],
          statuses: ['verifying', 'paid', 'review'],
          onUnreadable: () => undefined,
        }),
    })),
    'inReview: follows every update',
  ],
  'findByOrder gives the oldest first': [
    findByOrder((rows) => rows.reverse()),
    'findByOrder: gives every attempt',
  ],
  'findByOrder sorts by invoice number': [
    findByOrder((rows) => rows.sort((a, b) => byInvoice(b, a))),
    'findByOrder: gives every attempt',
  ],
  'findByOrder gives the newest only': [
    findByOrder((rows) => rows.slice(0, 1)),
    'findByOrder: gives every attempt',
  ],
  'findByOrder leaves out failed attempts': [
    findByOrder((rows) => rows.filter(({ status }) => status !== 'failed')),
    'findByOrder: gives whole records',
  ],
  'findByOrder leaves out what does not hold the order': [
    findByOrder((rows) => rows.filter(({ orderKey }) => orderKey !== null)),
    'findByOrder: gives whole records',
  ],
};

function due(pick: (rows: Rows, limit: number) => Rows): Make {
  return wrap((inner) => ({
    due: async (query) => pick(await inner.due({ ...query, limit: ALL }), query.limit),
  }));
}

function inReview(pick: (rows: Rows, limit: number) => Rows): Make {
  return wrap((inner) => ({
    inReview: async (account, limit) => pick(await inner.inReview(account, ALL), limit),
  }));
}

function findByOrder(pick: (rows: Rows) => Rows): Make {
  return wrap((inner) => ({
    findByOrder: async (account, orderId, query) => pick(await inner.findByOrder(account, orderId, query)),
  }));
}

const byInvoice = (a: PaymentRecord, b: PaymentRecord): number =>
  a.invoiceNumber < b.invoiceNumber ? -1 : 1;
const byDue = (a: PaymentRecord, b: PaymentRecord): number => (a.dueAt ?? 0) - (b.dueAt ?? 0);
