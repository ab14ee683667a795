import { sqliteFile } from '../support/databases';
import { transactionsEnd } from './failed-transactions';

describe('a transaction on SQLite', () => {
  const { knex, remove } = sqliteFile();
  transactionsEnd(knex, remove);
});
