import { createRandom, dice, pick } from '../world/random';
import { Buyer, type Street } from './buyer';
import { CROWD, HABITS, type HabitName } from './habits';

/** A crowd of buyers, each with an order, and another one for those who cheat. */
export interface CrowdPlan {
  payments: number;
  seed: number;
  /** Buyers at once. Those who wait for a long time count too, so this is more than the machine has cores. */
  concurrency: number;
  gatewayOrigin: string;
  habits?: Partial<Record<HabitName, number>> | undefined;
  onDone?: ((done: number) => void) | undefined;
}

export const orderIdOf = (index: number): string => `o-${String(index).padStart(6, '0')}`;
export const otherOrderIdOf = (index: number): string => `${orderIdOf(index)}-b`;

/** Lets all of them shop. Resolves with how many there were of each habit. */
export async function sendCrowd(street: Street, plan: CrowdPlan): Promise<Record<string, number>> {
  const met: Record<string, number> = {};
  const indices = Array.from({ length: plan.payments }, (_, index) => index).values();
  let done = 0;
  const walk = async (): Promise<void> => {
    for (const index of indices) {
      const habit = habitOf(plan, index);
      met[habit] = (met[habit] ?? 0) + 1;
      await visit(street, plan, index, habit);
      plan.onDone?.((done += 1));
    }
  };
  await Promise.all(Array.from({ length: plan.concurrency }, walk));
  return met;
}

const habitOf = ({ seed, habits }: CrowdPlan, index: number): HabitName =>
  pick<HabitName>(() => dice(seed, 'habit', index), habits ?? CROWD);

async function visit(street: Street, plan: CrowdPlan, index: number, habit: HabitName): Promise<void> {
  const random = createRandom(Math.floor(dice(plan.seed, 'buyer', index) * 2 ** 32));
  const buyer = new Buyer(orderIdOf(index), otherOrderIdOf(index), random, street, plan.gatewayOrigin);
  try {
    await HABITS[habit](buyer);
  } catch (error) {
    street.seen.surprises.push(`${habit}, ${orderIdOf(index)}: ${String(error)}`);
  }
}
