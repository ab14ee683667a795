import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { connectTo, MYSQL, POSTGRES, sqliteFile } from './databases';

/** An empty database, so that the tables of an example can have their plain names. */
export interface FreshDatabase {
  /** A server's URL, or the path of a SQLite file. */
  url: string;
  /** For the checks of the test. */
  knex: Knex;
  drop: () => Promise<void>;
}

/** Creates an empty database on a server, or a SQLite file. */
export async function freshDatabase(database: 'postgresql' | 'mysql' | 'sqlite'): Promise<FreshDatabase> {
  if (database === 'sqlite') {
    const { knex, filename, remove } = sqliteFile();
    return { url: filename, knex, drop: remove };
  }
  const server = database === 'mysql' ? MYSQL : POSTGRES;
  const name = `fresh_${randomBytes(5).toString('hex')}`;
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
