import { changed, rejectsWith, Scene } from '../../../lib/stores/contract/scene';
import type { SqlClient } from '../../../lib/stores/sql/client';
import { SqlPaymentStore } from '../../../lib/stores/sql/store';

/** A client of PostgreSQL whose answers a rewriting setting has changed. */
const answering = (rows: unknown, count: unknown): SqlClient<object> => ({
  dialect: 'postgresql',
  query: () => Promise.resolve(rows as never),
  execute: () => Promise.resolve(count as never),
  transaction: (work) => work({}),
});

const scene = (rows: unknown, count: unknown): Scene =>
  new Scene(new SqlPaymentStore(answering(rows, count)));

describe('an answer that is no answer is an error, and never a lost race', () => {
  test.each([undefined, null, NaN, '1', { rowCount: 1 }, []])('a count of %p', async (count) => {
    const { store, record } = fields(scene([], count));
    const error = await rejectsWith('ERR_ATIPAY_STORE', store.update(changed(record, {}), record));
    expect(error.message).toMatch(/did not answer with a count of changed rows/);
    await rejectsWith('ERR_ATIPAY_STORE', store.insert(record));
  });

  test.each([undefined, null, 7, {}])('rows that are %p', async (rows) => {
    const { store, record } = fields(scene(rows, 1));
    const error = await rejectsWith('ERR_ATIPAY_STORE', store.find(record.invoiceNumber));
    expect(error.message).toMatch(/did not answer with rows/);
  });

  test('more than one changed row', async () => {
    const { store, record } = fields(scene([], 2));
    await rejectsWith('ERR_ATIPAY_STORE', store.update(changed(record, {}), record));
  });

  test('a row without a column', async () => {
    const { store } = fields(scene([{ invoice_number: '77' }], 1));
    const error = await rejectsWith('ERR_ATIPAY_STORE', store.find('77'));
    expect(error.message).toBe('Payment 77 cannot be read: its column account is missing from the result.');
  });
});

test.each(['payments; drop table orders', 'a.b.c', '', 'naïve', 'x'.repeat(41), 7])(
  'the table name %j is refused',
  (tableName) => {
    const make = (): unknown => new SqlPaymentStore(answering([], 1), { tableName: tableName as string });
    expect(make).toThrow(/^tableName is .*: write "table" or "schema.table"/);
  },
);

const fields = (given: Scene) => ({ store: given.store, record: given.record() });
