import type { PaymentRecord } from '../../core/record';
import { full } from './fields';
import { changed, NOW, same, type ContractGroup, type Scene } from './scene';

/** Records go in and come out as values. */
export const copies: ContractGroup = {
  'a record changed after insert changes nothing in the store': async (scene) => {
    const record = await given(scene);
    const asItWas = structuredClone(record);
    spoil(record);
    await scene.holds(asItWas);
  },

  'a record changed after update changes nothing in the store': async (scene) => {
    const record = await given(scene);
    const handedIn = changed(structuredClone(record), { verifyAttempts: 5, history: [...record.history] });
    const asItWas = structuredClone(handedIn);
    await scene.store.update(handedIn, record);
    spoil(handedIn);
    await scene.holds(asItWas);
  },

  'update and insert leave the records they were given as they were': async (scene) => {
    const record = await given(scene);
    const [next, before] = [changed(record, { verifyAttempts: 5 }), structuredClone(record)];
    const asItWas = structuredClone(next);
    await scene.store.update(next, record);
    same([next, record], [asItWas, before]);
  },

  'what find and the lists return can be changed without changing the store': async (scene) => {
    const record = await given(scene);
    const { store, account } = scene;
    const reads = [
      async () => [await store.find(record.invoiceNumber)],
      () => store.findByOrder(account, record.orderId),
      () => scene.due(record.dueAt ?? NOW),
      () => store.inReview(account, 10),
    ];
    for (const read of reads) {
      for (const found of await read()) if (found) spoil(found);
      await scene.holds(record);
    }
  },
};

async function given(scene: Scene): Promise<PaymentRecord> {
  const record = scene.record(full(scene));
  await scene.store.insert(record);
  return record;
}

/** Changes a record everywhere, at the surface and inside. */
function spoil(record: PaymentRecord): void {
  for (const entry of record.history) {
    entry.by = 'spoilt';
    if (entry.data) entry.data['text'] = 'spoilt';
  }
  for (const item of record.settlement ?? []) item.amount = 1;
  Object.assign(record.metadata ?? {}, { spoilt: true });
  record.history.push({ at: 0, status: 'paid', event: 'noted' });
  record.settlement?.push({ iban: 'spoilt', amount: 1 });
  Object.assign(record, { status: 'paid', amount: 1, version: 99, receiptKey: 'spoilt', dueAt: null });
}
