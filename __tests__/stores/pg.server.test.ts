import { Pool, type PoolClient } from 'pg';
import { createPaymentsTable, dropPaymentsTable, PgPaymentStore } from '../../lib/stores/clients/pg';
import { describeWith, POSTGRES, uniqueTable } from '../support/databases';
import { postgresEnding } from '../support/endings';
import { keepsContract, SQL_STORE } from '../support/store-contract';

describeWith(POSTGRES, 'PgPaymentStore keeps the contract', () => {
  const tableName = uniqueTable();
  const pool = new Pool({ connectionString: POSTGRES.url });
  const store = new PgPaymentStore(pool, { tableName, statementTimeoutMs: 120_000 });
  const { endTransaction } = postgresEnding<PoolClient>((tx, sql) => tx.query(sql));
  beforeAll(() => createPaymentsTable(pool, { tableName }));
  afterAll(async () => {
    await dropPaymentsTable(pool, { tableName });
    await pool.end();
  });

  keepsContract(
    () => ({
      store,
      spoil: (invoice) =>
        pool.query(`update ${tableName} set history = '{' where invoice_number = $1`, [invoice]),
      endTransaction,
    }),
    SQL_STORE,
  );
});
