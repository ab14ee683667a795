import { createPaymentsTable, dropPaymentsTable } from 'express-atipay/stores/knex';
import { connectTo, describeWith, MYSQL, POSTGRES, uniqueTable } from '../support/databases';
import { opensThrough } from './drivers';

for (const server of [POSTGRES, MYSQL]) {
  describeWith(server, `in a folder without Knex, on ${server.name}`, () => {
    const table = uniqueTable();
    const knex = connectTo(server);
    beforeAll(() => createPaymentsTable(knex, { tableName: table }));
    afterAll(async () => {
      await dropPaymentsTable(knex, { tableName: table });
      await knex.destroy();
    });
    opensThrough(server.client, () => ({ url: server.url, table }));
  });
}
