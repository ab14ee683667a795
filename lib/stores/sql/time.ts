import { performance } from 'node:perf_hooks';
import timers from 'node:timers';
import { limited, type Timers } from '../../time-limit';

// Taken when the module loads: a shop's tests may replace them later.
const { clearTimeout, setTimeout } = timers;
const ofNode: Timers = { clearTimeout, setTimeout };

/** How long a statement may take where nothing else is set. */
export const STATEMENT_MS = 10_000;

/** Milliseconds of a clock that is never set. */
export const now = performance.now.bind(performance);

export const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Rejects with `late()` when a statement has not settled in time. It goes on. `Infinity` sets no limit. */
export const limitStatement = <T>(statement: Promise<T>, ms: number, late: () => Error): Promise<T> =>
  ms === Infinity ? statement : limited(statement, ms, () => Promise.reject(late()), ofNode);
