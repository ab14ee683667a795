import { openSqlite } from '../../support/databases';
import { transactionSuite } from './suite';

describe('transaction on SQLite, with one connection', () => {
  transactionSuite(() => openSqlite(':memory:'));
});
