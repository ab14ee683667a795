import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Effect, PaymentEvent, Refused } from '../core/event';
import { decide, reinserted } from '../core/machine';
import type { PaymentRecord } from '../core/record';
import { AtipayError, hasCode, isUniqueViolation } from '../errors';
import type { UpdateOptions } from '../stores/store';
import type { RunContext } from './context';
import { reportEffects, reportRestored, reportTransition } from './report';

/** The outcome of an event. */
export interface Outcome {
  /** As stored now. */
  record: PaymentRecord;
  /** This event changed it. */
  changed: boolean;
  /** The remaining effects; reports are made by then. */
  effects: readonly Effect[];
  /** Why nothing changed although a person asked for it. */
  refused?: Refused | undefined;
}

/** Versions are drawn, not counted: after a row went back in time, counted ones would come again. */
export const drawVersion = (): number => randomInt(2 ** 48 - 1);

/**
 * Lets an event happen to a payment: decides on the record that was read, stores the result by compare-and-set, and
 * decides again on the stored record when another write came first. A refusal of the store is an event too.
 *
 * @param read - the record as the caller last read it.
 * @throws AtipayError `ERR_ATIPAY_STORE_LOCKED` when the row stays locked, `ERR_ATIPAY_STORE` for other failures.
 */
export async function run(
  context: RunContext,
  read: PaymentRecord,
  event: PaymentEvent,
  options: UpdateOptions<unknown> = {},
): Promise<Outcome> {
  let current = read;
  let happening = event;
  for (let stale = 0; ;) {
    const decision = decide(current, happening, context.policy, context.settings.now());
    if (decision.kind === 'unchanged')
      return end(context, current, happening, { ...decision, record: current, changed: false });
    const next = decision.record;
    next.version = drawVersion();
    const answer = await write(context, next, current, options);
    if (answer === 'stored')
      return end(context, current, happening, { ...decision, record: next, changed: true });
    if (answer === 'orderTaken' || answer === 'receiptTaken') {
      happening = { on: answer, during: event };
      continue;
    }
    const stored = await reread(context, current, event, options);
    if (stored === undefined) {
      happening = { on: 'receiptTaken', during: event };
      continue;
    }
    // The answer was lost, the write was not.
    if (stored.version === next.version) {
      return end(context, current, happening, { ...decision, record: next, changed: true });
    }
    stale = stored.version === current.version ? await afterStaleRead(context, stale) : 0;
    current = stored;
  }
}

function end(context: RunContext, before: PaymentRecord, event: PaymentEvent, outcome: Outcome): Outcome {
  reportTransition(context, before, outcome.record);
  reportEffects(context, outcome, event);
  return outcome;
}

type Answer = 'stored' | 'moved' | 'orderTaken' | 'receiptTaken';

/** The one place that updates a stored payment. */
async function write(
  { store }: RunContext,
  next: PaymentRecord,
  current: PaymentRecord,
  options: UpdateOptions<unknown>,
): Promise<Answer> {
  const claims = next.orderKey !== null && current.orderKey === null;
  try {
    return (await store.update(next, current, options)) ? 'stored' : 'moved';
  } catch (error) {
    if (isUniqueViolation(error)) return claims ? 'orderTaken' : 'receiptTaken';
    // Another process is just taking the order.
    if (claims && hasCode(error, 'ERR_ATIPAY_STORE_LOCKED') && options.wait !== false) return 'orderTaken';
    // The write may have been applied: the stored row decides.
    if (hasCode(error, 'ERR_ATIPAY_STORE_CONNECTION') && options.tx === undefined) return 'moved';
    throw error;
  }
}

/** The row as stored; undefined when it is gone and another payment has taken its receipt or order. */
async function reread(
  context: RunContext,
  record: PaymentRecord,
  event: PaymentEvent,
  { tx }: UpdateOptions<unknown>,
): Promise<PaymentRecord | undefined> {
  const stored = await context.store.find(record.invoiceNumber, tx);
  if (stored) return stored;
  if (!mustNotBeLost(event)) {
    throw new AtipayError('ERR_ATIPAY_STORE', `Payment ${record.invoiceNumber} has gone from the store.`);
  }
  return restore(context, event.held);
}

/** Money that was confirmed, or a payment that was seen paid, is stored again if its row is gone. */
const mustNotBeLost = (event: PaymentEvent): event is Extract<PaymentEvent, { held: PaymentRecord }> =>
  'held' in event && (event.on === 'amountConfirmed' || event.held.status === 'paid');

async function restore(context: RunContext, held: PaymentRecord): Promise<PaymentRecord | undefined> {
  const record = { ...reinserted(held, context.settings.now()), version: drawVersion() };
  try {
    await context.store.insert(record);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    // Another process may have restored it first.
    return context.store.find(record.invoiceNumber);
  }
  reportRestored(context, record);
  return record;
}

/** Waits before the next read, twice as long each time. */
async function afterStaleRead({ policy }: RunContext, count: number): Promise<number> {
  if (count === policy.staleReadRetries) {
    throw new AtipayError(
      'ERR_ATIPAY_STORE',
      'The store’s reads are older than its writes. Payments need reads that see every acknowledged write: ' +
        'do not read from a replica.',
    );
  }
  await setTimeout(policy.staleReadPauseMs * 2 ** count);
  return count + 1;
}
