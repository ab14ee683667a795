import { MemoryPaymentStore } from 'express-atipay';
import { exportPayments } from '../../lib/operator/export';
import { operatorOver } from '../../lib/operator/operator';
import { aRecord, NOW } from '../support/record';

/** One more than a page of a search. */
const PAYMENTS = 1_001;
const DAY = 24 * 3_600_000;

test('a payment that is given back again during an export keeps its row', async () => {
  const store = new MemoryPaymentStore({ quiet: true });
  for (let index = 0; index < PAYMENTS; index += 1) {
    const at = NOW + index;
    const data = { amount: 1_000, reference: `transfer-${index}`, text: 'damaged' };
    await store.insert(
      aRecord({
        invoiceNumber: String(10_000 + index),
        status: 'paid',
        dueAt: null,
        givenBack: 1_000,
        givenBackAt: at,
        history: [{ at, status: 'paid', event: 'gaveBack', by: 'Sara', data }],
      }),
    );
  }
  const rows = exportPayments(operatorOver(store, 'default'), { from: NOW, before: NOW + DAY }, 'en');
  let csv = '';
  let again = false;
  for await (const chunk of rows) {
    csv += String(chunk);
    if (again) continue;
    again = true;
    const oldest = await store.find('10000');
    if (oldest) await store.update({ ...oldest, version: 1, givenBackAt: Date.now() }, oldest);
  }
  const references = [...csv.matchAll(/transfer-(\d+)/g)].map(([, index]) => Number(index));
  expect(references.sort((a, b) => a - b)).toEqual(Array.from({ length: PAYMENTS }, (_, index) => index));
});
