import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import * as sqlite from '../../stores/clients/better-sqlite3';
import * as mysql from '../../stores/clients/mysql2';
import * as postgres from '../../stores/clients/pg';
import type { SqlStoreOptions } from '../../stores/sql/store';
import { problems } from '../texts/problems';
import type { Database } from './database';
import { requireFromShop } from './require';
import { CommandError, misuse } from './terminal';

type Open = (url: string, options: SqlStoreOptions) => Database;

/** Opens the database of an address through the shop's driver for it. */
export function openUrl(url: string, options: SqlStoreOptions): Database {
  const scheme = /^([a-z][a-z0-9+]+):\/\//i.exec(url)?.[1]?.toLowerCase() ?? '';
  const open = SCHEMES[scheme];
  if (open) return open(url, options);
  throw misuse(problems.scheme(scheme));
}

/** How long to wait for a server that does not answer; mysql2 has the same limit. */
const CONNECT_MS = 10_000;

interface Pg {
  Pool: new (config: {
    connectionString: string;
    connectionTimeoutMillis: number;
  }) => postgres.PgPoolLike<postgres.PgClientLike> & {
    on(event: 'error', listener: () => void): unknown;
    end(): Promise<void>;
  };
}

const openPostgres: Open = (connectionString, options) => {
  const { Pool } = requireFromShop('pg') as Pg;
  const pool = new Pool({ connectionString, connectionTimeoutMillis: CONNECT_MS });
  // A lost connection is an error of the next statement too.
  pool.on('error', () => undefined);
  return {
    store: new postgres.PgPaymentStore(pool, options),
    createTable: () => postgres.createPaymentsTable(pool, options),
    dropTable: () => postgres.dropPaymentsTable(pool, options),
    close: () => pool.end(),
  };
};

interface Mysql2 {
  createPool: (url: string) => mysql.Mysql2PoolLike<mysql.Mysql2ConnectionLike> & { end(): Promise<void> };
}

const openMysql: Open = (url, options) => {
  const { createPool } = requireFromShop('mysql2/promise') as Mysql2;
  const pool = createPool(url);
  return {
    store: new mysql.Mysql2PaymentStore(pool, options),
    createTable: () => mysql.createPaymentsTable(pool, options),
    dropTable: () => mysql.dropPaymentsTable(pool, options),
    close: () => pool.end(),
  };
};

type BetterSqlite3 = new (
  filename: string,
  options: { fileMustExist: true },
) => sqlite.BetterSqlite3Like & { close(): unknown };

const openSqlite: Open = (url, options) => {
  const filename = resolve(url.replace(/^(?:sqlite3?|file):(?:\/\/)?/i, ''));
  if (!existsSync(filename)) throw new CommandError(problems.noSqlite(shown(filename, url)));
  const Driver = requireFromShop('better-sqlite3') as BetterSqlite3;
  const open = () => new Driver(filename, { fileMustExist: true });
  const store = new sqlite.BetterSqlite3PaymentStore(open, options);
  const withConnection = async (work: typeof sqlite.createPaymentsTable): Promise<void> => {
    const connection = open();
    try {
      await work(connection, options);
    } finally {
      connection.close();
    }
  };
  return {
    store,
    createTable: () => withConnection(sqlite.createPaymentsTable),
    dropTable: () => withConnection(sqlite.dropPaymentsTable),
    close: () => store.close(),
  };
};

/** A text meant as an address may hold a password. */
const shown = (filename: string, url: string): string | undefined =>
  /[@:]/.test(url) ? undefined : filename;

const SCHEMES: Partial<Record<string, Open>> = {
  postgres: openPostgres,
  postgresql: openPostgres,
  mysql: openMysql,
  mariadb: openMysql,
  '': openSqlite,
  sqlite: openSqlite,
  sqlite3: openSqlite,
  file: openSqlite,
};
