import createKnex, { type Knex } from 'knex';
import {
  createPaymentsTable,
  dropPaymentsTable,
  KnexPaymentStore,
} from '../../../../lib/stores/clients/knex';
import type { OpenStore } from '../opened';
import { openSqlite } from '../../../support/databases';

export const knex: OpenStore<Knex.Transaction> = ({ database, url, ...options }) => {
  const client =
    database === 'sqlite'
      ? openSqlite(url)
      : createKnex({
          client: database === 'mysql' ? 'mysql2' : 'pg',
          connection: url,
          pool: { min: 0, max: 10 },
        });
  return {
    store: new KnexPaymentStore(client, options),
    send: (sql) => client.raw(sql),
    run: (tx, sql) => tx.raw(sql),
    createTable: () => createPaymentsTable(client, options),
    dropTable: () => dropPaymentsTable(client, options),
    close: () => client.destroy(),
  };
};
