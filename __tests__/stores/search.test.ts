import type { Knex } from 'knex';
import { createPaymentsTable, KnexPaymentStore, type PaymentFilter } from '../../lib/stores/knex';
import { sqliteFile } from '../support/databases';
import { findsThem, HOUR, NOON } from './search';

describe('a search on SQLite', () => {
  findsThem(() => {
    const { knex, remove } = sqliteFile();
    return { knex, close: remove };
  });
});

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
