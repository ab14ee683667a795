import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

const PERIOD_MS = 16;
const SHORTEST_MS = 1;

/**
 * Does some work while each of these processes is let run for a share of the time only, one after the other: as where
 * each has a share of a processor, and more are free.
 */
export async function rationed<T>(
  pids: readonly number[],
  share: number,
  work: () => Promise<T>,
): Promise<T> {
  pids.forEach((pid) => kill(pid, 'SIGSTOP'));
  let isOver = false;
  const turns = pids.map(async (pid, index) => {
    const began = performance.now() + (index * PERIOD_MS) / pids.length;
    let ran = 0;
    for (let period = 0; !isOver; period += 1) {
      await sleep(began + period * PERIOD_MS - performance.now());
      // A turn that ended late is made up for: timers are coarse where processors are busy.
      const left = (period + 1) * PERIOD_MS * share - ran;
      if (left < SHORTEST_MS) continue;
      const from = performance.now();
      kill(pid, 'SIGCONT');
      await sleep(left);
      kill(pid, 'SIGSTOP');
      ran += performance.now() - from;
    }
    kill(pid, 'SIGCONT');
  });
  try {
    return await work();
  } finally {
    isOver = true;
    await Promise.all(turns);
  }
}
