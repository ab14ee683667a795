import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { Knex } from 'knex';
import { KnexPaymentStore } from '../../stores/clients/knex';
import { problems } from '../texts/problems';
import { loadModule } from './module';
import { CommandError, misuse } from './terminal';

/** Knex prints a message about a missing driver; ours is the one to read. */
const QUIET: Knex.Logger = {
  warn: () => undefined,
  error: () => undefined,
  deprecate: () => undefined,
  debug: () => undefined,
};

/** Where payments are kept, as options say it. */
export interface Place {
  database?: string;
  knexfile?: string;
  env?: string;
  table?: string;
  schema?: string;
}

/** A connection of the shop's Knex, and the table's name. */
export interface Connection {
  knex: Knex;
  tableName: string;
}

/** Opens the database that the options point at, and closes it after the work. */
export async function withDatabase<T>(
  place: Place,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const knex = connect(await configOf(place));
  try {
    const { table = 'atipay_payments', schema } = place;
    return await work({ knex, tableName: schema === undefined ? table : `${schema}.${table}` });
  } finally {
    await knex.destroy();
  }
}

/** The payments in an open database. */
export function storeIn({ knex, tableName }: Connection): KnexPaymentStore {
  return new KnexPaymentStore(knex, { tableName });
}

async function configOf({ database, knexfile, env }: Place): Promise<Knex.Config> {
  if (knexfile !== undefined) {
    if (database !== undefined) throw misuse(problems.databaseTwice);
    return fromKnexfile(knexfile, env);
  }
  const url = database ?? process.env['DATABASE_URL'];
  if (url === undefined || url === '') throw misuse(problems.noWhere);
  return fromUrl(url);
}

function fromUrl(url: string): Knex.Config {
  const scheme = /^([a-z][a-z0-9+]+):\/\//i.exec(url)?.[1]?.toLowerCase() ?? '';
  const pool = { min: 0, max: 1 };
  if (['postgres', 'postgresql'].includes(scheme)) return { client: 'pg', connection: url, pool };
  if (['mysql', 'mariadb'].includes(scheme)) {
    return { client: 'mysql2', connection: url, pool };
  }
  if (!['', 'sqlite', 'sqlite3', 'file'].includes(scheme)) {
    throw misuse(problems.scheme(scheme));
  }
  const filename = resolve(url.replace(/^(?:sqlite3?|file):(?:\/\/)?/i, ''));
  // The driver would make a new, empty database there.
  if (!existsSync(filename)) throw new CommandError(problems.noSqlite(shown(filename, url)));
  return {
    client: sqliteClient(),
    connection: { filename },
    pool: { ...pool, afterCreate: shortBusyTimeout },
  };
}

/** A locked file stops the event loop for so long; the store tries again. */
function shortBusyTimeout(
  connection: { pragma?: (setting: string) => unknown },
  done: (error: unknown, connection: unknown) => void,
): void {
  connection.pragma?.('busy_timeout = 500');
  done(null, connection);
}

/** A text meant as an address may hold a password. */
const shown = (filename: string, url: string): string | undefined =>
  /[@:]/.test(url) ? undefined : filename;

/** The driver that there is; the better one where there are both, or neither, for Knex to ask for. */
function sqliteClient(isInstalled = (name: string) => requireWith(name) !== undefined): string {
  return isInstalled('sqlite3') && !isInstalled('better-sqlite3') ? 'sqlite3' : 'better-sqlite3';
}

async function fromKnexfile(path: string, env: string | undefined): Promise<Knex.Config> {
  const file = resolve(path);
  const { default: exported } = await loadModule(file);
  const chosen = await partOf(exported, file, env);
  // As Knex' command does: paths in a knexfile are seen from where it is.
  process.chdir(dirname(file));
  return chosen;
}

type Knexfile = Partial<Record<string, Knex.Config>> & Knex.Config;

/** The config of an environment in a knexfile's export, or the whole export when it has no environments. */
async function partOf(
  exported: unknown,
  file: string,
  env = process.env['NODE_ENV'] ?? 'development',
): Promise<Knex.Config> {
  const knexfile = (
    typeof exported === 'function' ? await (exported as () => unknown)() : exported
  ) as Knexfile;
  const chosen = knexfile[env] ?? knexfile;
  if (chosen.client !== undefined) return chosen;
  throw new CommandError(problems.noPartOfKnexfile(file, env));
}

/** The shop's Knex and drivers before any that are nearer to this package. */
const PLACES = [join(process.cwd(), 'package.json'), __filename].map((from) => createRequire(from));

/** The first of the places that a package is found from. */
const requireWith = (name: string, places = PLACES): NodeJS.Require | undefined =>
  places.find((place) => {
    try {
      place.resolve(name);
      return true;
    } catch {
      return false;
    }
  });

/** A Knex instance made by the shop's Knex. @throws CommandError when it, or the driver, is not installed. */
function connect(config: Knex.Config): Knex {
  const require = requireWith('knex');
  if (!require) throw new CommandError(problems.noKnex);
  const createKnex = require('knex') as (config: Knex.Config) => Knex;
  try {
    return createKnex({ ...config, log: QUIET });
  } catch (error) {
    throw withoutDriver(config, error);
  }
}

function withoutDriver({ client }: Knex.Config, error: unknown): unknown {
  const words = error instanceof Error ? error.message : String(error);
  const [, driver] = /npm install (\S+)/.exec(words) ?? [];
  if (driver === undefined) return error;
  return new CommandError(problems.noDriver(String(client), driver));
}
