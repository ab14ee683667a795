import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqlStoreOptions } from '../../../lib/stores/sql/store';
import type { PaymentStore } from '../../../lib/stores/store';
import { MYSQL, POSTGRES } from '../../support/databases';

export type Database = 'postgresql' | 'mysql' | 'sqlite';

/** Where a store keeps payments, and the store's options. */
export interface Place extends SqlStoreOptions {
  database: Database;
  /** A server's URL, or the path of a SQLite file. */
  url: string;
  tableName: string;
}

/** A store over one client and database, and the other operations that the suite needs. */
export interface Opened<Tx> {
  store: PaymentStore<Tx>;
  /** Runs a statement outside of a transaction. */
  send(sql: string): PromiseLike<unknown>;
  /** Runs a statement in a transaction. */
  run(this: void, tx: Tx, sql: string): PromiseLike<unknown>;
  createTable(): Promise<void>;
  dropTable(): Promise<void>;
  close(): PromiseLike<unknown>;
}

/** Opens a store over a client. */
export type OpenStore<Tx> = (place: Place) => Opened<Tx> | Promise<Opened<Tx>>;

/** A database for one suite, and a way to be rid of it. */
export function databaseFor(database: Database): Pick<Place, 'database' | 'url'> & { remove: () => void } {
  if (database !== 'sqlite') {
    const { url } = database === 'mysql' ? MYSQL : POSTGRES;
    return { database, url, remove: () => undefined };
  }
  const folder = mkdtempSync(join(tmpdir(), 'atipay-test-'));
  return {
    database,
    url: join(folder, 'shop.db'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
