import assert from 'node:assert';
import type { PaymentRecord } from '../../core/record';
import { changed, isLost, isRefused, onlyWinner, type ContractGroup, type Scene } from './scene';

/** Many writers at once: each write wins or learns that it lost. */
export const races: ContractGroup = {
  'of updates racing from one version exactly one wins': async (scene) => {
    for (let round = 0; round < 5; round++) {
      const record = await scene.given();
      const racers = times(20, (index) => changed(record, { traceNumber: `racer ${index}` }));
      const winner = await onlyWinner(
        racers.map((racer) => scene.store.update(racer, record)),
        isLost,
      );
      await scene.holds(...racers.slice(winner, winner + 1));
    }
  },

  'of inserts racing for one invoice number exactly one wins': async (scene) => {
    const record = scene.record();
    await raceToInsert(scene, (index) => ({ ...record, description: `racer ${index}` }));
  },

  'of inserts racing for one receipt exactly one wins': (scene) =>
    raceToInsert(scene, () => scene.record({ receiptKey: scene.receipt('one') })),

  'of payments racing for one receipt exactly one gets it': (scene) =>
    raceForKey(scene, () => ({ receiptKey: scene.receipt('one') })),

  'of payments racing for one order exactly one gets it': (scene) =>
    raceForKey(scene, (index) => ({ receiptKey: scene.receipt(`${index}`), orderKey: 'one order' })),

  'loses no step when writers read, add one and try again': async (scene) => {
    const { invoiceNumber } = await scene.given();
    await Promise.all(times(8, () => addTen(scene, invoiceNumber)));
    const end = await scene.store.find(invoiceNumber);
    assert.strictEqual(end?.verifyAttempts, 80);
  },
};

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

export async function inserted(scene: Scene, record: PaymentRecord): Promise<void> {
  await scene.store.insert(record);
}

async function raceToInsert(scene: Scene, racer: (index: number) => PaymentRecord): Promise<void> {
  const racers = times(20, racer);
  const winner = await onlyWinner(
    racers.map((record) => inserted(scene, record)),
    isRefused,
  );
  await scene.holds(...racers.slice(winner, winner + 1));
}

async function raceForKey(scene: Scene, keys: (index: number) => Partial<PaymentRecord>): Promise<void> {
  const records = await scene.givenMany(20);
  const racers = records.map((record, index) => changed(record, keys(index)));
  const winner = await onlyWinner(
    records.map((record, index) => scene.store.update(racers[index] ?? record, record)),
    isRefused,
  );
  await scene.holds(
    ...records.map((record, index) => (index === winner ? (racers[index] ?? record) : record)),
  );
}

async function addTen(scene: Scene, invoiceNumber: string): Promise<void> {
  let added = 0;
  for (let tries = 0; added < 10; tries++) {
    assert.ok(tries < 1_000, 'an update from the version that was just read is lost again and again');
    const read = await scene.store.find(invoiceNumber);
    assert.ok(read);
    const next = changed(read, { verifyAttempts: read.verifyAttempts + 1 });
    if (await scene.store.update(next, read)) added++;
  }
}
