import { Sequelize, type Transaction } from 'sequelize';
import {
  createPaymentsTable,
  dropPaymentsTable,
  SequelizePaymentStore,
} from '../../../../lib/stores/clients/sequelize';
import type { OpenStore } from '../opened';

export const sequelize: OpenStore<Transaction> = ({ url, database: _, ...options }) => {
  const client = new Sequelize(url, { logging: false, pool: { max: 10 } });
  return {
    store: new SequelizePaymentStore(client, options),
    send: (sql) => client.query(sql),
    run: (transaction, sql) => client.query(sql, { transaction }),
    createTable: () => createPaymentsTable(client, options),
    dropTable: () => dropPaymentsTable(client, options),
    close: () => client.close(),
  };
};
