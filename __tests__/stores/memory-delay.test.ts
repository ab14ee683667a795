import { Scene } from '../../lib/stores/contract/scene';
import { MemoryPaymentStore } from '../../lib/stores/memory';

test('MemoryPaymentStore sweeps among a hundred thousand payments without delay', async () => {
  const scene = new Scene(new MemoryPaymentStore({ quiet: true }));
  await scene.givenMany(100_000, (index) => ({ dueAt: index % 100 === 0 ? index : 10 ** 9 + index }));
  const start = performance.now();
  for (let round = 0; round < 10; round++) {
    expect(await scene.store.due(scene.account, 10 ** 6, 50)).toHaveLength(50);
  }
  expect((performance.now() - start) / 10).toBeLessThan(250);
}, 60_000);
