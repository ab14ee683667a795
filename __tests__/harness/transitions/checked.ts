import type { PaymentRecord, PaymentStore } from 'express-atipay';
import { delegate } from '../chaos/shop/delegate';
import { contradictions, impossible } from './record';
import { hasRow } from './rows';

/** Problems of a stored change, compared with the machine's table. */
export function strayIn(before: PaymentRecord, after: PaymentRecord): string | undefined {
  const problems = [...impossible(before, after), ...contradictions(after)];
  if (!hasRow({ before, after })) problems.push('no row of the table');
  if (problems.length === 0) return undefined;
  const events = after.history.slice(before.history.length).map(({ event }) => event);
  return `${before.status} → ${after.status} (${events.join() || 'no entry'}): ${problems.join('; ')}`;
}

/** Problems of a new payment. */
function strayNew(record: PaymentRecord): string | undefined {
  const problems = [...contradictions(record)];
  if (record.status !== 'created') problems.push('not created');
  return problems.length === 0 ? undefined : `new, ${record.status}: ${problems.join('; ')}`;
}

/** The changes that a watched store has seen. */
export interface Watcher {
  /** A change was stored, and the table leads to it. */
  onTransition?(before: PaymentRecord, after: PaymentRecord): void;
  /** A payment was stored that the table does not lead to. */
  onStray(stray: string, record: PaymentRecord): unknown;
}

/** A store that holds all that is written to it against the machine's table. */
export function watched<Tx>(inner: PaymentStore<Tx>, watcher: Watcher): PaymentStore<Tx> {
  return delegate(inner, {
    insert: async (record) => {
      await inner.insert(record);
      const stray = strayNew(record);
      if (stray !== undefined) await watcher.onStray(stray, record);
    },
    update: async (next, read, options) => {
      const stored = await inner.update(next, read, options);
      if (!stored) return false;
      const stray = strayIn(read, next);
      if (stray === undefined) watcher.onTransition?.(read, next);
      else await watcher.onStray(stray, next);
      return true;
    },
  });
}
