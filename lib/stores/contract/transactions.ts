import assert from 'node:assert';
import { NOW, onlyWinner, same, type ContractGroup, type Scene } from './scene';

/** For stores with `transaction`. Inside one, only updates are made that change no unique key. */
export const transactions: ContractGroup = {
  'transaction: commits, and returns what the work returned': async (scene) => {
    const record = await scene.given();
    const value = { any: 'value' };
    const returned = await begin(scene, async (tx) => {
      assert.ok(await scene.store.update({ ...record, appliedAt: NOW }, tx));
      return value;
    });
    assert.strictEqual(returned, value);
    await scene.holds({ ...record, appliedAt: NOW, version: 2 });
  },

  'transaction: an update in it returns the row one version further': async (scene) => {
    const record = await scene.given();
    const updated = await begin(scene, async (tx) => {
      const once = await scene.store.update({ ...record, asks: 1 }, tx);
      assert.strictEqual(once?.version, 2);
      return scene.store.update({ ...once, asks: 2 }, tx);
    });
    assert.deepStrictEqual([updated?.version, updated?.asks], [3, 2]);
    await scene.holds({ ...record, version: 3, asks: 2 });
  },

  'transaction: rolls back everything and throws the very error that the work threw': async (scene) => {
    const records = await scene.givenMany(2);
    const problem = new Error('the shop has a problem');
    const work = begin(scene, async (tx) => {
      for (const record of records) assert.ok(await scene.store.update({ ...record, appliedAt: NOW }, tx));
      throw problem;
    });
    await assert.rejects(work, (error) => error === problem);
    await scene.holds(...records);
  },

  'transaction: rolls back when the work throws before it awaits anything': async (scene) => {
    const problem = new Error('the shop has a problem');
    const work = begin(scene, () => {
      throw problem;
    });
    await assert.rejects(work, (error) => error === problem);
  },

  'transaction: rolls back when the work rejects with nothing': async (scene) => {
    const record = await scene.given();
    const refuse = (reject: () => void): void => reject();
    const work = begin(scene, async (tx) => {
      await scene.store.update({ ...record, appliedAt: NOW }, tx);
      return new Promise<void>((_, reject) => refuse(reject));
    });
    const outcome = await work.then(
      () => 'committed',
      () => 'rolled back',
    );
    assert.strictEqual(outcome, 'rolled back');
    await scene.holds(record);
  },

  'transaction: nobody outside sees an update that is rolled back later': async (scene) => {
    const record = await scene.given({ dueAt: NOW });
    const reads: Promise<unknown>[] = [];
    const work = begin(scene, async (tx) => {
      await scene.store.update({ ...record, dueAt: null, appliedAt: NOW }, tx);
      reads.push(scene.store.find(record.invoiceNumber), scene.store.due(scene.account, NOW, 10));
      throw new Error('changed my mind');
    });
    await assert.rejects(work);
    same(await Promise.all(reads), [record, [record]]);
  },

  'transaction: an update lost in it returns undefined, and the rest can be committed': async (scene) => {
    const [stale, fresh] = [await scene.given(), await scene.given()];
    const moved = await scene.change(stale, { asks: 1 });
    await begin(scene, async (tx) => {
      assert.strictEqual(await scene.store.update({ ...stale, asks: 2 }, tx), undefined);
      assert.ok(await scene.store.update({ ...fresh, asks: 3 }, tx));
    });
    await scene.holds(moved, { ...fresh, asks: 3, version: 2 });
  },

  'transaction: of transactions racing from one version exactly one takes effect': async (scene) => {
    for (let round = 0; round < 5; round++) {
      const record = await scene.given();
      const attempts = Array.from({ length: 8 }, (_, index) =>
        begin(scene, (tx) => scene.store.update({ ...record, asks: index }, tx)),
      );
      const winner = await onlyWinner(attempts, (outcome) => outcome.status === 'rejected' || !outcome.value);
      await scene.holds(winner);
    }
  },

  'transaction: many at once on rows of their own all commit': async (scene) => {
    const records = await scene.givenMany(60);
    const updated = await Promise.all(
      records.map((record) => begin(scene, (tx) => scene.store.update({ ...record, appliedAt: NOW }, tx))),
    );
    await scene.holds(...records.map((record) => ({ ...record, appliedAt: NOW, version: 2 })));
    assert.strictEqual(updated.filter(Boolean).length, 60);
  },

  'transaction: failed ones leave nothing held': async (scene) => {
    const record = await scene.given();
    for (let round = 0; round < 40; round++) {
      const work = begin(scene, async (tx) => {
        await scene.store.update({ ...record, asks: 9 }, tx);
        throw new Error('no');
      });
      await assert.rejects(work);
    }
    await scene.holds(await scene.change(record, { asks: 1 }));
  },
};

/** For stores that say they have none. */
export const withoutTransactions: ContractGroup = {
  'has no transaction, as it says': (scene) => {
    assert.ok(!('transaction' in scene.store), 'the store has one: let the suite try it');
    return Promise.resolve();
  },
};

/** Starts a transaction of the store under test. */
function begin<T>({ store }: Scene, work: (tx: unknown) => Promise<T>): Promise<T> {
  const running = store.transaction?.(work);
  assert.ok(running, 'the store has no transaction: pass { transactions: false } if that is meant');
  return running;
}
