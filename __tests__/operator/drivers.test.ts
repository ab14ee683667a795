import { createPaymentsTable } from 'express-atipay/stores/knex';
import { sqliteFile } from '../support/databases';
import { opensThrough } from './drivers';

const file = sqliteFile();
beforeAll(() => createPaymentsTable(file.knex));
afterAll(() => file.remove());

describe('in a folder without Knex, on SQLite', () => {
  opensThrough('better-sqlite3', () => ({ url: file.filename, table: 'atipay_payments' }));
});
