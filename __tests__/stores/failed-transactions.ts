import type { Knex } from 'knex';
import { createPaymentsTable, dropPaymentsTable, KnexPaymentStore } from '../../lib/stores/knex';
import { Scene } from '../../lib/stores/contract/scene';
import { uniqueTable } from '../support/databases';
import { rejection } from '../support/store-errors';

// What becomes of a transaction that a database, or the work itself, has given up.

interface Ground {
  knex: Knex;
  store: KnexPaymentStore;
  scene: Scene;
}

/** What holds on each database; gives the suite what it needs for the rest. */
export function transactionsEnd(knex: Knex, close: () => Promise<void> = () => knex.destroy()): Ground {
  const tableName = uniqueTable();
  const store = new KnexPaymentStore(knex, { tableName });
  const scene = new Scene(store);
  beforeAll(() => createPaymentsTable(knex, { tableName }));
  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName });
    await close();
  });

  test('rejects with the reason for which the work has rolled back by itself', async () => {
    const record = await scene.given();
    const reason = new Error('sold out');
    const work = store.transaction(async (tx) => {
      await store.update({ ...record, asks: 1 }, tx);
      await tx.raw('select * from there_is_no_such_table').catch(() => undefined);
      await tx.rollback(reason);
    });
    expect(await rejection(work)).toBe(reason);
    await scene.holds(record);
  });

  test('rejects when the work has rolled back without a reason', async () => {
    const record = await scene.given();
    const work = store.transaction(async (tx) => {
      await store.update({ ...record, asks: 1 }, tx);
      await tx.rollback();
    });
    await rejection(work);
    await scene.holds(record);
  });

  test('commits when the error was confined to a savepoint', async () => {
    const record = await scene.given();
    await store.transaction(async (tx) => {
      await store.update({ ...record, asks: 1 }, tx);
      await tx
        .transaction((inner) => inner.raw('select * from there_is_no_such_table'))
        .catch(() => undefined);
    });
    await scene.holds({ ...record, asks: 1, version: 2 });
  });

  test('sends nothing but what the work does when no statement fails', async () => {
    const record = await scene.given();
    const heard: string[] = [];
    const listen = ({ sql }: { sql: string }): unknown => heard.push(sql.split(/[ ;]/)[0] ?? '');
    knex.on('query', listen);
    await store.transaction((tx) => store.update({ ...record, asks: 1 }, tx));
    knex.off('query', listen);
    expect(heard).toEqual(['BEGIN', 'update', 'COMMIT']);
  });

  return { knex, store, scene };
}
