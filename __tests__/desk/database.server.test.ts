import { withPayments } from '../../lib/desk/database';
import type { Payments } from '../../lib/desk/payments';
import { createPaymentsTable, dropPaymentsTable } from 'express-atipay/stores/knex';
import { connectTo, describeWith, MYSQL, POSTGRES, uniqueTable } from '../support/databases';

const count = async (payments: Payments): Promise<number> => (await payments.search({})).length;

const server = (database: typeof POSTGRES, schemes: string[], schema: string): void => {
  const table = uniqueTable();
  const knex = connectTo(database);
  beforeAll(() => createPaymentsTable(knex, { tableName: table }));
  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName: table });
    await knex.destroy();
  });

  test.each(schemes)('are found by %s', async (scheme) => {
    const url = database.url.replace(/^\w+/, scheme);
    expect(await withPayments({ database: url, table }, count)).toBe(0);
    expect(await withPayments({ database: url, table, schema }, count)).toBe(0);
  });
};

describeWith(POSTGRES, 'payments in PostgreSQL', () => {
  server(POSTGRES, ['postgres', 'postgresql', 'PostgreSQL'], 'public');
});
describeWith(MYSQL, 'payments in MySQL or MariaDB', () => {
  server(MYSQL, ['mysql', 'mariadb', 'MariaDB'], new URL(MYSQL.url).pathname.slice(1));
});
