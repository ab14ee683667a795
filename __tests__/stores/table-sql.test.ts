import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPaymentsTable } from '../../lib/stores/clients/knex';
import type { DialectName } from '../../lib/stores/sql/client';
import { paymentsTableSql } from '../../lib/stores/sql/table';
import { openSqlite } from '../support/databases';
import { rejection } from '../support/store-errors';

const DIALECTS: DialectName[] = ['sqlite', 'postgresql', 'mysql'];

test.each(DIALECTS)('the table and its indexes as a shop may keep them: tables/%s.sql', (dialect) => {
  const sql = readFileSync(join(__dirname, 'tables', `${dialect}.sql`), 'utf8');
  expect(paymentsTableSql(dialect, { tableName: 'shop.payments' })).toBe(sql);
});

test('a table that cannot be made is refused with the code of the driver', async () => {
  const knex = openSqlite(':memory:');
  expect(await rejection(createPaymentsTable(knex, { tableName: 'nowhere.payments' }))).toMatchObject({
    code: 'ERR_ATIPAY_STORE',
    message: 'The table payments could not be read or written (SQLITE_ERROR).',
  });
  await knex.destroy();
});
