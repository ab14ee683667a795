import { windowEnd } from '../../../../lib/core/policy';
import { ONE, REWIND, STAFF, TWO_OF_AN_ORDER, TWO_OF_AN_ORDER_REWIND, BEGINNING } from '../worlds';
import { accepting, alsoSetting, replacing, without, type Defect } from './defect';

/** Each sentence of the design's section on ownership left out. */
export const OWNERSHIP_LEFT_OUT: readonly Defect[] = [
  {
    name: 'Ownership: a lease is taken on a stale read',
    world: ONE,
    rows: { due: without('isDue', 'sameAttempt', 'sameCall') },
  },
  {
    name: 'Ownership: an attempt takes no lease',
    world: ONE,
    rows: {
      due: alsoSetting(({ record, policy, now }) =>
        record.status === 'verifying' ? { leaseUntil: null, nextVerifyAt: now + policy.verifySpacingMs } : {},
      ),
    },
  },
  {
    name: 'Ownership: the clock is not looked at before verify-payment',
    world: ONE,
    steps: { asksLate: true },
  },
  { name: 'Ownership: the clock is not looked at before a hook', world: ONE, steps: { callsLate: true } },
  {
    name: 'Ownership: an attempt is told by the row’s version',
    world: STAFF,
    rows: {
      verifyUnanswered: (rows) =>
        rows.map((row) => ({
          ...row,
          when: [...(row.when ?? []), ({ record, event }) => record.version === event.held.version],
        })),
    },
  },
  {
    name: 'Ownership: versions are counted',
    world: REWIND,
    store: { alter: (next, read) => void (next.version = read.version + 1) },
    bounds: { rawVersions: true },
  },
  { name: 'Ownership: versions are not compared', world: ONE, store: { comparesNothing: true } },
  { name: 'Ownership: a lost write is taken for stored', world: ONE, store: { believesLostWrites: true } },
  {
    name: 'Ownership: a payment seen paid is not paid again',
    world: REWIND,
    rows: {
      hookReturned: (rows) => rows.filter(({ to, then }) => to !== 'paid' && !then?.includes('reportLost')),
    },
  },
  {
    name: 'Ownership: a missing row is not inserted again',
    world: REWIND,
    store: { refusesInserts: true },
  },
  {
    name: 'Ownership: attempts that the row has lost are not counted',
    world: REWIND,
    rows: {
      verifyRefused: (rows) =>
        rows.map((row) =>
          row.reason === 'VerificationUnclear' && row.to === 'review'
            ? { ...row, when: [({ record }) => record.verifyAttempts - record.shopRefusals > 1] }
            : row,
        ),
    },
  },
  {
    name: 'Ownership: delivered without its mark',
    world: REWIND,
    rows: { hookReturned: without('markStands') },
  },
  {
    name: 'Ownership: a callback does not read the order’s holder',
    world: TWO_OF_AN_ORDER,
    steps: { readsNoHolder: true },
  },
  { name: 'Ownership: a claim that meets a lock fails', world: ONE, store: { failsOnLocks: true } },
  {
    name: 'Ownership: a refusal about the shop hides a silence',
    world: ONE,
    rows: {
      verifyRefused: (rows) =>
        rows.map((row) =>
          row.reason === 'VerificationUnclear' && row.to === 'review'
            ? { ...row, when: [({ record }) => record.verifyAttempts - 2 * record.shopRefusals > 1] }
            : row,
        ),
    },
  },
  {
    name: 'Ownership: the second attempt is stored late',
    world: BEGINNING,
    steps: { storesSecondLate: true },
  },
  {
    name: 'Ownership: staff retry while an attempt is under way',
    world: STAFF,
    rows: { retried: accepting('leased') },
  },
  {
    name: 'Ownership: money whose order is taken is not reported',
    world: TWO_OF_AN_ORDER_REWIND,
    rows: { orderTaken: (rows) => rows.slice(0, -1), receiptTaken: (rows) => rows.slice(0, -1) },
  },
];

/** Defects that the model has found in the machine. */
export const FOUND_BEFORE: readonly Defect[] = [
  {
    name: 'Found: a hook that relied on an earlier mark is delivered without it',
    world: { ...REWIND, left: { ...REWIND.left, troubles: 1 } },
    rows: {
      hookReturned: replacing(
        'markStands',
        ({ record, event }) => record.hookAppliedAt !== null || !('applied' in event && event.applied),
      ),
    },
  },
  {
    name: 'Found: the window of a row that lost its receipt ends with its creation',
    world: REWIND,
    rows: {
      verifyRefused: replacing(
        'windowOver',
        ({ record, policy, now }) =>
          windowEnd({ receivedAt: record.receivedAt ?? record.createdAt }, policy) <= now,
      ),
    },
  },
  {
    name: 'Found: a late return takes the lease of the next call',
    world: STAFF,
    rows: {
      hookReturned: (rows) =>
        rows.map((row) =>
          row.history === 'hookDelivered'
            ? { ...row, set: (input) => ({ ...row.set?.(input), leaseUntil: null }) }
            : row,
        ),
    },
  },
];
