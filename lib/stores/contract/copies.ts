import type { PaymentRecord } from '../../payment';
import { FULL } from './fields';
import { NOW, same, type ContractGroup, type Scene } from './scene';

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
    const handedIn = { ...structuredClone(record), asks: 5 };
    await scene.store.update(handedIn);
    const asItWas = { ...structuredClone(handedIn), version: handedIn.version + 1 };
    spoil(handedIn);
    await scene.holds(asItWas);
  },

  'update and insert leave the record they were given as it was': async (scene) => {
    const record = await given(scene);
    const before = structuredClone(record);
    await scene.store.update(record);
    same(record, before);
  },

  'what update returns can be changed without changing the store': async (scene) => {
    const returned = await scene.change(await given(scene), { asks: 5 });
    const asItWas = structuredClone(returned);
    spoil(returned);
    await scene.holds(asItWas);
  },

  'what find and the lists return can be changed without changing the store': async (scene) => {
    const record = await given(scene);
    const { store, account } = scene;
    const reads = [
      async () => [await store.find(record.invoiceNumber)],
      () => store.findByOrder(account, record.orderId),
      () => store.due(account, record.dueAt ?? NOW, 10),
      () => store.inReview(account, 10),
    ];
    for (const read of reads) {
      for (const found of await read()) if (found) spoil(found);
      await scene.holds(record);
    }
  },
};

async function given(scene: Scene): Promise<PaymentRecord> {
  const record = scene.record(structuredClone(FULL));
  await scene.store.insert(record);
  return record;
}

/** Changes a record everywhere, at the surface and inside. */
function spoil(record: PaymentRecord): void {
  for (const line of record.history) line.note = 'spoilt';
  for (const item of record.settlement ?? []) item.amount = 1;
  Object.assign(record.metadata ?? {}, { spoilt: true });
  record.history.push({ at: 0, status: 'paid', note: 'spoilt' });
  record.settlement?.push({ iban: 'spoilt', amount: 1 });
  Object.assign(record, { status: 'paid', amount: 1, version: 99, referenceNumber: 'spoilt', dueAt: null });
}
