import type PgBoss from 'pg-boss';
import type { Atipay } from 'express-atipay';

const QUEUE = 'atipay-recovery';

/** One sweep a minute, on whichever server is free. `boss` is the one your shop has started; call it on every server. */
export async function sweepWithPgBoss(atipay: Atipay, boss: PgBoss): Promise<void> {
  await boss.createQueue(QUEUE);
  await boss.work(QUEUE, () => atipay.recover());
  await boss.schedule(QUEUE, '* * * * *');
}
