import { fork } from 'node:child_process';
import cluster from 'node:cluster';
import { once } from 'node:events';
import { join } from 'node:path';
import { UniqueViolation } from '../../lib/errors';
import { paymentStoreContract } from '../../lib/stores/contract';
import { Scene } from '../../lib/stores/contract/scene';
import { MemoryPaymentStore } from '../../lib/stores/memory';
import { rejection } from '../support/store-errors';

const quiet = (): MemoryPaymentStore => new MemoryPaymentStore({ quiet: true });

describe('MemoryPaymentStore keeps the contract', () => {
  const contract = paymentStoreContract(() => ({ store: quiet() }), {
    transactions: false,
    search: true,
    findWithHolder: true,
  });
  for (const { name, run } of contract) test(name, run);
});

describe('MemoryPaymentStore', () => {
  const script = join(__dirname, 'memory-process.ts');
  const execArgv = ['-r', 'esbuild-register'];

  test('warns once in a process that payments are lost on restart', async () => {
    const child = fork(script, { execArgv, silent: true });
    const [warnings] = (await once(child, 'message')) as [string[]];
    child.kill();
    expect(warnings).toEqual(['ATIPAY_MEMORY_STORE']);
  });

  test('cannot be made in a cluster worker', async () => {
    cluster.setupPrimary({ exec: script, execArgv });
    const worker = cluster.fork();
    const [answer] = (await once(worker, 'message')) as [string];
    worker.kill();
    await once(worker, 'exit');
    expect(answer).toBe('ERR_ATIPAY_STORE');
  });

  test('in a worker the error names the problem and another store', () => {
    const worker = jest.replaceProperty(cluster, 'isWorker', true);
    try {
      expect(quiet).toThrow(
        expect.objectContaining({
          code: 'ERR_ATIPAY_STORE',
          message:
            'MemoryPaymentStore cannot be shared between cluster workers: a callback would reach a process that does ' +
            'not know the payment. Use the store for your database client: docs/stores.md.',
        }) as Error,
      );
    } finally {
      worker.restore();
    }
  });

  test('the warning says what is lost, and where it would not be; a quiet store gives none', () => {
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
    jest.isolateModules(() => {
      const { MemoryPaymentStore: Fresh } = jest.requireActual<{
        MemoryPaymentStore: typeof MemoryPaymentStore;
      }>('../../lib/stores/memory');
      new Fresh({ quiet: true });
      expect(warn).not.toHaveBeenCalled();
      new Fresh({ quiet: false });
      new Fresh();
    });
    expect(warn.mock.calls).toEqual([
      [
        'Payments are kept in memory and lost on restart. Use a database before going live.',
        {
          type: 'AtipayWarning',
          code: 'ATIPAY_MEMORY_STORE',
          detail:
            'There is a store for Knex, Prisma, Drizzle, Kysely, TypeORM, Sequelize, pg, mysql2, better-sqlite3 and MongoDB: docs/stores.md.',
        },
      ],
    ]);
    warn.mockRestore();
  });

  test('no receipt and no order key are not a receipt and an order key called null', async () => {
    const scene = new Scene(quiet());
    await scene.given();
    await scene.given({ receiptKey: 'null', orderKey: 'null' });
    await scene.change(await scene.given(), { verifyAttempts: 1 });
    expect(await rejection(scene.given({ receiptKey: 'null' }))).toBeInstanceOf(UniqueViolation);
    expect(await rejection(scene.given({ orderKey: 'null' }))).toBeInstanceOf(UniqueViolation);
  });

  test('metadata that is left out is kept as none', async () => {
    const scene = new Scene(quiet());
    const { invoiceNumber } = await scene.given({ metadata: undefined });
    expect(await scene.store.find(invoiceNumber)).toMatchObject({ metadata: null });
  });
});
