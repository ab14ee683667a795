import assert from 'node:assert';
import type { PaymentRecord } from '../../core/record';
import { changed, NOW, sameList, violates, type ContractGroup, type Scene } from './scene';

/** Pairs that some collation or comparison somewhere takes for one key. */
const NEARLY_THE_SAME: [string, string][] = [
  ['AbC/1', 'aBc/1'],
  ['key', 'key '],
  ['key', ' key'],
  ['key', 'key\t'],
  ['e\u0301', 'é'],
  ['e', 'é'],
  ['ss', 'ß'],
  ['یک', 'يك'],
  ['۱۲', '12'],
  ['نیم\u200cفاصله', 'نیمفاصله'],
  ['👟', '👞'],
  ['a', 'ａ'],
  ['1', '01'],
  ['1', '1.0'],
  ['1e3', '1000'],
  ['a\\', 'a'],
  ['', ' '],
];

type Key = 'receiptKey' | 'orderKey';
const KEYS: Key[] = ['receiptKey', 'orderKey'];

/** A receipt belongs to one case: it is unique in the whole table. An order key needs no more than the account. */
const both = (scene: Scene, name: string): Pick<PaymentRecord, Key> => ({
  receiptKey: scene.receipt(name),
  orderKey: name,
});

/** Invoice number; receipt; account + order key. */
export const keys: ContractGroup = {
  'refuses an invoice number that is taken, and keeps the record that has it': async (scene) => {
    const first = await scene.given({ description: 'first' });
    await violates(scene.store.insert({ ...first, description: 'second' }));
    await violates(scene.store.insert({ ...first, account: `${scene.account} 2`, orderId: 'another' }));
    await scene.holds(first);
    sameList(await scene.store.findByOrder(`${scene.account} 2`, 'another'), []);
  },

  'refuses to insert a receipt or an order key that is taken': async (scene) => {
    for (const key of KEYS) {
      const taken = { [key]: both(scene, 'taken')[key] };
      const holder = await scene.given(taken);
      const late = scene.record(taken);
      await violates(scene.store.insert(late));
      assert.strictEqual(await scene.store.find(late.invoiceNumber), undefined);
      await scene.holds(holder);
    }
  },

  'refuses to update to a receipt or an order key that is taken, and changes nothing': async (scene) => {
    for (const key of KEYS) {
      const [taken, free] = [both(scene, 'taken')[key], both(scene, 'free')[key]];
      const holder = await scene.given({ [key]: taken });
      const late = await scene.given();
      const next = changed(late, { [key]: taken, traceNumber: 'after', status: 'verifying' });
      await violates(scene.store.update(next, late));
      await scene.holds(holder, late);
      await scene.holds(await scene.change(late, { [key]: free }));
    }
  },

  'refuses an update as a whole when one of its two keys is taken': async (scene) => {
    const [taken, other] = [both(scene, 'taken'), both(scene, 'other')];
    await scene.given(taken);
    const late = await scene.given();
    for (const keys of [
      { ...other, receiptKey: taken.receiptKey },
      { ...other, orderKey: taken.orderKey },
    ]) {
      await violates(scene.store.update(changed(late, keys), late));
    }
    await scene.holds(late);
    await scene.given(other);
  },

  'takes a receipt once in the whole table, whatever the account': async (scene) => {
    const holder = await scene.given(both(scene, 'one'));
    for (const account of [`${scene.account} 2`, scene.account.toUpperCase()]) {
      await violates(scene.store.insert(scene.record({ account, receiptKey: holder.receiptKey })));
      const late = await scene.given({ account });
      await violates(scene.store.update(changed(late, { receiptKey: holder.receiptKey }), late));
      await scene.holds(late);
    }
    await scene.holds(holder);
  },

  'takes the same order key once in each account': async (scene) => {
    const same = { orderKey: 'order', orderId: 'order' };
    const here = await scene.given(same);
    const there = await scene.given({ ...same, account: `${scene.account} ` });
    const elsewhere = await scene.given({ ...same, account: scene.account.toUpperCase() });
    await scene.holds(here, there, elsewhere);
    sameList(await scene.store.findByOrder(there.account, 'order'), [there]);
  },

  'does not take an account and a key for another account and another key': async (scene) => {
    const records = [];
    for (const [tail, orderKey] of [
      ['a', 'bc'],
      ['ab', 'c'],
      ['a:b', 'c'],
      ['a', 'b:c'],
      ['a","b', 'c'],
    ] as const) {
      records.push(await scene.given({ account: scene.account + tail, orderKey }));
    }
    await scene.holds(...records);
  },

  'lets any number of payments have no receipt and no order key': async (scene) => {
    const records = await scene.givenMany(5, () => ({ orderId: 'one order' }));
    for (const record of records) await scene.change(record, { receiptKey: null, orderKey: null });
  },

  'lets payments have one form of a receipt, and goes by its key': async (scene) => {
    const form = { referenceNumber: scene.receipt('form') };
    await scene.holds(await scene.given(form), await scene.given(form));
  },

  'lets a payment keep its own receipt and order key': async (scene) => {
    const first = await scene.given(both(scene, 'mine'));
    await scene.holds(await scene.change(first, { traceNumber: 'again' }));
  },

  'gives a receipt and an order key free when their payment lets them go': async (scene) => {
    for (const key of KEYS) {
      const wanted = { [key]: both(scene, 'wanted')[key] };
      const holder = await scene.given(wanted);
      const heir = await scene.given();
      const released = await scene.change(holder, { [key]: null });
      const inherited = await scene.change(heir, wanted);
      await scene.holds(released, inherited);
      await violates(scene.store.update(changed(released, wanted), released));
    }
  },

  'compares receipts and order keys byte by byte': async (scene) => {
    for (const key of KEYS) {
      for (const [index, pair] of NEARLY_THE_SAME.entries()) {
        const account = `${scene.account} ${key} ${index}`;
        // The difference is at the end.
        const own = (tail: string): string => (key === 'orderKey' ? tail : scene.receipt(`${index}`) + tail);
        const first = await scene.given({ account, [key]: own(pair[0]) });
        const second = await scene.given({ account });
        await scene.holds(first, await scene.change(second, { [key]: own(pair[1]) }));
      }
    }
  },

  'compares invoice numbers byte by byte': async (scene) => {
    for (const pair of NEARLY_THE_SAME) {
      const stem = scene.record().invoiceNumber.slice(-16);
      const records: PaymentRecord[] = [];
      for (const tail of pair) records.push(await scene.given({ invoiceNumber: stem + tail }));
      await scene.holds(...records);
    }
  },

  'compares order ids byte by byte': async (scene) => {
    for (const pair of NEARLY_THE_SAME) {
      const account = `${scene.account} ${pair.join(' ')}`;
      for (const orderId of pair) {
        const record = await scene.given({ account, orderId });
        sameList(await scene.store.findByOrder(account, orderId), [record]);
      }
    }
  },

  'compares accounts byte by byte': async (scene) => {
    for (const pair of NEARLY_THE_SAME) {
      for (const tail of pair) {
        const account = `${scene.account} ${pair.join('/')} ${tail}`;
        const record = await scene.given({ account, orderId: 'o', status: 'review', dueAt: 1 });
        sameList(await scene.store.findByOrder(account, 'o'), [record]);
        sameList(await scene.due(NOW, { account }), [record]);
        sameList(await scene.store.inReview(account, 10), [record]);
      }
    }
  },
};
