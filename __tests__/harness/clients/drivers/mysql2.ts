import { createPool, type PoolConnection } from 'mysql2/promise';
import {
  createPaymentsTable,
  dropPaymentsTable,
  Mysql2PaymentStore,
} from '../../../../lib/stores/clients/mysql2';
import type { OpenStore } from '../opened';

export const mysql2: OpenStore<PoolConnection> = ({ database: _, url, ...options }) => {
  const pool = createPool(url);
  return {
    store: new Mysql2PaymentStore(pool, options),
    send: (sql) => pool.query(sql),
    run: (tx, sql) => tx.query(sql),
    createTable: () => createPaymentsTable(pool, options),
    dropTable: () => dropPaymentsTable(pool, options),
    close: () => pool.end(),
  };
};
