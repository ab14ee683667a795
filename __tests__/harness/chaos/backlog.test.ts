import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describeWith, POSTGRES } from '../../support/databases';
import type { Measured } from './backlog';
import { Backlog } from './backlog/backlog';
import { delegate } from './shop/delegate';
import type { StoreName } from './world/database';

const ROWS = 4_000;
const BATCH = 50;
/** Megabytes; the rows together are twice as much. */
const FLAT = 4;
const AFTER_THE_LEASE_MS = 3 * 60_000;

const backlogs: Backlog[] = [];
const open = async (store: StoreName, rows: number): Promise<Backlog> => {
  const backlog = await Backlog.open(store, rows);
  backlogs.push(backlog);
  return backlog;
};
afterEach(async () => {
  await Promise.all(backlogs.splice(0).map((backlog) => backlog.drop()));
});

/** In a separate process: other tests of a worker leave things on its heap. */
async function measured(store: StoreName, rows: number): Promise<Measured> {
  const args = [
    '--import',
    'tsx',
    join(__dirname, 'backlog.ts'),
    '--json',
    '--store',
    store,
    '--rows',
    String(rows),
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: join(__dirname, '../../..') });
  return JSON.parse(stdout) as Measured;
}

const growth = ({ heap: [first = 0, ...later] }: Pick<Backlog, 'heap'>): number => Math.max(...later) - first;
const toldOnce = ({ told }: Backlog): boolean => told.slice(1).every((times) => times === 1);

const drains = (store: StoreName, rows: number): void => {
  test('one sweep takes all of it, in batches, with a flat memory', async () => {
    const { report, heap, largestBatch, toldOnce: told, states } = await measured(store, rows);
    expect(report).toMatchObject({ due: rows, failed: rows, hooks: rows, waiting: 0 });
    expect(largestBatch).toBe(BATCH);
    expect(growth({ heap })).toBeLessThan(FLAT);
    expect(told).toBe(rows);
    expect(states).toEqual({ failed: rows, 'failed, delivered': rows });
  });

  test('a process that closes mid-way loses none of it, and calls no hook twice', async () => {
    const backlog = await open(store, 1_000);
    const { due } = await backlog.sweep(400);
    expect(due).toBeGreaterThanOrEqual(400);
    expect(due).toBeLessThan(400 + BATCH);
    expect(await backlog.states()).toEqual({
      failed: due,
      'failed, delivered': due,
      pending: 1_000 - due,
      'pending, delivered': 0,
    });
    backlog.passes(AFTER_THE_LEASE_MS);
    expect(await backlog.sweep()).toMatchObject({ due: 1_000 - due, waiting: 0 });
    expect(toldOnce(backlog)).toBe(true);
  });
};

describe('a backlog on SQLite', () => {
  drains('sqlite', ROWS);

  test('would not keep its memory flat with a store that ignores the limit', async () => {
    const backlog = await open('sqlite', ROWS);
    await backlog.sweep(Infinity, (store) =>
      delegate(store, { due: (query) => store.due({ ...query, limit: ROWS }) }),
    );
    expect(growth(backlog)).toBeGreaterThan(FLAT);
  });
});

describeWith(POSTGRES, 'a backlog on PostgreSQL', () => drains('pg', 2_000));
