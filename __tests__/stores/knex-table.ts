import type { Knex } from 'knex';
import {
  createPaymentsTable,
  dropPaymentsTable,
  KnexPaymentStore,
  paymentsMigrations,
  paymentsTableSql,
} from '../../lib/stores/clients/knex';
import { Scene } from '../../lib/stores/contract/scene';
import type { DialectName } from '../../lib/stores/sql/client';
import { uniqueTable } from '../support/databases';
import { rejection } from '../support/store-errors';

/** How a shop may make its payments table. */
export function makesATable(dialect: DialectName, connect: () => Knex): void {
  const tableName = uniqueTable();
  const bookkeeping = `${tableName}_steps`;
  const migrations = { migrationSource: paymentsMigrations({ tableName }), tableName: bookkeeping };
  const knex = connect();
  const stores = async (): Promise<void> => {
    const scene = new Scene(new KnexPaymentStore(knex, { tableName }));
    await scene.holds(await scene.change(await scene.given(), { orderKey: 'AbC' }));
  };

  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName });
    await knex.schema.dropTableIfExists(bookkeeping).dropTableIfExists(`${bookkeeping}_lock`);
    await knex.destroy();
  });

  test('migrations make a table that payments fit into, once, and take it away again', async () => {
    await knex.migrate.latest(migrations);
    await stores();
    const [, again] = (await knex.migrate.latest(migrations)) as [batch: number, steps: string[]];
    expect(again).toEqual([]);
    await knex.migrate.rollback(migrations);
    expect(await knex.schema.hasTable(tableName)).toBe(false);
  });

  test('the SQL text makes a table that payments fit into', async () => {
    for (const statement of paymentsTableSql(dialect, { tableName }).split(';\n')) {
      if (statement.trim() !== '') await knex.raw(statement);
    }
    await stores();
  });

  test('a table that is there stays as it is, payments included', async () => {
    await createPaymentsTable(knex, { tableName });
    const scene = new Scene(new KnexPaymentStore(knex, { tableName }));
    const record = await scene.given();
    await createPaymentsTable(knex, { tableName });
    await knex.migrate.latest(migrations);
    await scene.holds(record);
  });

  test('a column that is not there yet is named, with what to do', async () => {
    await createPaymentsTable(knex, { tableName });
    await knex.schema.alterTable(tableName, (table) => table.dropColumn('next_hook_at'));
    const error = await rejection(new KnexPaymentStore(knex, { tableName }).findByOrder('default', '1'));
    await knex.schema.dropTable(tableName);
    expect(error.code).toBe('ERR_ATIPAY_STORE');
    expect(error.message).toContain(`The table ${tableName} lacks a column that this version needs.`);
  });

  test('a table that is not there is named, with what to do', async () => {
    const error = await rejection(new KnexPaymentStore(knex, { tableName: uniqueTable() }).find('1'));
    expect(error).toMatchObject({ code: 'ERR_ATIPAY_STORE', cause: expect.any(Error) as Error });
    expect(error.message).toMatch(/^There is no table atipay_test_\w+\. Call createPaymentsTable before/);
  });
}
