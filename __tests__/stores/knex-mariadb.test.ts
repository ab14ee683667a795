import { createPaymentsTable, dropPaymentsTable, KnexPaymentStore } from '../../lib/stores/knex';
import { paymentStoreContract } from '../../lib/stores/contract';
import { connectTo, describeWith, MYSQL, uniqueTable } from '../helpers/databases';

describeWith(MYSQL, 'KnexPaymentStore on MySQL or MariaDB keeps the contract', () => {
  const knex = connectTo(MYSQL);
  const tableName = uniqueTable();
  beforeAll(() => createPaymentsTable(knex, { tableName }));
  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName });
    await knex.destroy();
  });

  const contract = paymentStoreContract(() => ({ store: new KnexPaymentStore(knex, { tableName }) }));
  for (const { name, run } of contract) test(name, run, 60_000);
});
