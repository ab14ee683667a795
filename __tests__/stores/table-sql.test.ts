import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPaymentsTable, paymentsTableSql, type Dialect } from '../../lib/stores/clients/knex';
import { openSqlite } from '../support/databases';
import { rejection } from '../support/store-errors';

const DIALECTS: Dialect[] = ['sqlite3', 'pg', 'mysql'];

test.each(DIALECTS)('the table and its indexes as a shop may keep them: tables/%s.sql', (dialect) => {
  const sql = readFileSync(join(__dirname, 'tables', `${dialect}.sql`), 'utf8');
  expect(paymentsTableSql(dialect, { tableName: 'shop.payments' })).toBe(sql);
});

test('a table that cannot be made is spoken of in the words of the driver', async () => {
  const knex = openSqlite(':memory:');
  expect(await rejection(createPaymentsTable(knex, { tableName: 'nowhere.payments' }))).toMatchObject({
    code: 'ERR_ATIPAY_STORE',
    message: 'The table payments could not be read or written: unknown database `nowhere`',
  });
  await knex.destroy();
});
