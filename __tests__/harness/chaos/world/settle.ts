import type { Knex } from 'knex';
import type { Child } from './child';
import { ScaledClock, type ClockPlan } from './clock';
import type { DatabasePlan } from './database';
import type { Shops } from './shops';

interface Scene {
  knex: Knex;
  plan: DatabasePlan;
  gateway: Child;
  shops: Shops;
  clock: ClockPlan;
  /** There is nothing that sweeps. */
  idle: boolean;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ROUNDS = 500;

/** Lets time pass and sweeps until nothing is due any more, then lets the gateway return unverified money. */
export async function settle(scene: Scene): Promise<number> {
  const { clock } = scene;
  const { now } = new ScaledClock(clock);
  let offset = 0;
  let sweeps = 0;
  for (; !scene.idle && sweeps < ROUNDS; sweeps += 1) {
    const next = await nextDue(scene);
    if (next === undefined) break;
    offset = Math.max(offset, next - now() + MINUTE);
    await passTo(scene, offset);
    await scene.shops.recover();
  }
  await passTo(scene, offset + DAY);
  return sweeps;
}

async function passTo({ gateway, shops }: Scene, offset: number): Promise<void> {
  await gateway.ask('offset', offset);
  await shops.setOffset(offset);
}

/** When the next payment is due, of those that a sweep can still do something for. */
async function nextDue({ knex, plan }: Scene): Promise<number | undefined> {
  const row = await knex<{ due_at: number | null }>(plan.tables.payments)
    .min({ due: 'due_at' })
    .whereNotNull('due_at')
    .first<{ due: number | string | null } | undefined>();
  const due = row?.due ?? null;
  return due === null ? undefined : Number(due);
}
