import { createPaymentsTable, KnexPaymentStore } from '../../lib/stores/clients/knex';
import { changed, Scene } from '../../lib/stores/contract/scene';
import { connectTo, describeWith, MYSQL, POSTGRES, uniqueTable } from '../support/databases';
import { rejection } from '../support/store-errors';
import { makesATable } from './knex-table';

describeWith(POSTGRES, 'a payments table in PostgreSQL', () => {
  makesATable('postgresql', () => connectTo(POSTGRES));

  test('in another schema is not the one of the same name in another', async () => {
    const knex = connectTo(POSTGRES);
    const schema = uniqueTable();
    await knex.schema.createSchema(schema);
    const tableName = `${schema}.payments`;
    await createPaymentsTable(knex, { tableName });
    const scene = new Scene(new KnexPaymentStore(knex, { tableName }));
    await scene.holds(await scene.given());
    expect(await knex.withSchema(schema).from('payments').count('* as count')).toEqual([{ count: '1' }]);
    await knex.raw(`drop schema ${schema} cascade`);
    await knex.destroy();
  });

  describe('whose search path a pooler has reset', () => {
    const schema = uniqueTable();
    const table = uniqueTable();
    const tableName = `${schema}.${table}`;
    const resets = connectTo(POSTGRES, { searchPath: [schema], pool: { min: 1, max: 1 } });
    beforeAll(async () => {
      await resets.schema.createSchema(schema);
      await createPaymentsTable(resets, { tableName: table });
    });
    // As pgbouncer does before it lends a connection to another client.
    beforeEach(() => resets.raw('discard all'));
    afterAll(async () => {
      await resets.raw(`drop schema ${schema} cascade`);
      await resets.destroy();
    });

    test('is found by the name of its schema: in and outside of transactions', async () => {
      const store = new KnexPaymentStore(resets, { tableName });
      const scene = new Scene(store);
      const record = await scene.given();
      await resets.raw('discard all');
      const next = changed(record, { hookAttempts: 1 });
      await store.transaction((tx) => store.update(next, record, { tx }));
      await scene.holds(next);
    });

    test('is missed with the advice to name its schema', async () => {
      const error = await rejection(new KnexPaymentStore(resets, { tableName: table }).find('1'));
      expect(error).toMatchObject({ code: 'ERR_ATIPAY_STORE' });
      expect(error.message).toContain(`pgbouncer resets the search path: tableName: 'schema.${table}'.`);
    });

    test('shows the doctor no unique keys unless its schema is named', async () => {
      const keysOf = (name: string): Promise<string[][]> =>
        new KnexPaymentStore(resets, { tableName: name }).uniqueKeys();
      expect(await keysOf(tableName)).toHaveLength(3);
      expect(await keysOf(table)).toEqual([]);
    });
  });
});

describeWith(MYSQL, 'a payments table in MySQL or MariaDB', () =>
  makesATable('mysql', () => connectTo(MYSQL)),
);
