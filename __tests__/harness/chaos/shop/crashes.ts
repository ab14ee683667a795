import type { PaymentRecord, PaymentStore } from 'express-atipay';
import { delegate } from './delegate';

/** Between which two lines a process dies, in the order a payment comes by them. */
export const CRASH_POINTS = [
  'before the claim',
  'after the claim',
  'after the gateway took effect, before its answer',
  'after its answer, before paid is stored',
  'after paid is stored, before the hook',
  'inside the transaction, before the applied mark',
  "inside the transaction, before the shop's first write",
  "inside the transaction, between the shop's writes",
  'inside the transaction, before its commit',
  'after the commit, before the hook returns',
  'before delivered is stored',
  'after delivered is stored, before the buyer is answered',
] as const;

export type CrashPoint = (typeof CRASH_POINTS)[number];

/** The process kills or freezes itself if this is the point: no handler runs, nothing is flushed. */
export type MayDie = (here: CrashPoint) => Promise<void>;

/** @param frozenWith - the process is not killed, but stopped when so many are at the point. */
export function mayDieAt(chosen: CrashPoint | undefined, frozenWith?: number): MayDie {
  let reached = 0;
  return async (here) => {
    if (here !== chosen) return;
    reached += 1;
    if (frozenWith === undefined) process.kill(process.pid, 'SIGKILL');
    else if (reached === frozenWith) process.kill(process.pid, 'SIGSTOP');
    await new Promise(() => undefined);
  };
}

/** A store around whose writes the process may die. */
export function dyingStore<Tx>(inner: PaymentStore<Tx>, mayDie: MayDie): PaymentStore<Tx> {
  return delegate(inner, {
    update: async (next, read, options) => {
      const { before, after } = pointsOf(next, options?.tx !== undefined);
      if (before) await mayDie(before);
      const stored = await inner.update(next, read, options);
      if (after) await mayDie(after);
      return stored;
    },
  });
}

const MARK = {
  before: 'inside the transaction, before the applied mark',
  after: "inside the transaction, before the shop's first write",
} as const;

function pointsOf(record: PaymentRecord, inside: boolean): { before?: CrashPoint; after?: CrashPoint } {
  if (inside) return record.hookAppliedAt === null ? {} : MARK;
  if (record.status === 'verifying') return { before: 'before the claim', after: 'after the claim' };
  if (record.status !== 'paid') return {};
  if (record.hookDeliveredAt === null) {
    return {
      before: 'after its answer, before paid is stored',
      after: 'after paid is stored, before the hook',
    };
  }
  return {
    before: 'before delivered is stored',
    after: 'after delivered is stored, before the buyer is answered',
  };
}
