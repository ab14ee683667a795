import assert from 'node:assert';
import { invoices, NOW, rejectsWith, type ContractGroup } from './scene';

/** For stores whose test can spoil a row: one row that cannot be read stops nothing but itself. */
export const unreadable: ContractGroup = {
  'unreadable row: due names it, leaves it out and gives those behind it': async (scene) => {
    const [first, second, third] = await scene.givenMany(3, (index) => ({ dueAt: NOW - 10 + index }));
    const spoilt = second?.invoiceNumber ?? '';
    await scene.powers.spoil?.(spoilt);
    const named: string[] = [];
    const onUnreadable = (invoiceNumber: string, error: Error): void => {
      assert.ok(error instanceof Error);
      named.push(invoiceNumber);
    };
    const due = await scene.due(NOW, { limit: 2, onUnreadable });
    assert.deepStrictEqual(invoices(due), [first?.invoiceNumber, third?.invoiceNumber]);
    assert.deepStrictEqual(named, [spoilt]);
  },

  'unreadable row: find names it': async (scene) => {
    const { invoiceNumber } = await scene.given();
    await scene.powers.spoil?.(invoiceNumber);
    const error = await rejectsWith('ERR_ATIPAY_STORE', scene.store.find(invoiceNumber));
    assert.ok(error.message.includes(invoiceNumber), error.message);
  },

  'unreadable row: findByOrder does not leave it out silently': async (scene) => {
    const { invoiceNumber, orderId } = await scene.given();
    await scene.powers.spoil?.(invoiceNumber);
    const read = scene.store.findByOrder(scene.account, orderId);
    const error = await rejectsWith('ERR_ATIPAY_STORE', read);
    assert.ok(error.message.includes(invoiceNumber), error.message);
  },
};
