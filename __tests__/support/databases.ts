import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import createKnex, { type Knex } from 'knex';

/** Something that tests run against, if it is there. */
export interface TestServer {
  name: string;
  /** The environment variable that says where it is, and where it is looked for otherwise. */
  variable: string;
  url: string;
}

export interface DatabaseServer extends TestServer {
  client: 'pg' | 'mysql2';
}

const server = (name: string, variable: string, fallback: string): TestServer => ({
  name,
  variable,
  url: process.env[variable] ?? fallback,
});

export const POSTGRES: DatabaseServer = {
  ...server('PostgreSQL', 'ATIPAY_TEST_PG_URL', 'postgres://postgres@127.0.0.1:5432/test'),
  client: 'pg',
};

export const MYSQL: DatabaseServer = {
  ...server('MySQL or MariaDB', 'ATIPAY_TEST_MYSQL_URL', 'mysql://root@127.0.0.1:3306/test'),
  client: 'mysql2',
};

export const REDIS = server('Redis', 'ATIPAY_TEST_REDIS_URL', 'redis://127.0.0.1:6379');

/** A table name that no other suite uses. */
export const uniqueTable = (): string => `atipay_test_${randomBytes(6).toString('hex')}`;

/** A Knex instance for a server. */
export function connectTo({ client, url }: DatabaseServer, options: Partial<Knex.Config> = {}): Knex {
  return createKnex({ client, connection: url, pool: { min: 0, max: 10 }, ...options });
}

/** A `postProcessResponse` that renames the columns of every result with rows, as shops have it. */
export function renaming(rename: (name: string) => string): (result: unknown) => unknown {
  const renamed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renamed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, kept]) => [rename(name), kept as unknown]));
  };
  return (result) => (Array.isArray(result) ? renamed(result) : result);
}

/** A Knex instance for a temporary SQLite file, and a function that removes both. */
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
  connection.pragma('busy_timeout = 50');
  done(null, connection);
}

/**
 * `describe` for suites that need a server. Where nothing listens, the suite is left out and says so, loudly; under
 * `CI` it is run all the same, and fails.
 */
export function describeWith(wanted: TestServer, title: string, suite: () => void): void {
  if (process.env['CI'] === 'true' || listens(wanted.url)) {
    describe(title, suite);
    return;
  }
  const reason = `no ${wanted.name} at ${withoutPassword(wanted.url)}`;
  process.stderr.write(
    `\nLEFT OUT: "${title}": ${reason}. Start one, or set ${wanted.variable}, to run this suite.\n`,
  );
  describe.skip(title, () => {
    test(`left out: ${reason}; set ${wanted.variable}`, () => undefined);
  });
}

const PROBE = `
  const [host, port] = process.argv.slice(1);
  const socket = require('node:net').connect({ host, port, timeout: 2000 });
  const end = (code) => () => process.exit(code);
  socket.on('connect', end(0)).on('error', end(1)).on('timeout', end(1));
`;

const listening = new Map<string, boolean>();

/** Suites are declared before anything can be awaited: the question is put to another process, once for each server. */
function listens(url: string): boolean {
  const { host, hostname, port } = new URL(url);
  const known =
    listening.get(host) ?? spawnSync(process.execPath, ['-e', PROBE, hostname, port]).status === 0;
  listening.set(host, known);
  return known;
}

function withoutPassword(url: string): string {
  const { protocol, username, host, pathname } = new URL(url);
  return `${protocol}//${username}@${host}${pathname}`;
}
