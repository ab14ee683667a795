import BetterSqlite3 from 'better-sqlite3';
import {
  createPaymentsTable,
  dropPaymentsTable,
  BetterSqlite3PaymentStore,
} from '../../../../lib/stores/clients/better-sqlite3';
import type { OpenStore } from '../opened';

export const betterSqlite3: OpenStore<BetterSqlite3.Database> = ({ database: _, url, ...options }) => {
  const open = (): BetterSqlite3.Database => {
    const connection = new BetterSqlite3(url);
    connection.pragma('journal_mode = wal');
    return connection;
  };
  const shop = open();
  const store = new BetterSqlite3PaymentStore(open, options);
  const run = (database: BetterSqlite3.Database, sql: string) => Promise.resolve(database.exec(sql));
  return {
    store,
    send: (sql) => run(shop, sql),
    run,
    createTable: () => createPaymentsTable(shop, options),
    dropTable: () => dropPaymentsTable(shop, options),
    close: () => {
      store.close();
      return Promise.resolve(shop.close());
    },
  };
};
