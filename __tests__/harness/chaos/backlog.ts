import { parseArgs } from 'node:util';
import { Backlog } from './backlog/backlog';
import type { StoreName } from './world/database';

/**
 * `npx tsx __tests__/harness/chaos/backlog.ts --rows 100000 --store pg`: one sweep over so many due payments, measured in a
 * process that does nothing else. `--json` prints what the tests read.
 */
async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { rows: text, store: text, json: { type: 'boolean' } } });
  const store: StoreName = values.store === 'pg' ? 'pg' : 'sqlite';
  const backlog = await Backlog.open(store, Number(values.rows ?? 100_000));
  try {
    const measured = await measure(backlog);
    if (values.json === true) console.log(JSON.stringify(measured));
    else console.table(linesOf(store, measured));
  } finally {
    await backlog.drop();
  }
}

export type Measured = Awaited<ReturnType<typeof measure>>;

async function measure(backlog: Backlog) {
  const report = await backlog.sweep();
  const { heap, largestBatch } = backlog;
  return {
    report,
    heap,
    largestBatch,
    toldOnce: backlog.told.slice(1).reduce((sum, times) => sum + (times === 1 ? 1 : 0), 0),
    states: await backlog.states(),
  };
}

function linesOf(store: StoreName, { report, heap, largestBatch, toldOnce }: Measured): object {
  const { due, failed, waiting, ms } = report;
  return {
    store,
    due,
    failed,
    waiting,
    seconds: ms / 1_000,
    'largest batch': largestBatch,
    'told exactly once': toldOnce,
    'live heap before, MB': heap[0]?.toFixed(1),
    'live heap at most, MB': Math.max(...heap).toFixed(1),
    'memory of the process, MB': (process.memoryUsage().rss / 1024 / 1024).toFixed(0),
  };
}

void main();
