import assert from 'node:assert';
import { CHANGES, full } from './fields';
import { changed, NOW, sameList, violates, type ContractGroup } from './scene';

/** Compare-and-set by version. */
export const updates: ContractGroup = {
  'writes every field that can change, and can empty it again': async (scene) => {
    const record = await scene.given();
    const changes = await scene.change(record, { ...CHANGES, receiptKey: scene.receipt('r') });
    await scene.holds(changes);
    await scene.holds(await scene.change(changes, { ...record, version: 8 }));
  },

  'keeps what it was given at the beginning through every update': async (scene) => {
    const record = await scene.given(full(scene));
    await scene.holds(await scene.change(record, { status: 'paid', updatedAt: NOW + 9, history: [] }));
  },

  'answers with true or false': async (scene) => {
    const record = await scene.given();
    assert.strictEqual(await scene.store.update(changed(record, {}), record), true);
    assert.strictEqual(await scene.store.update(changed(record, {}), record), false);
  },

  'writes the version that it is given: greater, smaller, up to 2^48': async (scene) => {
    let record = await scene.given({ version: 1_000 });
    for (const version of [7, 2 ** 48 - 1, 0, 2 ** 31, 8, 9]) {
      record = await scene.change(record, { version });
      await scene.holds(record);
    }
  },

  'updates a row even if only the version is different': async (scene) => {
    const record = await scene.given();
    const again = await scene.change(record, {});
    await scene.loses(record);
    await scene.holds(again);
  },

  'loses an update made from another version, and changes nothing': async (scene) => {
    const first = await scene.given({ version: 50 });
    const second = await scene.change(first, { traceNumber: 'second', version: 40 });
    for (const version of [0, 39, 41, 50, 51, 2 ** 48 - 1]) {
      await scene.loses({ ...first, version }, { traceNumber: 'stale' });
    }
    await scene.holds(second);
  },

  'loses an update whose new version is the stored one': async (scene) => {
    const record = await scene.given({ version: 50 });
    await scene.loses({ ...record, version: 40 }, { version: 50, traceNumber: 'stale' });
    await scene.holds(record);
  },

  'loses an update of a row that is not there, and does not make one': async (scene) => {
    const unknown = scene.record({ dueAt: 1, status: 'review' });
    await scene.loses(unknown);
    assert.strictEqual(await scene.store.find(unknown.invoiceNumber), undefined);
    sameList(await scene.due(), []);
  },

  'changes no other row, not even of the same order': async (scene) => {
    const others = await scene.givenMany(3, () => ({ orderId: 'one order', dueAt: NOW }));
    const record = await scene.given({ orderId: 'one order', dueAt: NOW });
    await scene.change(record, { ...CHANGES, receiptKey: scene.receipt('r') });
    await scene.holds(...others);
  },

  'takes no key with a lost update': async (scene) => {
    const record = await scene.given();
    const moved = await scene.change(record, { verifyAttempts: 1 });
    const keys = { receiptKey: scene.receipt('r'), orderKey: 'order' };
    await scene.loses(record, keys);
    await scene.holds(moved, await scene.given(keys));
  },

  'can go on with a row after a refused update': async (scene) => {
    const taken = { receiptKey: scene.receipt('taken') };
    await scene.given(taken);
    const record = await scene.given();
    for (let round = 0; round < 5; round++) {
      await violates(scene.store.update(changed(record, taken), record));
    }
    await scene.holds(await scene.change(record, { receiptKey: scene.receipt('free') }));
  },

  'updates a row that is free without waiting': async (scene) => {
    const record = await scene.given();
    const next = changed(record, { leaseUntil: NOW });
    assert.strictEqual(await scene.store.update(next, record, { wait: false }), true);
    await scene.holds(next);
    const late = changed(record, { leaseUntil: NOW + 1 });
    assert.strictEqual(await scene.store.update(late, record, { wait: false }), false);
    await scene.holds(next);
  },

  'refuses a taken key without waiting': async (scene) => {
    const taken = { receiptKey: scene.receipt('taken') };
    await scene.given(taken);
    const record = await scene.given();
    await violates(scene.store.update(changed(record, taken), record, { wait: false }));
    await scene.holds(record);
  },
};
