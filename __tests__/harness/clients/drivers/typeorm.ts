import { DataSource, type EntityManager } from 'typeorm';
import {
  createPaymentsTable,
  dropPaymentsTable,
  TypeOrmPaymentStore,
} from '../../../../lib/stores/clients/typeorm';
import type { OpenStore } from '../opened';

export const typeorm: OpenStore<EntityManager> = async ({ database, url, ...options }) => {
  const dataSource = new DataSource(
    database === 'mysql' ? { type: 'mysql', url, charset: 'utf8mb4' } : { type: 'postgres', url },
  );
  await dataSource.initialize();
  return {
    store: new TypeOrmPaymentStore(dataSource, options),
    send: (sql) => dataSource.query(sql),
    run: (tx, sql) => tx.query(sql),
    createTable: () => createPaymentsTable(dataSource, options),
    dropTable: () => dropPaymentsTable(dataSource, options),
    close: () => dataSource.destroy(),
  };
};
