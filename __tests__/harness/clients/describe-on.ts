import { describeWith, MYSQL, POSTGRES } from '../../support/databases';
import type { Client } from './drivers';
import type { Database } from './opened';

/** `describe` for a suite that needs a database: left out, and reported, where its server is missing. */
export function describeOn(database: Database, title: string, suite: () => void): void {
  if (database === 'sqlite') describe(title, suite);
  else describeWith(database === 'mysql' ? MYSQL : POSTGRES, title, suite);
}

/** A suite for each client on each database that it serves. */
export function describeEach(
  clients: readonly Client[],
  title: string,
  suite: (client: Client, database: Database) => void,
): void {
  for (const client of clients) {
    for (const database of client.databases) {
      describeOn(database, `with ${client.name} on ${database} ${title}`, () => suite(client, database));
    }
  }
}
