import type { Effect, EventName, EventOf, Refused } from './event';
import type { Input } from './guards';
import { appendEntry } from './history';
import type { Policy } from './policy';
import type { HistoryEntry, PaymentRecord, PaymentStatus } from './record';
import { isOutcome, STATUSES } from './statuses';
import { TRANSITIONS } from './transitions';
import { hookPatch } from './transitions/changes';
import type { Transition } from './transitions/row';

export { STATUSES } from './statuses';
export { TRANSITIONS } from './transitions';

/** The result of an event. */
export type Decision =
  | {
      kind: 'changed';
      /** The record to store, made for this decision, still with the version it was decided on. */
      record: PaymentRecord;
      effects: readonly Effect[];
    }
  | { kind: 'unchanged'; effects: readonly Effect[]; refused?: Refused };

const NOTHING: Extract<Decision, { kind: 'unchanged' }> = { kind: 'unchanged', effects: [] };

/** Decides what an event does to a payment: the first fitting row of {@link TRANSITIONS}, or nothing. */
export function decide<K extends EventName>(
  record: PaymentRecord,
  event: EventOf<K>,
  policy: Policy,
  now: number,
): Decision {
  const input: Input<K> = { record, event, policy, now };
  const row = rowFor(input);
  if (row === undefined) return NOTHING;
  if (row.refuse !== undefined) return { ...NOTHING, refused: row.refuse };
  return apply(row, input);
}

/** The row that fires. */
export function rowFor<K extends EventName>(input: Input<K>): Transition<K> | undefined {
  const rows: readonly Transition<K>[] = TRANSITIONS[input.event.on];
  return rows.find((row) => fits(row, input));
}

function fits<K extends EventName>(
  { from, when = [], unless = [] }: Transition<K>,
  input: Input<K>,
): boolean {
  const { status } = input.record;
  return (
    from.includes(status) && when.every((guard) => guard(input)) && !unless.some((guard) => guard(input))
  );
}

function apply<K extends EventName>(row: Transition<K>, input: Input<K>): Decision {
  const { record, policy, now } = input;
  const to = row.to ?? record.status;
  const enters = to !== record.status;
  const effects = enters ? called(row.then ?? [], to, policy) : (row.then ?? []);
  const fields = enters ? entering(to, input) : undefined;
  const set = row.set?.(input) ?? {};
  const entry = entryOf(row, input, to);
  const isEmpty = !fields && !entry && Object.keys(set).length === 0;
  if (isEmpty) return { kind: 'unchanged', effects };
  const next: PaymentRecord = { ...record, ...fields, ...reasonOf(row, input), ...set, updatedAt: now };
  if (entry) next.history = appendEntry(next.history, entry);
  next.dueAt = dueAtOf(next);
  return { kind: 'changed', record: next, effects };
}

/** Fields that follow from a new status: the order key, and a schedule that starts afresh. */
function entering(to: PaymentStatus, { record, policy, now }: Input): Partial<PaymentRecord> {
  return {
    status: to,
    orderKey: STATUSES[to].holdsOrder ? record.orderId : null,
    failureReason: null,
    expiresAt: null,
    nextVerifyAt: null,
    nextHookAt: null,
    leaseUntil: null,
    ...(isOutcome(to) && hookPatch(to, { policy, now })),
  };
}

function reasonOf<K extends EventName>({ reason }: Transition<K>, input: Input<K>): Partial<PaymentRecord> {
  if (reason === undefined) return {};
  return { failureReason: typeof reason === 'function' ? reason(input) : reason };
}

function entryOf<K extends EventName>(
  { history, data }: Transition<K>,
  input: Input<K>,
  status: PaymentStatus,
): HistoryEntry | undefined {
  const event = typeof history === 'function' ? history(input) : history;
  if (event === undefined) return undefined;
  const details = data?.(input) ?? {};
  const by = 'by' in input.event ? { by: input.event.by } : {};
  return { at: input.now, status, event, ...by, ...(Object.keys(details).length > 0 && { data: details }) };
}

/** The hook of a new status is called now only where the shop has one and this process may call it. */
const called = (effects: readonly Effect[], status: PaymentStatus, { hooks }: Policy): readonly Effect[] =>
  isOutcome(status) && hooks[status] !== 'now' ? effects.filter((effect) => effect !== 'hook') : effects;

/**
 * The record to store for a row that is gone. The shop's writes of the same transaction are gone too: its hook is
 * pending again.
 */
export function reinserted(held: PaymentRecord, now: number): PaymentRecord {
  const nextHookAt = STATUSES[held.status].hook === null ? null : (held.nextHookAt ?? now);
  const record = { ...held, hookAppliedAt: null, hookDeliveredAt: null, nextHookAt };
  return { ...record, dueAt: dueAtOf(record) };
}

/** When a sweep must look at a payment next. */
export function dueAtOf(record: PaymentRecord): number | null {
  if (record.leaseUntil !== null) return record.leaseUntil;
  const times = [record.expiresAt, record.nextVerifyAt, record.nextHookAt].filter((time) => time !== null);
  return times.length === 0 ? null : Math.min(...times);
}
