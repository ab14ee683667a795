import { dirname, resolve } from 'node:path';
import type { Knex } from 'knex';
import { createPaymentsTable, dropPaymentsTable, KnexPaymentStore } from '../../stores/clients/knex';
import type { SqlStoreOptions } from '../../stores/sql/store';
import { problems } from '../texts/problems';
import type { Database } from './database';
import { loadModule } from './module';
import { requireFromShop } from './require';
import { CommandError } from './terminal';

/** Knex prints a message about a missing driver; ours is the one to read. */
const QUIET: Knex.Logger = {
  warn: () => undefined,
  error: () => undefined,
  deprecate: () => undefined,
  debug: () => undefined,
};

/** Opens the database of the shop's knexfile through the shop's Knex. */
export async function openKnexfile(
  path: string,
  env: string | undefined,
  options: SqlStoreOptions,
): Promise<Database> {
  const file = resolve(path);
  const { default: exported } = await loadModule(file);
  const config = await partOf(exported, file, env);
  // As Knex' command does: paths in a knexfile are seen from where it is.
  process.chdir(dirname(file));
  const knex = connect(config);
  return {
    store: new KnexPaymentStore(knex, options),
    createTable: () => createPaymentsTable(knex, options),
    dropTable: () => dropPaymentsTable(knex, options),
    close: () => knex.destroy(),
  };
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

function connect(config: Knex.Config): Knex {
  const createKnex = requireFromShop('knex') as (config: Knex.Config) => Knex;
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
