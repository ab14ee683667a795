import type { Knex } from 'knex';
import { newInvoiceNumber } from '../../lib/order';
import { Scene } from '../../lib/stores/contract/scene';
import {
  createPaymentsTable,
  dropPaymentsTable,
  KnexPaymentStore,
  type PaymentFilter,
} from '../../lib/stores/knex';
import { connectTo, describeWith, MYSQL, POSTGRES, sqliteFile, uniqueTable } from '../support/databases';

const NOON = Date.UTC(2026, 0, 1, 12);
const HOUR = 3_600_000;
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

function findsThem(open: () => { knex: Knex; close: () => Promise<unknown> }): void {
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

const server = (database: typeof POSTGRES) => () => {
  const knex = connectTo(database);
  return { knex, close: () => knex.destroy() };
};

describe('a search on SQLite', () => {
  findsThem(() => {
    const { knex, remove } = sqliteFile();
    return { knex, close: remove };
  });
});
describeWith(POSTGRES, 'a search on PostgreSQL', () => findsThem(server(POSTGRES)));
describeWith(MYSQL, 'a search on MySQL or MariaDB', () => findsThem(server(MYSQL)));

describe('a search', () => {
  const { knex, remove } = sqliteFile();
  const store = new KnexPaymentStore(knex);
  beforeAll(() => createPaymentsTable(knex));
  afterAll(remove);

  const INDEXED: [string, PaymentFilter, RegExp][] = [
    ['the newest', {}, /^SCAN .*sqlite_autoindex/],
    [
      'a time',
      { since: NOON, until: NOON + HOUR },
      /^SEARCH .*autoindex.*invoice_number>\? AND invoice_number</,
    ],
    ['an order', { account: 'a', orderId: 'A' }, /^SEARCH .*attempts/],
    ['a receipt', { account: 'a', referenceNumber: 'r' }, /^SEARCH .*receipt/],
  ];
  test.each(INDEXED)('for %s is served by an index', async (_what, filter, plan) => {
    let asked: { sql: string; bindings: Knex.RawBinding[] } | undefined;
    knex.once('query', (query: typeof asked) => (asked = query));
    await store.search(filter);
    const steps = await knex.raw<{ detail: string }[]>(
      `explain query plan ${asked?.sql ?? ''}`,
      asked?.bindings ?? [],
    );
    expect(steps[0]?.detail).toMatch(plan);
  });

  const SENSELESS: PaymentFilter[] = [
    { limit: 0 },
    { limit: 1.5 },
    { limit: 10_001 },
    { cardEnd: '%' },
    { cardEnd: '%1234' },
    { cardEnd: '1234%' },
    { since: Number.NaN },
  ];
  test.each(SENSELESS)('says what it takes instead of %p', async (filter) => {
    await expect(store.search(filter)).rejects.toMatchObject({
      code: 'ERR_ATIPAY_STORE',
      message: expect.stringContaining(Object.keys(filter)[0] ?? '') as string,
    });
  });
});
