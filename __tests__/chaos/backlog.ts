import { parseArgs } from 'node:util';
import { Backlog } from './backlog/backlog';
import type { StoreName } from './world/database';

/** `npx tsx __tests__/chaos/backlog.ts --rows 100000 --store pg`: one sweep over so many due payments, measured. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rows: { type: 'string' }, store: { type: 'string' } } });
  const backlog = await Backlog.open(values.store === 'pg' ? 'pg' : 'sqlite', Number(values.rows ?? 100_000));
  try {
    const { looked, failed, waiting, ms } = await backlog.sweep();
    const [first = 0] = backlog.heap;
    const lines = {
      store: (values.store ?? 'sqlite') satisfies string as StoreName,
      looked,
      failed,
      waiting,
      seconds: ms / 1_000,
      'largest batch': backlog.largestBatch,
      'told exactly once': backlog.told.reduce((sum, times) => sum + (times === 1 ? 1 : 0), 0),
      'live heap before, MB': first.toFixed(1),
      'live heap at most, MB': Math.max(...backlog.heap).toFixed(1),
      'memory of the process, MB': (process.memoryUsage().rss / 1024 / 1024).toFixed(0),
    };
    console.table(lines);
  } finally {
    await backlog.drop();
  }
}

void main();
