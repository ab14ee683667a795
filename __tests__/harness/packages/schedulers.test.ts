import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import PgBoss from 'pg-boss';
import type { PaymentRecord } from 'express-atipay';
import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import { connectTo, describeWith, POSTGRES, REDIS, sqliteFile } from '../../support/databases';
import { openShop } from '../../support/opened';
import { HOUR, type Shop } from '../../support/shop';
import { sweepWithBullMQ } from './schedulers/bullmq';
import { sweepWithBullMQ as sweepWithBullMQOnPostgres } from './schedulers/bullmq-postgres';
import { sweepOnce } from './schedulers/cron';
import { sweepWithPgBoss } from './schedulers/pg-boss';

/** A payment whose buyer never came back, and whose time is over. */
async function overdue<Tx>(shop: Shop<Tx>): Promise<PaymentRecord> {
  const record = await shop.started();
  shop.now += HOUR;
  return record;
}

const nextTransition = <Tx>(shop: Shop<Tx>): Promise<unknown> =>
  new Promise((resolve) => shop.atipay.events.once('transition', resolve));

/** Two payments run out of time, one after the other, and the scheduler finds both. */
async function expectSweeps<Tx>(shop: Shop<Tx>): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    const { invoiceNumber } = await overdue(shop);
    while ((await shop.record(invoiceNumber)).status === 'pending') await new Promise(setImmediate);
    expect(await shop.record(invoiceNumber)).toMatchObject({ failureReason: 'Abandoned' });
  }
}

describeWith(REDIS, 'with a scheduler on Redis', () => {
  test('BullMQ sweeps again and again, until stopped', async () => {
    const shop = await openShop();
    const client = new Redis(REDIS.url, { maxRetriesPerRequest: null });
    const stop = await sweepWithBullMQ(shop.atipay, client, 50);
    try {
      await expectSweeps(shop);
    } finally {
      await stop();
      const queue = new Queue('atipay-recovery', { connection: client });
      await queue.obliterate({ force: true });
      await queue.close();
      await client.quit();
    }
  });
});

describeWith(POSTGRES, 'with a scheduler on PostgreSQL', () => {
  let schema: string;
  beforeEach(() => {
    schema = `sweeps_${randomBytes(5).toString('hex')}`;
  });
  afterEach(async () => {
    const knex = connectTo(POSTGRES);
    await knex.raw(`drop schema if exists ${schema} cascade`);
    await knex.destroy();
  });

  test('BullMQ sweeps again and again, until stopped', async () => {
    const shop = await openShop();
    const connection = { connectionString: POSTGRES.url, schema, migrate: true };
    const stop = await sweepWithBullMQOnPostgres(shop.atipay, connection, 50);
    try {
      await expectSweeps(shop);
    } finally {
      await stop();
    }
  });

  test("a job of pg-boss's sweeps, and one is due every minute", async () => {
    const boss = new PgBoss({ connectionString: POSTGRES.url, schema });
    await boss.start();
    try {
      const shop = await openShop();
      await sweepWithPgBoss(shop.atipay, boss);
      expect(await boss.getSchedules()).toMatchObject([{ name: 'atipay-recovery', cron: '* * * * *' }]);
      const { invoiceNumber } = await overdue(shop);
      const swept = nextTransition(shop);
      await boss.send('atipay-recovery', {});
      await swept;
      expect(await shop.record(invoiceNumber)).toMatchObject({ failureReason: 'Abandoned' });
    } finally {
      await boss.stop({ graceful: true, timeout: 5_000, wait: true });
    }
  });
});

describe('with cron', () => {
  test('a script sweeps once, says what it did and leaves nothing open', async () => {
    const file = sqliteFile();
    await createPaymentsTable(file.knex);
    const shop = await openShop({ store: new KnexPaymentStore(file.knex) });
    await overdue(shop);
    const said = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    await sweepOnce(shop.atipay, file.knex);
    const [line] = said.mock.calls.flat() as string[];
    said.mockRestore();
    expect(JSON.parse(line ?? '')).toMatchObject({ due: 1, failed: 1, waiting: 0 });
    await expect(file.knex.raw('select 1')).rejects.toThrow('Unable to acquire a connection');
    await file.remove();
  });
});

test.each(['bullmq.ts', 'bullmq-postgres.ts', 'pg-boss.ts', 'cron.ts'])(
  'the recovery guide shows %s as it was tested',
  (file) => {
    const guide = readFileSync(join(__dirname, '../../../docs/recovery.md'), 'utf8');
    const code = readFileSync(join(__dirname, 'schedulers', file), 'utf8');
    expect(guide).toContain(`\`\`\`ts\n${code}\`\`\``);
  },
);
