import { setTimeout as sleep } from 'node:timers/promises';

const TRIES = 12;
const FIRST_PAUSE = 10;
const LONGEST_PAUSE = 400;
/** A driver may itself have waited for the lock, up to a minute: then once is enough. */
const PATIENCE = 10_000;

/**
 * Tries again what failed with an error that passes by itself. Pauses double, and are spread at random so that those
 * who collided do not collide again.
 */
export async function retrying<T>(work: () => Promise<T>, passes: (error: unknown) => boolean): Promise<T> {
  const end = performance.now() + PATIENCE;
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === TRIES || performance.now() > end || !passes(error)) throw error;
      await sleep(Math.random() * Math.min(FIRST_PAUSE * 2 ** attempt, LONGEST_PAUSE));
    }
  }
}
