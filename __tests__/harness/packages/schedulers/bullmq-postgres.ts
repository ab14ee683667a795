import { createPostgresBackend, withBackend, type PostgresPoolConfig } from 'bullmq';
import type { Atipay, SweepReport } from 'express-atipay';

const QUEUE = 'atipay-recovery';
const { Queue, Worker } = withBackend(createPostgresBackend);

/** The same without Redis. `connection` has `migrate: true` the first time. */
export async function sweepWithBullMQ(
  atipay: Atipay,
  connection: PostgresPoolConfig,
  everyMs = 30_000,
): Promise<() => Promise<void>> {
  const queue = new Queue(QUEUE, { connection });
  await queue.upsertJobScheduler('sweep', { every: everyMs });
  const worker = new Worker<unknown, SweepReport>(QUEUE, () => atipay.recover(), { connection });
  return async () => {
    await worker.close();
    await queue.close();
  };
}
