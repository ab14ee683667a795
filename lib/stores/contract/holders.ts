import type { PaymentRecord } from '../../core/record';
import type { RecordWithHolder } from '../store';
import { full } from './fields';
import { same, type ContractGroup, type Scene } from './scene';

/** For stores with `findWithHolder`. */
export const holders: ContractGroup = {
  'findWithHolder: gives the whole record, and the status of the payment that holds its order': async (
    scene,
  ) => {
    for (const status of ['verifying', 'paid', 'review'] as const) {
      const orderId = `order ${status}`;
      const receiptKey = scene.receipt(status);
      const record = await scene.given(full(scene, { orderId, orderKey: null, receiptKey }));
      await scene.given({ orderId, status: 'failed' });
      const holder = await scene.given({ orderId, orderKey: orderId, status });
      same(await find(scene, record), { record, holder: status });
      same(await find(scene, holder), { record: holder, holder: status });
    }
  },

  'findWithHolder: gives null where no payment holds the order': async (scene) => {
    const record = await scene.given({ orderId: 'order a' });
    await scene.given({ orderId: 'order a', status: 'failed' });
    for (const orderKey of ['order A', 'order a ', 'order', 'order b']) {
      await scene.given({ orderId: orderKey, orderKey, status: 'paid' });
    }
    const account = `${scene.account} 2`;
    await scene.given({ account, orderId: 'order a', orderKey: 'order a', status: 'paid' });
    same(await find(scene, record), { record, holder: null });
  },

  'findWithHolder: follows every update of the holder': async (scene) => {
    const orderId = 'order';
    const record = await scene.given({ orderId });
    let holder = await scene.given({ orderId });
    for (const [status, orderKey] of [
      ['verifying', orderId],
      ['review', orderId],
      ['failed', null],
      ['paid', orderId],
    ] as const) {
      holder = await scene.change(holder, { status, orderKey });
      same(await find(scene, record), { record, holder: orderKey === null ? null : status });
    }
  },

  'findWithHolder: finds nothing under an invoice number that was never stored': async (scene) => {
    const record = scene.record();
    await scene.given({ orderId: record.orderId, orderKey: record.orderId, status: 'paid' });
    same(await find(scene, record), undefined);
  },
};

function find({ store }: Scene, { invoiceNumber }: PaymentRecord): Promise<RecordWithHolder | undefined> {
  if (!store.findWithHolder) throw new Error('The test declares findWithHolder, and the store has none.');
  return store.findWithHolder(invoiceNumber);
}
