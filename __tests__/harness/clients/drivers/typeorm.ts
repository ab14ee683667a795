import { DataSource, type EntityManager } from 'typeorm';
import {
  createPaymentsTable,
  dropPaymentsTable,
  TypeOrmPaymentStore,
} from '../../../../lib/stores/clients/typeorm';
import { MYSQL, POSTGRES } from '../../../support/databases';
import { PATIENCE_MS, type Driver } from '../opened';

export const typeorm: Driver<EntityManager> = {
  name: 'TypeOrmPaymentStore',
  databases: ['postgresql', 'mysql'],
  open: async (database, tableName) => {
    const dataSource = new DataSource(
      database === 'mysql'
        ? { type: 'mysql', url: MYSQL.url, charset: 'utf8mb4' }
        : { type: 'postgres', url: POSTGRES.url },
    );
    await dataSource.initialize();
    return {
      store: new TypeOrmPaymentStore(dataSource, { tableName, statementTimeoutMs: PATIENCE_MS }),
      send: (sql) => dataSource.query(sql),
      run: (tx, sql) => tx.query(sql),
      createTable: () => createPaymentsTable(dataSource, { tableName }),
      dropTable: () => dropPaymentsTable(dataSource, { tableName }),
      close: () => dataSource.destroy(),
    };
  },
};
