import { startOfDay, daysLater } from '../../../lib/operator/dates';
import { DECIDED, OPEN, type Case } from './cases';
import { HOUR, MINUTE } from '../../support/shop';
import { type Trial, type TrialOrder } from './trial';

/** A payment's order as it was made, and when. */
export interface Made extends TrialOrder {
  name: string;
  made: Case;
  at: number;
}

/** Days before today on which payments are made, and the share of them; today has the rest. */
const DAYS = [
  [-8, 0.1],
  [-7, 0.3],
  [-2, 0.2],
  [-1, 0.3],
] as const;

/** Makes payments in every state, over nine days; the last of them begin an hour and a half ago. */
export async function makePayments(trial: Trial): Promise<Made[]> {
  const now = Date.now();
  const decided = mixed(DECIDED);
  const all: Made[] = [];
  let next = 0;
  for (const [day, share] of DAYS) {
    const count = Math.round(decided.length * share);
    trial.at = daysLater(startOfDay(now), day) + 10 * HOUR;
    for (const each of decided.slice(next, next + count)) all.push(await one(trial, each, all.length));
    next += count;
    await trial.later(2 * HOUR);
  }
  trial.at = Math.max(trial.at ?? 0, now - 20 * HOUR);
  for (const each of decided.slice(next)) all.push(await one(trial, each, all.length));
  trial.at = now - 3 * HOUR;
  await trial.later(0);
  trial.at = now - 100 * MINUTE;
  const open = Object.entries(OPEN).flatMap(([name, { count }]) => Array<string>(count).fill(name));
  for (const name of open) all.push(await one(trial, [name, OPEN[name] as Case], all.length));
  trial.at = undefined;
  return all;
}

/** Every case as often as it is met, in an order that mixes them and is always the same. */
function mixed(cases: Record<string, Case>): [string, Case][] {
  const list = Object.entries(cases).flatMap(([name, each]) => {
    const step = 1 / each.count;
    return Array.from({ length: each.count }, (_, index) => [(index + 0.5) * step, name, each] as const);
  });
  return list.sort(([a], [b]) => a - b).map(([, name, each]) => [name, each]);
}

async function one(trial: Trial, [name, made]: [string, Case], index: number): Promise<Made> {
  const order: TrialOrder = {
    orderId: String(1_000 + index),
    amount: 250_000 + index * 10_000,
    cellNumber: `0912${String(3_000_000 + index * 7)}`,
    maskedPan: `603799******${String(9_000 - index)}`,
  };
  const at = trial.at ?? Date.now();
  await made.make(trial, order);
  trial.at = (trial.at ?? at) + MINUTE;
  return { ...order, name, made, at };
}
