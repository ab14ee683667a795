import { CompiledQuery, Kysely, MysqlDialect, PostgresDialect, type Dialect } from 'kysely';
import type { Transaction } from 'kysely';
import { createPool } from 'mysql2';
import { Pool } from 'pg';
import {
  createPaymentsTable,
  dropPaymentsTable,
  KyselyPaymentStore,
} from '../../../../lib/stores/clients/kysely';
import { MYSQL, POSTGRES } from '../../../support/databases';
import { PATIENCE_MS, type Driver } from '../opened';

type Shop = Record<string, never>;

export const kysely: Driver<Transaction<Shop>> = {
  name: 'KyselyPaymentStore',
  databases: ['postgresql', 'mysql'],
  open: (database, tableName) => {
    const dialect: 'postgresql' | 'mysql' = database === 'mysql' ? 'mysql' : 'postgresql';
    const db = new Kysely<Shop>({ dialect: dialectOf(dialect) });
    const options = { dialect, tableName, statementTimeoutMs: PATIENCE_MS };
    return {
      store: new KyselyPaymentStore(db, options),
      send: (sql) => db.executeQuery(CompiledQuery.raw(sql)),
      run: (tx, sql) => tx.executeQuery(CompiledQuery.raw(sql)),
      createTable: () => createPaymentsTable(db, options),
      dropTable: () => dropPaymentsTable(db, options),
      close: () => db.destroy(),
    };
  },
};

function dialectOf(name: 'postgresql' | 'mysql'): Dialect {
  return name === 'postgresql'
    ? new PostgresDialect({ pool: new Pool({ connectionString: POSTGRES.url }) })
    : new MysqlDialect({ pool: createPool(MYSQL.url) });
}
