import { performance } from 'node:perf_hooks';
import timers from 'node:timers';

// Taken when the module loads: a shop's tests may replace them later.
const { clearTimeout, setTimeout } = timers;

/** How long a statement may take where nothing else is set. */
export const STATEMENT_MS = 10_000;

/** Milliseconds of a clock that is never set. */
export const now = performance.now.bind(performance);

export const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Rejects with `late()` when `work` has not settled in time. The work itself goes on. `Infinity` sets no limit. */
export async function limited<T>(work: Promise<T>, ms: number, late: () => Error): Promise<T> {
  if (ms === Infinity) return work;
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    clearTimeout(timer);
  }
}
