import { Sequelize, type Transaction } from 'sequelize';
import {
  createPaymentsTable,
  dropPaymentsTable,
  SequelizePaymentStore,
} from '../../../../lib/stores/clients/sequelize';
import { MYSQL, POSTGRES } from '../../../support/databases';
import { PATIENCE_MS, type Driver } from '../opened';

export const sequelize: Driver<Transaction> = {
  name: 'SequelizePaymentStore',
  databases: ['postgresql', 'mysql'],
  open: (database, tableName) => {
    const client = new Sequelize(database === 'mysql' ? MYSQL.url : POSTGRES.url, {
      logging: false,
      pool: { max: 10 },
    });
    return {
      store: new SequelizePaymentStore(client, { tableName, statementTimeoutMs: PATIENCE_MS }),
      send: (sql) => client.query(sql),
      run: (transaction, sql) => client.query(sql, { transaction }),
      createTable: () => createPaymentsTable(client, { tableName }),
      dropTable: () => dropPaymentsTable(client, { tableName }),
      close: () => client.close(),
    };
  },
};
