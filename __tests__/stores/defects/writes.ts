import { setImmediate as soon } from 'node:timers/promises';
import type { PaymentRecord } from '../../../lib/payment';
import type { PaymentStore } from '../../../lib/stores/store';
import { force, onViolation, wrap, type Defects } from './wrap';

type Fields = Record<string, unknown>;

/** Writes only fields that pass, by name, into what is stored. */
async function writeOnly(
  inner: PaymentStore,
  record: PaymentRecord,
  passes: (field: string) => boolean,
): Promise<PaymentRecord | undefined> {
  const stored = await inner.find(record.invoiceNumber);
  const fields = Object.entries(record).filter(([field]) => passes(field));
  return stored && inner.update({ ...stored, ...Object.fromEntries(fields), version: record.version });
}

/** Stores that get a write wrong. */
export const writeDefects: Defects = {
  'believes what a record was made from, whatever its version': [
    wrap((inner) => ({
      update: (record, _tx, from) =>
        writeOnly(
          inner,
          record,
          (field) => !from || (record as unknown as Fields)[field] !== (from as unknown as Fields)[field],
        ),
    })),
    'told of a record of another version',
  ],
  'forgets to empty what was there before': [
    wrap((inner) => ({
      update: (record, _tx, from) =>
        writeOnly(inner, record, (field) => !from || (record as unknown as Fields)[field] !== null),
    })),
    'told what the record was made from',
  ],
  'ignores the version': [
    wrap((inner) => ({ update: (record) => force(inner, record) })),
    'loses an update made from an older version',
  ],
  'compares the version, and then writes': [
    wrap((inner) => ({
      update: async (record) => {
        const stored = await inner.find(record.invoiceNumber);
        await soon();
        return stored?.version === record.version ? force(inner, record) : undefined;
      },
    })),
    'of updates racing from one version',
  ],
  'takes any newer version': [
    wrap((inner) => ({
      update: async (record) => {
        const stored = await inner.find(record.invoiceNumber);
        return stored && record.version > stored.version ? force(inner, record) : inner.update(record);
      },
    })),
    'loses an update made from a version that is not there yet',
  ],
  'inserts what update does not find': [
    wrap((inner) => ({
      update: async (record) => {
        if (!(await inner.find(record.invoiceNumber))) await inner.insert(record);
        return inner.update(record);
      },
    })),
    'loses an update of a row that is not there',
  ],
  'counts two versions for an update': [
    wrap((inner) => ({
      update: async (record) => {
        const once = await inner.update(record);
        return once && inner.update(once);
      },
    })),
    'counts one version for each update',
  ],
  'returns what it was given, without the new version': [
    wrap((inner) => ({
      update: async (record) => ((await inner.update(record)) ? { ...record } : undefined),
    })),
    'returns what is now stored',
  ],
  'returns nothing after an update': [
    wrap((inner) => ({
      update: async (record) => {
        await inner.update(record);
        return undefined;
      },
    })),
    'returns what is now stored',
  ],
  'throws for a lost update': [
    wrap((inner) => ({
      update: async (record) => {
        const updated = await inner.update(record);
        if (!updated) throw new Error('no such version');
        return updated;
      },
    })),
    'loses an update made from an older version',
  ],
  'overwrites on insert': [
    wrap((inner) => ({
      insert: (record) =>
        onViolation(inner.insert(record), async () => {
          await force(inner, record);
        }),
    })),
    'refuses an invoice number that is taken',
  ],
  'keeps silent about a taken key on insert': [
    wrap((inner) => ({ insert: (record) => onViolation(inner.insert(record), () => undefined) })),
    'refuses to insert a receipt or an order key',
  ],
  'takes a taken key for a lost version': [
    wrap((inner) => ({ update: (record) => onViolation(inner.update(record), () => undefined) })),
    'refuses to update to a receipt or an order key',
  ],
  'throws an error of its own for a taken key': [
    wrap((inner) => ({
      update: (record) => onViolation(inner.update(record), () => Promise.reject(new Error('duplicate key'))),
    })),
    'refuses to update to a receipt or an order key',
  ],
  'has written half when a key is taken': [
    wrap((inner) => ({
      update: (record) =>
        onViolation(inner.update(record), async () => {
          await force(inner, { ...record, referenceNumber: null, orderKey: null });
          return inner.update({ ...record, version: record.version + 1 });
        }),
    })),
    'refuses to update to a receipt or an order key',
  ],
  'updates every row of the order': [
    wrap((inner) => ({
      update: async (record) => {
        const updated = await inner.update(record);
        const others = updated ? await inner.findByOrder(record.account, record.orderId) : [];
        for (const other of others) {
          if (other.invoiceNumber !== record.invoiceNumber)
            await inner.update({ ...other, status: record.status });
        }
        return updated;
      },
    })),
    'changes no other row',
  ],
  'fails one write in five hundred': [
    wrap((inner) => {
      let writes = 0;
      return {
        update: async (record) => {
          if (++writes % 500 === 0) throw new Error('no connection was to be had');
          return inner.update(record);
        },
      };
    }),
    '1,200 claims at once',
  ],
  'says that it wrote and did not, one time in five hundred': [
    wrap((inner) => {
      let writes = 0;
      return {
        update: async (record) =>
          ++writes % 500 === 0 ? { ...record, version: record.version + 1 } : inner.update(record),
      };
    }),
    '1,200 claims at once',
  ],
  'gives up when a hundred write at once': [
    wrap((inner) => {
      let writing = 0;
      return {
        update: async (record) => {
          writing++;
          try {
            if (writing > 100) throw new Error('deadlock');
            await soon();
            return await inner.update(record);
          } finally {
            writing--;
          }
        },
      };
    }),
    '1,200 claims at once',
  ],
};
