import type { PaymentRecord } from '../../../lib/core/record';
import { CHANGES, GIVEN } from '../../../lib/stores/contract/fields';
import { alter, wrap, type Defects } from './wrap';

/** Stores that give back something else than they were given. */
export const valueDefects: Defects = {
  ...forgetful(),
  ...stuck(),
  'keeps 32 bits of an amount': [
    alter((record) => ({ ...record, amount: record.amount | 0 })),
    'keeps integers exact',
  ],
  'keeps amounts as single floats': [
    alter((record) => ({ ...record, amount: Math.fround(record.amount) })),
    'keeps integers exact',
  ],
  'keeps times in seconds': [
    alter((record) => ({ ...record, updatedAt: Math.trunc(record.updatedAt / 1_000) * 1_000 })),
    'keeps every field',
  ],
  'gives big integers as text': [
    alter(
      (record) => record,
      (record) => ({ ...record, amount: String(record.amount) as unknown as number }),
    ),
    'keeps integers exact',
  ],
  'gives times as dates': [
    alter(
      (record) => record,
      (record) => ({ ...record, createdAt: new Date(record.createdAt) as unknown as number }),
    ),
    'keeps every field',
  ],
  'keeps no null: an empty text instead': [
    alter((record) => ({ ...record, description: record.description ?? '' })),
    'keeps null apart',
  ],
  'keeps no empty text: null instead': [
    alter((record) => ({ ...record, description: record.description === '' ? null : record.description })),
    'keeps any text as it is',
  ],
  trims: [
    alter((record) => ({ ...record, description: record.description?.trim() ?? null })),
    'keeps any text as it is',
  ],
  'keeps three bytes of a character': [
    alter((record) => ({
      ...record,
      description: record.description?.replace(/[\u{10000}-\u{10ffff}]/gu, '?') ?? null,
    })),
    'keeps any text as it is',
  ],
  'keeps 255 characters of a text': [
    alter((record) => ({ ...record, description: record.description?.slice(0, 255) ?? null })),
    'keeps long texts whole',
  ],
  'keeps 64 lines of a history': [
    alter((record) => ({ ...record, history: record.history.slice(0, 64) })),
    'keeps long texts whole',
  ],
  'takes false, 0 and empty metadata for none': [
    alter((record) => ({ ...record, metadata: record.metadata || null })),
    'keeps metadata of every JSON kind',
  ],
  'keeps metadata as text if it is text': [
    alter((record) => ({ ...record, metadata: reread(record.metadata) })),
    'keeps metadata of every JSON kind',
  ],
  'drops what is null in metadata': [
    alter((record) => ({ ...record, metadata: withoutNulls(record.metadata) })),
    'keeps metadata of every JSON kind',
  ],
  'takes no settlement for an empty one': [
    alter((record) => ({ ...record, settlement: record.settlement ?? [] })),
    'keeps an empty settlement',
  ],
  'takes an empty settlement for none': [
    alter((record) => ({ ...record, settlement: record.settlement?.length ? record.settlement : null })),
    'keeps an empty settlement',
  ],
  'adds a field of its own': [
    alter(
      (record) => record,
      (record) => Object.assign({}, record, { id: 1 }),
    ),
    'keeps every field',
  ],
  'keeps the record that it is given': [
    wrap((inner) => {
      const given = new Map<string, PaymentRecord>();
      return {
        insert: async (record) => {
          await inner.insert(record);
          given.set(record.invoiceNumber, record);
        },
        find: async (invoiceNumber) => given.get(invoiceNumber) ?? (await inner.find(invoiceNumber)),
        update: async (next, read) => {
          given.delete(next.invoiceNumber);
          return inner.update(next, read);
        },
      };
    }),
    'a record changed after insert',
  ],
  'gives every caller the same object': [
    wrap((inner) => {
      const shared = new Map<string, PaymentRecord>();
      return {
        find: async (invoiceNumber) => {
          const found = shared.get(invoiceNumber) ?? (await inner.find(invoiceNumber));
          if (found) shared.set(invoiceNumber, found);
          return found;
        },
        update: async (next, read) => {
          shared.delete(next.invoiceNumber);
          return inner.update(next, read);
        },
      };
    }),
    'what find and the lists return',
  ],
  'keeps the record that an update is given': [
    wrap((inner) => {
      const given = new Map<string, PaymentRecord>();
      return {
        find: async (invoiceNumber) => given.get(invoiceNumber) ?? (await inner.find(invoiceNumber)),
        update: async (next, read) => {
          const updated = await inner.update(next, read);
          if (updated) given.set(next.invoiceNumber, next);
          return updated;
        },
      };
    }),
    'a record changed after update',
  ],
  'writes the new version into the record that was read': [
    wrap((inner) => ({
      update: async (next, read) => {
        const updated = await inner.update(next, read);
        if (updated) read.version = next.version;
        return updated;
      },
    })),
    'update and insert leave the records',
  ],
};

/** One defect a field: insert forgets it. */
function forgetful(): Defects {
  const given = { ...GIVEN, ...CHANGES };
  const fields = Object.keys(given) as (keyof typeof given)[];
  const nothing: Partial<PaymentRecord> = {
    status: 'pending',
    currency: 'IRR',
    history: [],
    returnKey: '',
    origin: '',
  };
  return Object.fromEntries(
    fields.map((field) => {
      const value = field in nothing ? nothing[field] : typeof given[field] === 'number' ? 0 : null;
      const store = wrap((inner) => ({ insert: (record) => inner.insert({ ...record, [field]: value }) }));
      return [`insert forgets ${field}`, [store, 'keeps every field']];
    }),
  );
}

/** One defect a field: update does not write it. */
function stuck(): Defects {
  const fields = Object.keys(CHANGES) as (keyof typeof CHANGES)[];
  return Object.fromEntries(
    fields.map((field) => {
      const store = wrap((inner) => ({
        update: (next, read) => inner.update({ ...next, [field]: read[field] }, read),
      }));
      return [`update leaves ${field} as it was`, [store, 'writes every field that can change']];
    }),
  );
}

function withoutNulls(value: unknown): unknown {
  const text = JSON.stringify({ value }, (_, inner: unknown) => inner ?? undefined);
  return (JSON.parse(text) as { value?: unknown }).value ?? null;
}

function reread(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
