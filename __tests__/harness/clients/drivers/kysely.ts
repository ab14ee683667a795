import { CompiledQuery, Kysely, MysqlDialect, PostgresDialect, type Dialect } from 'kysely';
import type { Transaction } from 'kysely';
import { createPool } from 'mysql2';
import {
  createPaymentsTable,
  dropPaymentsTable,
  KyselyPaymentStore,
} from '../../../../lib/stores/clients/kysely';
import type { OpenStore } from '../opened';
import { poolOf } from './pg';

type Shop = Record<string, never>;

export const kysely: OpenStore<Transaction<Shop>> = ({ database, url, ...place }) => {
  const dialect: 'postgresql' | 'mysql' = database === 'mysql' ? 'mysql' : 'postgresql';
  const db = new Kysely<Shop>({ dialect: dialectOf(dialect, url) });
  const options = { dialect, ...place };
  return {
    store: new KyselyPaymentStore(db, options),
    send: (sql) => db.executeQuery(CompiledQuery.raw(sql)),
    run: (tx, sql) => tx.executeQuery(CompiledQuery.raw(sql)),
    createTable: () => createPaymentsTable(db, options),
    dropTable: () => dropPaymentsTable(db, options),
    close: () => db.destroy(),
  };
};

function dialectOf(name: 'postgresql' | 'mysql', url: string): Dialect {
  return name === 'postgresql'
    ? new PostgresDialect({ pool: poolOf(url) })
    : new MysqlDialect({ pool: createPool(url) });
}
