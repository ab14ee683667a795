import { Pool, type PoolClient } from 'pg';
import { createPaymentsTable, dropPaymentsTable, PgPaymentStore } from '../../../../lib/stores/clients/pg';
import type { OpenStore } from '../opened';

/** A lost connection is an event of its client while the client is lent, and of the pool while it is not. */
export const poolOf = (connectionString: string): Pool =>
  new Pool({ connectionString })
    .on('error', () => undefined)
    .on('connect', (client) => client.on('error', () => undefined));

export const pg: OpenStore<PoolClient> = ({ database: _, url, ...options }) => {
  const pool = poolOf(url);
  return {
    store: new PgPaymentStore(pool, options),
    send: (sql) => pool.query(sql),
    run: (tx, sql) => tx.query(sql),
    createTable: () => createPaymentsTable(pool, options),
    dropTable: () => dropPaymentsTable(pool, options),
    close: () => pool.end(),
  };
};
