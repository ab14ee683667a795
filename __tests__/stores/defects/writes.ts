import { setImmediate as soon } from 'node:timers/promises';
import type { PaymentRecord } from '../../../lib/core/record';
import { force, onViolation, wrap, type Defects } from './wrap';

/** Stores that get a write wrong. */
export const writeDefects: Defects = {
  'does not empty what was there before': [
    wrap((inner) => ({
      update: (next, read) => {
        const kept = Object.entries(read).filter(([field]) => next[field as keyof PaymentRecord] === null);
        return inner.update({ ...next, ...Object.fromEntries(kept) }, read);
      },
    })),
    'writes every field that can change',
  ],
  'counts versions': [
    wrap((inner) => ({
      update: (next, read) => inner.update({ ...next, version: read.version + 1 }, read),
    })),
    'writes the version that it is given',
  ],
  'keeps 32 bits of a version': [
    wrap((inner) => ({
      update: (next, read) => inner.update({ ...next, version: next.version | 0 }, read),
    })),
    'writes the version that it is given',
  ],
  'ignores the version': [
    wrap((inner) => ({ update: (next) => force(inner, next) })),
    'loses an update made from another version',
  ],
  'compares the version, and then writes': [
    wrap((inner) => ({
      update: async (next, read) => {
        const stored = await inner.find(next.invoiceNumber);
        await soon();
        return stored?.version === read.version && force(inner, next);
      },
    })),
    'of updates racing from one version',
  ],
  'takes any newer version': [
    wrap((inner) => ({
      update: async (next, read) => {
        const stored = await inner.find(next.invoiceNumber);
        return stored && read.version > stored.version ? force(inner, next) : inner.update(next, read);
      },
    })),
    'loses an update made from another version',
  ],
  'takes the new version for the one to compare': [
    wrap((inner) => ({
      update: async (next, read) => {
        const stored = await inner.find(next.invoiceNumber);
        return stored?.version === next.version ? force(inner, next) : inner.update(next, read);
      },
    })),
    'loses an update whose new version is the stored one',
  ],
  'inserts what update does not find': [
    wrap((inner) => ({
      update: async (next, read) => {
        if (!(await inner.find(next.invoiceNumber))) await inner.insert(next);
        return inner.update(next, read);
      },
    })),
    'loses an update of a row that is not there',
  ],
  'resolves with nothing': [
    wrap((inner) => ({
      update: async (next, read) => {
        await inner.update(next, read);
        return undefined as unknown as boolean;
      },
    })),
    'answers with true or false',
  ],
  'throws for a lost update': [
    wrap((inner) => ({
      update: async (next, read) => {
        if (!(await inner.update(next, read))) throw new Error('no such version');
        return true;
      },
    })),
    'loses an update made from another version',
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
    wrap((inner) => ({ update: (next, read) => onViolation(inner.update(next, read), () => false) })),
    'refuses to update to a receipt or an order key',
  ],
  'throws an error of its own for a taken key': [
    wrap((inner) => ({
      update: (next, read) =>
        onViolation(inner.update(next, read), () => Promise.reject(new Error('duplicate key'))),
    })),
    'refuses to update to a receipt or an order key',
  ],
  'has written half when a key is taken': [
    wrap((inner) => ({
      update: (next, read) =>
        onViolation(inner.update(next, read), async () => {
          const half = { ...next, receiptKey: null, orderKey: null };
          await inner.update(half, read);
          return inner.update(next, half);
        }),
    })),
    'refuses to update to a receipt or an order key',
  ],
  'updates every row of the order': [
    wrap((inner) => ({
      update: async (next, read) => {
        const updated = await inner.update(next, read);
        const others = updated ? await inner.findByOrder(next.account, next.orderId) : [];
        for (const other of others) {
          if (other.invoiceNumber !== next.invoiceNumber)
            await force(inner, { ...other, status: next.status });
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
        update: async (next, read) => {
          if (++writes % 500 === 0) throw new Error('no connection was to be had');
          return inner.update(next, read);
        },
      };
    }),
    '1,200 claims at once',
  ],
  'says that it wrote and did not, one time in five hundred': [
    wrap((inner) => {
      let writes = 0;
      return {
        update: async (next, read) => ++writes % 500 === 0 || inner.update(next, read),
      };
    }),
    '1,200 claims at once',
  ],
  'gives up when a hundred write at once': [
    wrap((inner) => {
      let writing = 0;
      return {
        update: async (next, read) => {
          writing++;
          try {
            if (writing > 100) throw new Error('deadlock');
            await soon();
            return await inner.update(next, read);
          } finally {
            writing--;
          }
        },
      };
    }),
    '1,200 claims at once',
  ],
};
