import { now, sleep } from './time';

const TRIES = 12;
const FIRST_PAUSE = 10;
const LONGEST_PAUSE = 400;
/** A try may itself have waited long for a lock or for a connection that is gone. */
const PATIENCE = 25_000;

/**
 * Repeats work that failed with a transient error. Pauses double, and are spread at random so that statements that
 * collided do not collide again.
 */
export async function retrying<T>(
  work: () => Promise<T>,
  passes: (error: unknown) => boolean,
  clock = { now, sleep },
): Promise<T> {
  const end = clock.now() + PATIENCE;
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === TRIES || clock.now() > end || !passes(error)) throw error;
      await clock.sleep(Math.random() * Math.min(FIRST_PAUSE * 2 ** attempt, LONGEST_PAUSE));
    }
  }
}
