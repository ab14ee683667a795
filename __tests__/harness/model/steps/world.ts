import { windowEnd } from '../../../../lib/core/policy';
import {
  heldOf,
  IDLE,
  spend,
  withItem,
  withWork,
  NOTHING_WRITTEN,
  type Database,
  type State,
  type Step,
  type Taken,
} from '../state';
import { POLICY } from '../world';
import { letter } from './act';

/** A process dies, and its state with it. */
export function crashSteps(state: State): Step[] {
  if (state.left.troubles === 0) return [];
  return state.processes.flatMap((work, process) => {
    if (work.at === 'idle') return [];
    const after = spend(withWork(state, process, IDLE), 'troubles', 1);
    return [
      {
        name: `${letter(process)} crashes`,
        actor: 'crash',
        trouble: true,
        take: () => ({ before: state, after, happened: {} }),
      },
    ];
  });
}

/** The clock passes the next deadline of any row or lease; a lease of a process at work runs out a few times only. */
export function clockSteps(state: State): Step[] {
  const rows = state.db.rows.flatMap((row) => {
    if (row === undefined) return [];
    const { dueAt, leaseUntil, expiresAt, nextVerifyAt, nextHookAt, receivedAt, status } = row;
    const waits = receivedAt !== null && (status === 'received' || status === 'verifying');
    return [dueAt, leaseUntil, expiresAt, nextVerifyAt, nextHookAt, waits ? windowEnd(row, POLICY) : null];
  });
  const leases = state.processes.map((work) => heldOf(work)?.leaseUntil ?? null);
  const ahead = [...rows, ...leases].filter((time) => time !== null && time > state.now);
  if (ahead.length === 0) return [];
  const now = Math.min(...(ahead as number[]));
  const stalls = leases.filter((time) => time !== null && time > state.now && time <= now).length;
  if (stalls > state.left.stalls) return [];
  const after = spend({ ...state, now }, 'stalls', stalls);
  return [
    {
      name: `${now - state.now} units pass`,
      actor: 'clock',
      take: () => ({ before: state, after, happened: {} }),
    },
  ];
}

/** A backup is made once, and brought back later: the whole database, or one row with the shop's writes for it. */
export function rewindSteps(state: State): Step[] {
  if (state.left.rewinds === 0) return [];
  const { db, backup } = state;
  if (backup === undefined) {
    const after = { ...state, backup: db };
    return [
      { name: 'a backup is made', actor: 'rewind', take: () => ({ before: state, after, happened: {} }) },
    ];
  }
  const rows = db.rows.flatMap((row, place) => {
    const old = backup.rows[place];
    if (old === undefined || old.version === row?.version) return [];
    const mixed: Database = {
      rows: withItem(db.rows, place, old),
      shop: db.shop.map((books, index) => (index === place ? (backup.shop[place] ?? books) : books)),
    };
    return hasUniqueKeys(mixed) ? [rewind(state, mixed, `payment ${place} goes back to the backup`)] : [];
  });
  const gone = db.rows.flatMap((row, place) => {
    if (row === undefined) return [];
    const without: Database = {
      rows: withItem(db.rows, place, undefined),
      shop: withItem(db.shop, place, NOTHING_WRITTEN),
    };
    return [rewind(state, without, `the row of payment ${place} is lost`)];
  });
  return [rewind(state, backup, 'the database goes back to the backup'), ...rows, ...gone];
}

function rewind(state: State, db: Database, name: string): Step {
  const left = state.left.rewinds - 1;
  const after: State = {
    ...spend(state, 'rewinds', 1),
    db,
    backup: left === 0 ? undefined : state.backup,
    memory: { ...state.memory, rewound: true },
  };
  const take = (): Taken => ({ before: state, after, happened: { rewind: true } });
  return { name, actor: 'rewind', take };
}

function hasUniqueKeys({ rows }: Database): boolean {
  const keys = rows.flatMap((row) => [
    row?.receiptKey && `r${row.receiptKey}`,
    row?.orderKey && `o${row.orderKey}`,
  ]);
  const taken = keys.filter(Boolean);
  return new Set(taken).size === taken.length;
}
