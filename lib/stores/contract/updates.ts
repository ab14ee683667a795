import assert from 'node:assert';
import { CHANGES, FULL } from './fields';
import { NOW, same, sameList, violates, type ContractGroup } from './scene';

/** Compare-and-set by version. */
export const updates: ContractGroup = {
  'returns what is now stored, one version further': async (scene) => {
    const record = await scene.given({ version: 7 });
    const patch = { status: 'failed', failureReason: 'Failed', updatedAt: NOW + 1 } as const;
    const changed = await scene.change(record, patch);
    same(changed, { ...record, ...patch, version: 8 });
    await scene.holds(changed);
  },

  'writes every field that can change, and can empty it again': async (scene) => {
    const record = await scene.given();
    const full = await scene.change(record, CHANGES);
    same(full, { ...record, ...CHANGES, version: 2 });
    await scene.holds(full);
    const emptied = await scene.change(full, { ...record, version: 2 });
    same(emptied, { ...record, version: 3 });
    await scene.holds(emptied);
  },

  'writes the same when told what the record was made from': async (scene) => {
    const record = await scene.given();
    const full = await scene.store.update({ ...record, ...CHANGES }, undefined, record);
    same(full, { ...record, ...CHANGES, version: 2 });
    await scene.holds({ ...record, ...CHANGES, version: 2 });
    const emptied = await scene.store.update({ ...record, version: 2 }, undefined, full);
    same(emptied, { ...record, version: 3 });
    await scene.holds({ ...record, version: 3 });
  },

  'writes everything when told of a record of another version': async (scene) => {
    const first = await scene.given();
    const second = await scene.change(first, CHANGES);
    const third = await scene.store.update({ ...first, version: second.version }, undefined, first);
    same(third, { ...first, version: 3 });
    await scene.holds({ ...first, version: 3 });
  },

  'keeps what it was given at the beginning through every update': async (scene) => {
    const full = await scene.given(FULL);
    const later = await scene.change(full, { status: 'paid', updatedAt: NOW + 9, history: [] });
    await scene.holds({ ...full, status: 'paid', updatedAt: NOW + 9, history: [], version: 8 });
    await scene.holds(later);
  },

  'counts one version for each update': async (scene) => {
    let record = await scene.given();
    for (let asks = 1; asks <= 20; asks++) record = await scene.change(record, { asks });
    assert.strictEqual(record.version, 21);
    await scene.holds(record);
  },

  'updates a row even if nothing in it is different': async (scene) => {
    const record = await scene.given();
    const again = await scene.change(record, {});
    same(again, { ...record, version: 2 });
    assert.strictEqual(await scene.store.update(record), undefined);
    await scene.holds(again);
  },

  'loses an update made from an older version, and changes nothing': async (scene) => {
    const first = await scene.given();
    const second = await scene.change(first, { traceNumber: 'second' });
    assert.strictEqual(await scene.store.update({ ...first, traceNumber: 'stale' }), undefined);
    await scene.holds(second);
  },

  'loses an update made from a version that is not there yet': async (scene) => {
    const record = await scene.given();
    for (const version of [0, 2, 3, 1_000]) {
      assert.strictEqual(await scene.store.update({ ...record, version, asks: 9 }), undefined);
    }
    await scene.holds(record);
  },

  'loses an update of a row that is not there, and does not make one': async (scene) => {
    const nobody = scene.record({ dueAt: 1, status: 'review' });
    assert.strictEqual(await scene.store.update(nobody), undefined);
    assert.strictEqual(await scene.store.find(nobody.invoiceNumber), undefined);
    sameList(await scene.store.due(scene.account, NOW, 10), []);
  },

  'changes no other row, not even of the same order': async (scene) => {
    const others = await scene.givenMany(3, () => ({ orderId: 'one order', dueAt: NOW }));
    const record = await scene.given({ orderId: 'one order', dueAt: NOW });
    await scene.change(record, CHANGES);
    await scene.holds(...others);
  },

  'takes no key with a lost update': async (scene) => {
    const record = await scene.given();
    const moved = await scene.change(record, { asks: 1 });
    const stale = { ...record, referenceNumber: 'receipt', orderKey: 'order' };
    assert.strictEqual(await scene.store.update(stale), undefined);
    await scene.holds(moved, await scene.given({ referenceNumber: 'receipt', orderKey: 'order' }));
  },

  'can go on with a row after a refused update': async (scene) => {
    await scene.given({ referenceNumber: 'taken' });
    const record = await scene.given();
    for (let round = 0; round < 5; round++) {
      await violates(scene.store.update({ ...record, referenceNumber: 'taken' }));
    }
    await scene.holds(await scene.change(record, { referenceNumber: 'free' }));
  },
};
