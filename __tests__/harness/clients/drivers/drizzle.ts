import { sql } from 'drizzle-orm';
import { drizzle as drizzleMysql } from 'drizzle-orm/mysql2';
import { drizzle as drizzlePg } from 'drizzle-orm/node-postgres';
import { drizzle as drizzleOverPostgresJs } from 'drizzle-orm/postgres-js';
import { createPool } from 'mysql2/promise';
import postgres from 'postgres';
import {
  createPaymentsTable,
  DrizzlePaymentStore,
  dropPaymentsTable,
  type DrizzleLike,
} from '../../../../lib/stores/clients/drizzle';
import type { Opened, OpenStore, Place } from '../opened';
import { poolOf } from './pg';

/** The method that all of Drizzle's transactions have. */
interface Tx {
  execute(query: string): PromiseLike<unknown>;
}

export const drizzleNodePostgres: OpenStore<Tx> = (place) => {
  const pool = poolOf(place.url);
  return opened(drizzlePg(pool), 'postgresql', place, () => pool.end());
};

export const drizzlePostgresJs: OpenStore<Tx> = (place) => {
  const client = postgres(place.url, { onnotice: () => undefined });
  return opened(drizzleOverPostgresJs(client), 'postgresql', place, () => client.end());
};

export const drizzleMysql2: OpenStore<Tx> = (place) => {
  const pool = createPool(place.url);
  return opened(drizzleMysql(pool), 'mysql', place, () => pool.end());
};

function opened(
  database: DrizzleLike<Tx> & Tx,
  dialect: 'postgresql' | 'mysql',
  { url: _url, database: _database, ...place }: Place,
  close: () => Promise<unknown>,
): Opened<Tx> {
  const options = { sql, dialect, ...place };
  return {
    store: new DrizzlePaymentStore(database, options),
    send: (text) => database.execute(text),
    run: (tx, text) => tx.execute(text),
    createTable: () => createPaymentsTable(database, options),
    dropTable: () => dropPaymentsTable(database, options),
    close,
  };
}
