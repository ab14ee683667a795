import assert from 'node:assert';
import type { PaymentRecord } from '../../payment';
import { isLost, isRefused, NOW, onlyWinner, type ContractGroup, type Scene } from './scene';

const CLAIMS = 1_200;

/** Many writers at once: each write wins or is told that it lost. */
export const races: ContractGroup = {
  'of updates racing from one version exactly one wins': async (scene) => {
    for (let round = 0; round < 5; round++) {
      const record = await scene.given();
      const attempts = times(20, (index) => scene.store.update({ ...record, traceNumber: `racer ${index}` }));
      const winner = await onlyWinner(attempts, isLost);
      assert.strictEqual(winner.version, 2);
      await scene.holds(winner);
    }
  },

  'of inserts racing for one invoice number exactly one wins': async (scene) => {
    const record = scene.record();
    const attempts = times(20, (index) => inserted(scene, { ...record, description: `racer ${index}` }));
    await scene.holds(await onlyWinner(attempts, isRefused));
  },

  'of payments racing for one receipt exactly one gets it': (scene) =>
    raceForKey(scene, () => ({ referenceNumber: 'one receipt' })),

  'of payments racing for one order exactly one gets it': (scene) =>
    raceForKey(scene, (index) => ({ referenceNumber: `receipt ${index}`, orderKey: 'one order' })),

  'of inserts racing for one receipt exactly one wins': async (scene) => {
    const attempts = times(20, () => inserted(scene, scene.record({ referenceNumber: 'one receipt' })));
    await scene.holds(await onlyWinner(attempts, isRefused));
  },

  'loses no step when writers read, add one and try again': async (scene) => {
    const { invoiceNumber } = await scene.given();
    await Promise.all(times(8, () => addTen(scene, invoiceNumber)));
    const end = await scene.store.find(invoiceNumber);
    assert.deepStrictEqual({ asks: end?.asks, version: end?.version }, { asks: 80, version: 81 });
  },

  'takes 1,200 claims at once without a lost or failed one': async (scene) => {
    const records = await scene.givenMany(CLAIMS, () => ({ dueAt: NOW }));
    const claimed = await Promise.all(records.map((record) => scene.change(record, claim(record))));
    await Promise.all(claimed.map((record) => scene.holds(record)));
    assert.strictEqual((await scene.store.due(scene.account, NOW, CLAIMS)).length, 0);
    assert.strictEqual((await scene.store.due(scene.account, NOW + 1, 2 * CLAIMS)).length, CLAIMS);
  },

  'takes inserts and claims at once, each order claimed by one of its four payments': async (scene) => {
    const records = await scene.givenMany(400, (index) => ({ orderId: `order ${index % 100}` }));
    const outcomes = await Promise.allSettled(
      records.flatMap((record) => [
        scene.store.update({ ...record, ...claim(record) }),
        inserted(scene, scene.record()),
      ]),
    );
    const count = (is: (outcome: PromiseSettledResult<unknown>) => boolean): number =>
      outcomes.filter(is).length;
    assert.deepStrictEqual(
      { done: count(isDone), lost: count(isLost), refused: count(isRefused) },
      { done: 500, lost: 0, refused: 300 },
    );
  },
};

const isDone = (outcome: PromiseSettledResult<unknown>): boolean =>
  outcome.status === 'fulfilled' && outcome.value !== undefined;

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function claim({ invoiceNumber, orderId }: PaymentRecord): Partial<PaymentRecord> {
  return {
    status: 'verifying',
    referenceNumber: `receipt of ${invoiceNumber}`,
    orderKey: orderId,
    asks: 1,
    dueAt: NOW + 1,
    updatedAt: NOW + 1,
  };
}

async function inserted(scene: Scene, record: PaymentRecord): Promise<PaymentRecord> {
  await scene.store.insert(record);
  return record;
}

async function raceForKey(scene: Scene, keys: (index: number) => Partial<PaymentRecord>): Promise<void> {
  const records = await scene.givenMany(20);
  const attempts = records.map((record, index) => scene.store.update({ ...record, ...keys(index) }));
  const winner = await onlyWinner(attempts, isRefused);
  await scene.holds(winner, ...records.filter(({ invoiceNumber }) => invoiceNumber !== winner.invoiceNumber));
}

async function addTen(scene: Scene, invoiceNumber: string): Promise<void> {
  let added = 0;
  for (let tries = 0; added < 10; tries++) {
    assert.ok(tries < 1_000, 'an update from the version that was just read is lost again and again');
    const record = await scene.store.find(invoiceNumber);
    assert.ok(record);
    if (await scene.store.update({ ...record, asks: record.asks + 1 })) added++;
  }
}
