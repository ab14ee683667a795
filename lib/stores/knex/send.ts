import type { Knex } from 'knex';
import { postgresWays } from './postgres';
import { SqliteWays } from './sqlite';
import type { Send, Ways } from './ways';

/**
 * The cheapest ways to the database whose connections come from the shop's pool all the same. Knex builds, numbers and
 * announces a statement anew each time that it is sent; these are written once, and the two drivers that most shops have
 * are asked themselves.
 */
export function waysThrough(knex: Knex): Ways {
  const client = knex.client as Knex.Client;
  switch (client.driverName) {
    case 'better-sqlite3':
      return new SqliteWays(client);
    case 'pg':
      return postgresWays(client);
    default: {
      const send: Send = async (sql, values): Promise<unknown> => await knex.raw<unknown>(sql, values);
      return { read: send, write: send };
    }
  }
}
