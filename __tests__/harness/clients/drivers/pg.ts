import { Pool, type PoolClient } from 'pg';
import { createPaymentsTable, dropPaymentsTable, PgPaymentStore } from '../../../../lib/stores/clients/pg';
import type { OpenStore } from '../opened';

export const pg: OpenStore<PoolClient> = ({ database: _, url, ...options }) => {
  const pool = new Pool({ connectionString: url }).on('error', () => undefined);
  return {
    store: new PgPaymentStore(pool, options),
    send: (sql) => pool.query(sql),
    run: (tx, sql) => tx.query(sql),
    createTable: () => createPaymentsTable(pool, options),
    dropTable: () => dropPaymentsTable(pool, options),
    close: () => pool.end(),
  };
};
