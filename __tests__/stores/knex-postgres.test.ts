import { createPaymentsTable, dropPaymentsTable, KnexPaymentStore } from '../../lib/stores/knex';
import { paymentStoreContract } from '../../lib/stores/contract';
import { connectTo, describeWith, POSTGRES, uniqueTable } from '../helpers/databases';

describeWith(POSTGRES, 'KnexPaymentStore on PostgreSQL keeps the contract', () => {
  const knex = connectTo(POSTGRES);
  const tableName = uniqueTable();
  beforeAll(() => createPaymentsTable(knex, { tableName }));
  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName });
    await knex.destroy();
  });

  const contract = paymentStoreContract(() => ({ store: new KnexPaymentStore(knex, { tableName }) }));
  for (const { name, run } of contract) test(name, run, 60_000);
});
