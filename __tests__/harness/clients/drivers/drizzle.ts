import { sql } from 'drizzle-orm';
import { drizzle as drizzleMysql } from 'drizzle-orm/mysql2';
import { drizzle as drizzlePg } from 'drizzle-orm/node-postgres';
import { drizzle as drizzlePostgresJs } from 'drizzle-orm/postgres-js';
import { createPool } from 'mysql2/promise';
import { Pool } from 'pg';
import postgres from 'postgres';
import {
  createPaymentsTable,
  DrizzlePaymentStore,
  dropPaymentsTable,
  type DrizzleLike,
} from '../../../../lib/stores/clients/drizzle';
import { MYSQL, POSTGRES } from '../../../support/databases';
import { PATIENCE_MS, type Driver, type Opened } from '../opened';

/** What each of Drizzle's transactions can do. */
interface Tx {
  execute(query: string): PromiseLike<unknown>;
}

export const drizzleNodePostgres: Driver<Tx> = {
  name: 'DrizzlePaymentStore with node-postgres',
  databases: ['postgresql'],
  open: (_database, tableName) => {
    const pool = new Pool({ connectionString: POSTGRES.url });
    return opened(drizzlePg(pool), 'postgresql', tableName, () => pool.end());
  },
};

export const drizzlePostgres: Driver<Tx> = {
  name: 'DrizzlePaymentStore with postgres.js',
  databases: ['postgresql'],
  open: (_database, tableName) => {
    const client = postgres(POSTGRES.url, { onnotice: () => undefined });
    return opened(drizzlePostgresJs(client), 'postgresql', tableName, () => client.end());
  },
};

export const drizzleMysql2: Driver<Tx> = {
  name: 'DrizzlePaymentStore with mysql2',
  databases: ['mysql'],
  open: (_database, tableName) => {
    const pool = createPool(MYSQL.url);
    return opened(drizzleMysql(pool), 'mysql', tableName, () => pool.end());
  },
};

function opened(
  database: DrizzleLike<Tx> & Tx,
  dialect: 'postgresql' | 'mysql',
  tableName: string,
  close: () => Promise<unknown>,
): Opened<Tx> {
  const options = { sql, dialect, tableName, statementTimeoutMs: PATIENCE_MS };
  return {
    store: new DrizzlePaymentStore(database, options),
    send: (text) => database.execute(text),
    run: (tx, text) => tx.execute(text),
    createTable: () => createPaymentsTable(database, options),
    dropTable: () => dropPaymentsTable(database, options),
    close,
  };
}
