import type { Knex } from 'knex';
import { createPaymentsTable, dropPaymentsTable, KnexPaymentStore } from '../../lib/stores/clients/knex';
import type { PaymentRecord } from '../../lib/core/record';
import { Scene } from '../../lib/stores/contract/scene';
import { uniqueTable } from '../support/databases';
import { rejection } from '../support/store-errors';

// Transactions that a database, or the work itself, has given up.

interface Ground {
  knex: Knex;
  store: KnexPaymentStore;
  scene: Scene;
}

/** A record with one more attempt. */
export const written = (record: PaymentRecord): PaymentRecord => ({
  ...record,
  verifyAttempts: record.verifyAttempts + 1,
  version: record.version + 1,
});

/** Cases for each database; returns the helpers for the others. */
export function transactionsEnd(knex: Knex, close: () => Promise<void> = () => knex.destroy()): Ground {
  const tableName = uniqueTable();
  const store = new KnexPaymentStore(knex, { tableName });
  const scene = new Scene(store);
  beforeAll(() => createPaymentsTable(knex, { tableName }));
  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName });
    await close();
  });

  test('rejects when the work has rolled back with a reason', async () => {
    const record = await scene.given();
    const reason = new Error('sold out');
    const work = store.transaction(async (tx) => {
      await store.update(written(record), record, { tx });
      await tx.raw('select * from there_is_no_such_table').catch(() => undefined);
      await tx.rollback(reason);
    });
    await rejection(work);
    await scene.holds(record);
  });

  test('rejects when the work has rolled back without a reason', async () => {
    const record = await scene.given();
    const work = store.transaction(async (tx) => {
      await store.update(written(record), record, { tx });
      await tx.rollback();
    });
    await rejection(work);
    await scene.holds(record);
  });

  test('commits when the error was confined to a savepoint', async () => {
    const record = await scene.given();
    await store.transaction(async (tx) => {
      await store.update(written(record), record, { tx });
      await tx
        .transaction((inner) => inner.raw('select * from there_is_no_such_table'))
        .catch(() => undefined);
    });
    await scene.holds(written(record));
  });

  return { knex, store, scene };
}
