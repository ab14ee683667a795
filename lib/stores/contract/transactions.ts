import assert from 'node:assert';
import type { PaymentRecord } from '../../core/record';
import { changed, NOW, onlyWinner, rejectsWith, same, type ContractGroup, type Scene } from './scene';

/** For stores with `transaction`. Inside one, only updates are made that change no unique key. */
export const transactions: ContractGroup = {
  'transaction: commits, and returns what the work returned': async (scene) => {
    const record = await scene.given();
    const next = changed(record, { hookAppliedAt: NOW });
    const value = { any: 'value' };
    const returned = await begin(scene, async (tx) => {
      await write(scene, next, record, tx);
      return value;
    });
    assert.strictEqual(returned, value);
    await scene.holds(next);
  },

  'transaction: an update in it can be followed by another': async (scene) => {
    const record = await scene.given();
    const [once, twice] = [changed(record, { hookAttempts: 1 }), changed(record, { hookAttempts: 2 })];
    await begin(scene, async (tx) => {
      await write(scene, once, record, tx);
      await write(scene, twice, once, tx);
    });
    await scene.holds(twice);
  },

  'transaction: reads in it see its own writes': async (scene) => {
    const record = await scene.given();
    const next = changed(record, { hookAttempts: 1 });
    await begin(scene, async (tx) => {
      await write(scene, next, record, tx);
      same(await scene.store.find(record.invoiceNumber, tx), next);
      same(await scene.store.findByOrder(scene.account, record.orderId, { tx, limit: 1 }), [next]);
    });
  },

  'transaction: rolls back everything and throws the very error that the work threw': async (scene) => {
    const records = await scene.givenMany(2);
    const problem = new Error('the shop has a problem');
    const work = begin(scene, async (tx) => {
      for (const record of records) {
        await write(scene, changed(record, { hookAppliedAt: NOW }), record, tx);
      }
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
      await write(scene, changed(record, { hookAppliedAt: NOW }), record, tx);
      return new Promise<void>((_, reject) => refuse(reject));
    });
    const outcome = await work.then(
      () => 'committed',
      () => 'rolled back',
    );
    assert.strictEqual(outcome, 'rolled back');
    await scene.holds(record);
  },

  'transaction: an update that is rolled back later is not seen outside': async (scene) => {
    const record = await scene.given({ dueAt: NOW });
    const reads: Promise<unknown>[] = [];
    const work = begin(scene, async (tx) => {
      await write(scene, changed(record, { dueAt: null, hookAppliedAt: NOW }), record, tx);
      reads.push(scene.store.find(record.invoiceNumber), scene.due());
      throw new Error('changed my mind');
    });
    await assert.rejects(work);
    same(await Promise.all(reads), [record, [record]]);
  },

  'transaction: a write outside of it survives its rollback': async (scene) => {
    const [inside, outside] = [await scene.given(), await scene.given()];
    const [added, next] = [scene.record(), changed(outside, { traceNumber: 'outside' })];
    const writes: Promise<unknown>[] = [];
    const work = begin(scene, async (tx) => {
      await write(scene, changed(inside, { hookAppliedAt: NOW }), inside, tx);
      writes.push(scene.store.insert(added), scene.store.update(next, outside));
      // A store with one connection makes the writes wait: give them the time to be sent.
      await scene.store.find(inside.invoiceNumber, tx);
      throw new Error('changed my mind');
    });
    await assert.rejects(work);
    assert.deepStrictEqual(await Promise.all(writes), [undefined, true]);
    await scene.holds(inside, added, next);
  },

  'transaction: an update lost in it resolves with false, and the rest can be committed': async (scene) => {
    const [stale, fresh] = [await scene.given(), await scene.given()];
    const moved = await scene.change(stale, { hookAttempts: 1 });
    const next = changed(fresh, { hookAttempts: 3 });
    await begin(scene, async (tx) => {
      const lost = changed(stale, { hookAttempts: 2 });
      assert.strictEqual(await scene.store.update(lost, stale, { tx }), false);
      await write(scene, next, fresh, tx);
    });
    await scene.holds(moved, next);
  },

  'transaction: of transactions racing from one version exactly one takes effect': async (scene) => {
    for (let round = 0; round < 5; round++) {
      const record = await scene.given();
      const racers = Array.from({ length: 8 }, (_, index) => changed(record, { hookAttempts: index }));
      const attempts = racers.map((racer) => begin(scene, (tx) => scene.store.update(racer, record, { tx })));
      const winner = await onlyWinner(
        attempts,
        (outcome) => outcome.status === 'rejected' || outcome.value === false,
      );
      await scene.holds(...racers.slice(winner, winner + 1));
    }
  },

  'transaction: many at once on rows of their own all commit': async (scene) => {
    const records = await scene.givenMany(60);
    const nexts = records.map((record) => changed(record, { hookAppliedAt: NOW }));
    await Promise.all(
      records.map((record, index) => begin(scene, (tx) => write(scene, nexts[index] ?? record, record, tx))),
    );
    await scene.holds(...nexts);
  },

  'transaction: failed ones leave nothing held': async (scene) => {
    const record = await scene.given();
    for (let round = 0; round < 40; round++) {
      const work = begin(scene, async (tx) => {
        await write(scene, changed(record, { hookAttempts: 9 }), record, tx);
        throw new Error('no');
      });
      await assert.rejects(work);
    }
    await scene.holds(await scene.change(record, { hookAttempts: 1 }));
  },

  'transaction: an update that does not wait is refused at once by a row that is held': async (scene) => {
    const record = await scene.given();
    const held = changed(record, { hookAttempts: 1 });
    await begin(scene, async (tx) => {
      await write(scene, held, record, tx);
      const impatient = scene.store.update(changed(record, { hookAttempts: 2 }), record, { wait: false });
      await rejectsWith('ERR_ATIPAY_STORE_LOCKED', impatient);
    });
    await scene.holds(held);
  },
};

/** For stores whose test can have the database end a transaction. */
export const endings: ContractGroup = {
  'transaction: ends with a statement that ends it, even if the work catches the error': async (scene) => {
    const record = await scene.given();
    const work = begin(scene, async (tx) => {
      await write(scene, changed(record, { hookAppliedAt: NOW }), record, tx);
      await scene.powers.endTransaction?.(tx);
      return 'all is well';
    });
    await assert.rejects(work);
    await scene.holds(record);
  },

  'transaction: statements after one that ends it have no effect': async (scene) => {
    const [record, later] = [await scene.given(), await scene.given()];
    const work = begin(scene, async (tx) => {
      await write(scene, changed(record, { hookAppliedAt: NOW }), record, tx);
      await scene.powers.endTransaction?.(tx);
      await scene.store
        .update(changed(later, { traceNumber: 'later' }), later, { tx })
        .catch(() => undefined);
      return 'all is well';
    });
    await assert.rejects(work);
    await scene.holds(record, later);
    await scene.holds(await scene.change(later, { traceNumber: 'afterwards' }));
  },
};

/** For stores that say they have none. */
export const withoutTransactions: ContractGroup = {
  'has no transaction, as it says': (scene) => {
    assert.ok(!('transaction' in scene.store), 'the store has one: let the suite try it');
    return Promise.resolve();
  },
};

async function write(scene: Scene, next: PaymentRecord, read: PaymentRecord, tx: unknown): Promise<void> {
  assert.strictEqual(
    await scene.store.update(next, read, { tx }),
    true,
    'an update of the stored version was lost',
  );
}

/** Starts a transaction of the store under test. */
function begin<T>({ store }: Scene, work: (tx: unknown) => Promise<T>): Promise<T> {
  const running = store.transaction?.(work);
  assert.ok(running, 'the store has no transaction: pass { transactions: false } if that is meant');
  return running;
}
