import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import createKnex, { type Knex } from 'knex';

/** A database that tests run against, if it is there. */
export interface DatabaseServer {
  name: string;
  client: 'pg' | 'mysql2';
  /** The environment variable that says where it is, and where it is looked for otherwise. */
  variable: string;
  url: string;
}

const server = (
  name: string,
  client: DatabaseServer['client'],
  variable: string,
  fallback: string,
): DatabaseServer => ({ name, client, variable, url: process.env[variable] ?? fallback });

export const POSTGRES = server(
  'PostgreSQL',
  'pg',
  'ATIPAY_TEST_PG_URL',
  'postgres://postgres@127.0.0.1:5432/test',
);

export const MYSQL = server(
  'MySQL or MariaDB',
  'mysql2',
  'ATIPAY_TEST_MYSQL_URL',
  'mysql://root@127.0.0.1:3306/test',
);

/** A table name that no other suite uses. */
export const uniqueTable = (): string => `atipay_test_${randomBytes(6).toString('hex')}`;

/** A Knex instance for a server. */
export function connectTo({ client, url }: DatabaseServer, options: Partial<Knex.Config> = {}): Knex {
  return createKnex({ client, connection: url, pool: { min: 0, max: 10 }, ...options });
}

/** A Knex instance for a SQLite file of its own, and a way to be rid of both. */
export function sqliteFile(options: Partial<Knex.Config> = {}): {
  knex: Knex;
  filename: string;
  remove: () => Promise<void>;
} {
  const folder = mkdtempSync(join(tmpdir(), 'atipay-test-'));
  const filename = join(folder, 'shop.db');
  const knex = openSqlite(filename, options);
  const remove = async (): Promise<void> => {
    await knex.destroy();
    rmSync(folder, { recursive: true, force: true });
  };
  return { knex, filename, remove };
}

/** One more Knex instance for a SQLite file. Write-ahead log: readers and the writer do not wait for each other. */
export function openSqlite(filename: string, options: Partial<Knex.Config> = {}): Knex {
  return createKnex({
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    pool: { min: 1, max: 1, afterCreate: useWriteAheadLog },
    ...options,
  });
}

interface SqliteConnection {
  pragma(setting: string): unknown;
}

function useWriteAheadLog(
  connection: SqliteConnection,
  done: (error: unknown, connection: unknown) => void,
): void {
  connection.pragma('journal_mode = wal');
  connection.pragma('synchronous = normal');
  done(null, connection);
}

/**
 * `describe` for suites that need a server. Where nothing listens, the suite is left out and says so, loudly; under
 * `CI` it is run all the same, and fails.
 */
export function describeWith(database: DatabaseServer, title: string, suite: () => void): void {
  if (process.env['CI'] === 'true' || listens(database.url)) {
    describe(title, suite);
    return;
  }
  const reason = `no ${database.name} at ${withoutPassword(database.url)}`;
  process.stderr.write(
    `\nLEFT OUT: "${title}": ${reason}. Start one, or set ${database.variable}, to run this suite.\n`,
  );
  describe.skip(title, () => {
    test(`left out: ${reason}; set ${database.variable}`, () => undefined);
  });
}

const PROBE = `
  const [host, port] = process.argv.slice(1);
  const socket = require('node:net').connect({ host, port, timeout: 2000 });
  const end = (code) => () => process.exit(code);
  socket.on('connect', end(0)).on('error', end(1)).on('timeout', end(1));
`;

/** Suites are declared before anything can be awaited: the question is put to another process. */
function listens(url: string): boolean {
  const { hostname, port } = new URL(url);
  return spawnSync(process.execPath, ['-e', PROBE, hostname, port]).status === 0;
}

function withoutPassword(url: string): string {
  const { protocol, username, host, pathname } = new URL(url);
  return `${protocol}//${username}@${host}${pathname}`;
}
