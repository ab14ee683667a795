import { createPaymentsTable, KnexPaymentStore } from '../../lib/stores/clients/knex';
import { Scene } from '../../lib/stores/contract/scene';
import { connectTo, describeWith, MYSQL, POSTGRES, uniqueTable } from '../support/databases';
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
});

describeWith(MYSQL, 'a payments table in MySQL or MariaDB', () =>
  makesATable('mysql', () => connectTo(MYSQL)),
);
