import { fork } from 'node:child_process';
import cluster from 'node:cluster';
import { once } from 'node:events';
import { join } from 'node:path';
import { paymentStoreContract } from '../../lib/stores/contract';
import { Scene } from '../../lib/stores/contract/scene';
import { MemoryPaymentStore } from '../../lib/stores/memory';

const quiet = (): MemoryPaymentStore => new MemoryPaymentStore({ quiet: true });

describe('MemoryPaymentStore keeps the contract', () => {
  const contract = paymentStoreContract(() => ({ store: quiet() }), { transactions: false });
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

  test('sweeps among a hundred thousand payments without delay', async () => {
    const scene = new Scene(quiet());
    await scene.givenMany(100_000, (index) => ({ dueAt: index % 100 === 0 ? index : 10 ** 9 + index }));
    const start = performance.now();
    for (let round = 0; round < 10; round++) {
      expect(await scene.store.due(scene.account, 10 ** 6, 50)).toHaveLength(50);
    }
    expect((performance.now() - start) / 10).toBeLessThan(250);
  }, 60_000);
});
