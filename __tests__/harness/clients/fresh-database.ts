import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { connectTo, MYSQL, openSqlite, POSTGRES } from '../../support/databases';
import { databaseFor, type Database } from './opened';

/** An empty database, so that a recipe's tables can have their plain names. */
export interface FreshDatabase {
  url: string;
  /** For what the test itself looks at. */
  knex: Knex;
  drop: () => Promise<void>;
}

export async function freshDatabase(database: Database): Promise<FreshDatabase> {
  if (database === 'sqlite') {
    const { url, remove } = databaseFor(database);
    const knex = openSqlite(url);
    return { url, knex, drop: () => knex.destroy().then(remove) };
  }
  const server = database === 'mysql' ? MYSQL : POSTGRES;
  const name = `recipe_${randomBytes(5).toString('hex')}`;
  const admin = connectTo(server);
  await admin.raw(`create database ${name}`);
  const url = new URL(server.url);
  url.pathname = name;
  const knex = connectTo({ ...server, url: url.href });
  return {
    url: url.href,
    knex,
    drop: async () => {
      await knex.destroy();
      await admin.raw(`drop database ${name}`);
      await admin.destroy();
    },
  };
}
