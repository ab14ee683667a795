import type { Knex } from 'knex';
import { newInvoiceNumber } from '../../lib/order';
import { Scene } from '../../lib/stores/contract/scene';
import {
  createPaymentsTable,
  dropPaymentsTable,
  KnexPaymentStore,
  type PaymentFilter,
} from '../../lib/stores/knex';
import { uniqueTable } from '../support/databases';

export const NOON = Date.UTC(2026, 0, 1, 12);
export const HOUR = 3_600_000;
const ATTEMPT = newInvoiceNumber(NOON + HOUR);

/** Three payments an hour apart, in two accounts. */
async function threePayments(store: KnexPaymentStore): Promise<void> {
  const scene = new Scene(store);
  const begun = (createdAt: number): { createdAt: number; invoiceNumber: string } => ({
    createdAt,
    invoiceNumber: newInvoiceNumber(createdAt),
  });
  await scene.given({ ...begun(NOON), orderId: 'A', account: 'main', status: 'failed' });
  await scene.given({
    createdAt: NOON + HOUR,
    invoiceNumber: ATTEMPT,
    orderId: 'A',
    account: 'main',
    status: 'paid',
    referenceNumber: 'AbC/1',
    traceNumber: '654321',
    maskedPan: '603799******1234',
  });
  await scene.given({
    ...begun(NOON + 2 * HOUR),
    orderId: 'B',
    account: 'other',
    status: 'review',
    referenceNumber: 'aBc/1',
    maskedPan: '603799******9934',
  });
}

const FOUND: [what: string, filter: PaymentFilter, hours: number[]][] = [
  ['everything, newest first', {}, [2, 1, 0]],
  ['no more than asked for', { limit: 2 }, [2, 1]],
  ['as many as there are when that is less', { limit: 10_000 }, [2, 1, 0]],
  ['one attempt', { invoiceNumber: ATTEMPT }, [1]],
  ['an account', { account: 'main' }, [1, 0]],
  ['an order', { account: 'main', orderId: 'A' }, [1, 0]],
  ['an order of whichever account', { orderId: 'B' }, [2]],
  ['a receipt, by its letters exactly', { referenceNumber: 'AbC/1' }, [1]],
  ['the number a buyer saw', { traceNumber: '654321' }, [1]],
  ['a status', { statuses: ['review'] }, [2]],
  ['several statuses', { statuses: ['paid', 'review'] }, [2, 1]],
  ['no status in particular', { statuses: [] }, [2, 1, 0]],
  ['a card by its last four digits', { cardEnd: '1234' }, [1]],
  ['from a time on, that time included', { since: NOON + HOUR }, [2, 1]],
  ['from a time long before invoice numbers', { since: 5 }, [2, 1, 0]],
  ['up to a time, that time excluded', { until: NOON + HOUR }, [0]],
  ['all conditions at once', { orderId: 'A', statuses: ['paid'], since: NOON + 2 * HOUR }, []],
  ['nothing of a name with a wildcard', { orderId: '%' }, []],
];

export function findsThem(open: () => { knex: Knex; close: () => Promise<unknown> }): void {
  const tableName = uniqueTable();
  let knex: Knex;
  let close: () => Promise<unknown>;
  let store: KnexPaymentStore;
  beforeAll(async () => {
    ({ knex, close } = open());
    await createPaymentsTable(knex, { tableName });
    store = new KnexPaymentStore(knex, { tableName });
    await threePayments(store);
  });
  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName });
    await close();
  });

  test.each(FOUND)('finds %s', async (_what, filter, hours) => {
    const found = await store.search(filter);
    expect(found.map(({ createdAt }) => (createdAt - NOON) / HOUR)).toEqual(hours);
  });

  test('gives whole records', async () => {
    const [newest] = await store.search({ limit: 1 });
    expect(newest).toEqual(await store.find(newest?.invoiceNumber ?? ''));
  });
}
