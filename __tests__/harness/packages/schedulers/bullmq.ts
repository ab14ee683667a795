import { Queue, Worker, type ConnectionOptions } from 'bullmq';
import type { Atipay, SweepReport } from 'express-atipay';

const QUEUE = 'atipay-recovery';

/** One sweep every half minute, on whichever server is free. Call it on every server; resolves with how to stop. */
export async function sweepWithBullMQ(
  atipay: Atipay,
  connection: ConnectionOptions,
  everyMs = 30_000,
): Promise<() => Promise<void>> {
  const queue = new Queue(QUEUE, { connection });
  const kept = { removeOnComplete: 100, removeOnFail: 100 };
  await queue.upsertJobScheduler('sweep', { every: everyMs }, { opts: kept });
  const worker = new Worker<unknown, SweepReport>(QUEUE, () => atipay.recover(), { connection });
  return async () => {
    await worker.close();
    await queue.close();
  };
}
