import { MemoryPaymentStore, type HistoryEntry } from 'express-atipay';
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

test('gives back by the day of each', async () => {
  const store = new MemoryPaymentStore({ quiet: true });
  const gaveBack = (at: number, amount: number): HistoryEntry => ({
    ...{ at, status: 'paid', event: 'gaveBack', by: 'Sara' },
    data: { amount, reference: '1', text: 'damaged' },
  });
  const stored = async (orderId: string, history: HistoryEntry[]): Promise<void> => {
    await store.insert(
      aRecord({
        ...{ invoiceNumber: `1700000000000000${orderId}`, orderId, returnKey: orderId },
        ...{ status: 'paid', dueAt: null, history, givenBack: 3_000, givenBackAt: NOW + 2 * DAY },
      }),
    );
  };
  await stored('0001', [gaveBack(NOW - 1, 1_000), gaveBack(NOW, 2_000), gaveBack(NOW + DAY, 500)]);
  await stored('0002', [gaveBack(NOW, 1_200), gaveBack(NOW, 1_800)]);
  let csv = '';
  const rows = exportPayments(operatorOver(store, 'default'), { from: NOW, before: NOW + DAY }, 'en');
  for await (const chunk of rows) csv += String(chunk);
  const amounts = [...csv.matchAll(/'(000\d),(-?\d+),/g)].map(([, order, amount]) => `${order}: ${amount}`);
  expect(amounts.sort()).toEqual(['0001: -2000', '0002: -1200', '0002: -1800']);
});
