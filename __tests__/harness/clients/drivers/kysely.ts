import SqliteDatabase from 'better-sqlite3';
import { CompiledQuery, Kysely, MysqlDialect, PostgresDialect, SqliteDialect, type Dialect } from 'kysely';
import type { Transaction } from 'kysely';
import { createPool } from 'mysql2';
import { Pool } from 'pg';
import {
  createPaymentsTable,
  dropPaymentsTable,
  KyselyPaymentStore,
} from '../../../../lib/stores/clients/kysely';
import { MYSQL, POSTGRES } from '../../../support/databases';
import { PATIENCE_MS, sqliteFile, type Database, type Driver } from '../opened';

type Shop = Record<string, never>;

export const kysely: Driver<Transaction<Shop>> = {
  name: 'KyselyPaymentStore',
  databases: ['postgresql', 'mysql', 'sqlite'],
  open: (database, tableName) => {
    const { filename, remove } = sqliteFile();
    const db = new Kysely<Shop>({ dialect: dialectOf(database, filename) });
    const options = { dialect: database, tableName, statementTimeoutMs: PATIENCE_MS };
    return {
      store: new KyselyPaymentStore(db, options),
      send: (sql) => db.executeQuery(CompiledQuery.raw(sql)),
      run: (tx, sql) => tx.executeQuery(CompiledQuery.raw(sql)),
      createTable: () => createPaymentsTable(db, options),
      dropTable: () => dropPaymentsTable(db, options),
      close: async () => {
        await db.destroy();
        remove();
      },
    };
  },
};

function dialectOf(database: Database, filename: string): Dialect {
  if (database === 'postgresql') {
    return new PostgresDialect({ pool: new Pool({ connectionString: POSTGRES.url }) });
  }
  if (database === 'mysql') return new MysqlDialect({ pool: createPool(MYSQL.url) });
  return new SqliteDialect({ database: new SqliteDatabase(filename, { timeout: 50 }) });
}
