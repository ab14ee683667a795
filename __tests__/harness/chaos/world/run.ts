import type { Verdict } from '../audit/audit';
import type { Seen } from '../buyers/buyer';
import { orderIdOf, otherOrderIdOf } from '../buyers/crowd';
import type { HabitName } from '../buyers/habits';
import type { DefectName } from '../shop/defects';
import type { ShopPlan } from '../shop/plan';
import type { Bundle } from './bundle';
import { RunDatabase, type StoreName } from './database';
import type { Weather } from './faults';
import { dice } from './random';
import { AMOUNTS } from './settings';
import { World } from './world';

/** The settings of a run. */
export interface RunOptions {
  payments: number;
  seed: number;
  store: StoreName;
  /** The client of the store, see `ShopPlan`. */
  client?: string;
  /** Shop processes behind the proxy. */
  processes: number;
  kind?: ShopPlan['kind'];
  defect?: DefectName;
  /** Only these buyers, by weight. Default: the whole crowd. */
  habits?: Partial<Record<HabitName, number>>;
  /** The gateway's faults. Default: a bit of everything. */
  weather?: Weather;
  /** Processes are killed. Default true. */
  killing?: boolean;
  /** Milliseconds of the run's clock that pass in a real one, on a machine that is not busy. Default 40. */
  speed?: number;
  onDone?: (done: number) => void;
}

export interface RunReport {
  verdict: Verdict;
  kills: number;
  habits: Record<string, number>;
  seen: Seen;
  sweeps: number;
  seconds: number;
}

const CLOSED = 0.02;

/** One run: a gateway that fails, shops that die, buyers who cheat; then quiet, sweeps, and the audit. */
export async function runChaos(options: RunOptions, bundle: Bundle): Promise<RunReport> {
  const began = performance.now();
  const database = await RunDatabase.create(options.store);
  try {
    await fillOrders(database, options);
    const world = await World.open(options, bundle, database);
    const report = await world.live().finally(() => world.close());
    return { ...report, seconds: (performance.now() - began) / 1_000 };
  } finally {
    await database.drop();
  }
}

/** Every order exists before its buyer comes; a few close before he pays. A cheat's second order often costs less. */
async function fillOrders({ knex, plan }: RunDatabase, { payments, seed }: RunOptions): Promise<void> {
  const ids = Array.from({ length: payments }, (_, index) => [
    orderIdOf(index),
    otherOrderIdOf(index),
  ]).flat();
  const amountOf = (id: string): number =>
    AMOUNTS[Math.floor(dice(seed, 'amount', id) * AMOUNTS.length)] ?? 10_000;
  await knex.batchInsert(
    plan.tables.orders,
    ids.map((id) => ({ id, amount: amountOf(id), closed: dice(seed, 'closed', id) < CLOSED ? 1 : 0 })),
    200,
  );
}
