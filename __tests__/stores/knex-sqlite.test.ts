import { createPaymentsTable, KnexPaymentStore } from '../../lib/stores/knex';
import { paymentStoreContract } from '../../lib/stores/contract';
import { sqliteFile } from '../helpers/databases';

describe('KnexPaymentStore on SQLite keeps the contract', () => {
  const { knex, remove } = sqliteFile();
  beforeAll(() => createPaymentsTable(knex));
  afterAll(remove);

  for (const { name, run } of paymentStoreContract(() => ({ store: new KnexPaymentStore(knex) })))
    test(name, run, 60_000);
});
