import type { PaymentEvent } from '../../lib/core/event';
import { decide, dueAtOf, rowFor, STATUSES, TRANSITIONS } from '../../lib/core/machine';
import { REASONS } from '../../lib/core/reasons';
import type { PaymentRecord } from '../../lib/core/record';
import { EVERY } from '../../lib/core/statuses';
import { eventsFor, NOW, POLICY, recordIn } from './machine/given';

const MINUTE = 60_000;
const LONG_AGO = NOW - 40 * MINUTE;

/** Records of every status: leased or not, due or not, delivered or not, within the window or after it. */
const RECORDS: readonly PaymentRecord[] = EVERY.flatMap((status) =>
  [
    {},
    { leaseUntil: NOW + MINUTE },
    { leaseUntil: NOW - 1 },
    { expiresAt: NOW - 1 },
    { receivedAt: LONG_AGO },
    { verifyAttempts: 3 },
    { nextVerifyAt: NOW - 1, nextHookAt: null, hookDeliveredAt: NOW - 1 },
    { hookDeliveredAt: NOW - 1 },
    { hookAppliedAt: NOW - 1 },
    { failureReason: status === 'review' ? ('AmountMismatch' as const) : null },
    { hookDeliveredAt: NOW - 1, referenceNumber: null, receiptKey: null },
    { hookAttempts: 4 },
  ].map((changes) => recordIn(status, changes)),
);

/** Records that a process may hold: the stored one, one with another receipt, one that was seen paid. */
const heldBeside = (record: PaymentRecord): PaymentRecord[] => [
  record,
  { ...record, referenceNumber: 'Ref-2', receiptKey: 'ref+2' },
  { ...recordIn('paid'), invoiceNumber: record.invoiceNumber },
  { ...recordIn('verifying'), hookAppliedAt: NOW },
];

const CASES = RECORDS.flatMap((record) =>
  heldBeside(record).flatMap((held) => eventsFor(held).map((event) => ({ record, event }))),
);

const rowsThat = (record: PaymentRecord, event: PaymentEvent) =>
  rowFor({ record, event, policy: POLICY, now: NOW });

test.each(Object.keys(TRANSITIONS) as (keyof typeof TRANSITIONS)[])('%s: each row fires', (on) => {
  const fired = new Set<unknown>(
    CASES.filter(({ event }) => event.on === on).map(({ record, event }) => rowsThat(record, event)),
  );
  expect(TRANSITIONS[on].map((row) => fired.has(row))).toEqual(TRANSITIONS[on].map(() => true));
});

test.each<PaymentEvent>([
  { on: 'resolved', by: 'Sara', text: 'seen', outcome: 'paid' },
  { on: 'retried', by: 'Sara' },
  { on: 'noted', by: 'Sara', text: 'seen' },
  { on: 'gaveBack', by: 'Sara', text: 'seen', amount: 1, reference: '9' },
])('$on: a person decides on the version that they have seen, or on nothing', (event) => {
  const record = recordIn(event.on === 'gaveBack' ? 'paid' : 'review');
  const decided = (seen: number | undefined) =>
    decide(record, { ...event, seen } as PaymentEvent, POLICY, NOW);
  expect(decided(record.version - 1)).toMatchObject({ kind: 'unchanged', refused: 'changedMeanwhile' });
  expect(decided(record.version)).toMatchObject({ kind: 'changed' });
  expect(decided(undefined)).toMatchObject({ kind: 'changed' });
});

test('each decision follows from the row that fires', () => {
  for (const { record, event } of CASES) {
    const row = rowsThat(record, event);
    const decision = decide(record, event, POLICY, NOW);
    if (!row || row.refuse) {
      expect(decision).toMatchObject({ kind: 'unchanged', effects: [] });
      continue;
    }
    expect(decision.effects).toEqual(row.then ?? []);
    if (decision.kind === 'unchanged') {
      expect(row.to ?? record.status).toBe(record.status);
      continue;
    }
    const next = decision.record;
    expect(next.status).toBe(row.to ?? record.status);
    expect(next.dueAt).toBe(dueAtOf(next));
    expect(next.version).toBe(record.version);
  }
});

test('the stored record fits its status', () => {
  for (const { record, event } of CASES) {
    const decision = decide(record, event, POLICY, NOW);
    if (decision.kind === 'unchanged') continue;
    const next = decision.record;
    if (next.status === record.status) continue;
    const { holdsOrder, hook } = STATUSES[next.status];
    expect(next.orderKey).toBe(holdsOrder ? next.orderId : null);
    expect(next.failureReason === null ? next.status : REASONS[next.failureReason].status).toBe(next.status);
    expect(next.expiresAt === null).toBe(next.status !== 'pending');
    if (hook) {
      expect(next).toMatchObject({ hookAttempts: 1, hookAppliedAt: null, hookDeliveredAt: null });
      expect(next.leaseUntil).toBe(NOW + POLICY.leaseMs);
    }
    expect(next.history.at(-1)).toMatchObject({ at: NOW, status: next.status });
  }
});

test('nothing leads out of paid and failed', () => {
  for (const { record, event } of CASES) {
    if (!STATUSES[record.status].final) continue;
    const decision = decide(record, event, POLICY, NOW);
    if (decision.kind === 'changed') expect(decision.record.status).toBe(record.status);
  }
});
