import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PaymentStore } from '../../../lib/stores/store';

export type Database = 'postgresql' | 'mysql' | 'sqlite';

/** A store over one client and database, and what the suite needs beside it. */
export interface Opened<Tx> {
  store: PaymentStore<Tx>;
  /** Runs a statement outside of a transaction. */
  send(sql: string): PromiseLike<unknown>;
  /** Runs a statement in a transaction. */
  run(tx: Tx, sql: string): PromiseLike<unknown>;
  createTable(): Promise<void>;
  dropTable(): Promise<void>;
  close(): PromiseLike<unknown>;
}

/** Names a client and opens a store over it. */
export interface Driver<Tx> {
  name: string;
  databases: readonly Database[];
  open(database: Database, tableName: string): Opened<Tx> | Promise<Opened<Tx>>;
}

export const PATIENCE_MS = 120_000;

/** A SQLite file of the test's own. */
export function sqliteFile(): { filename: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'atipay-test-'));
  return {
    filename: join(folder, 'shop.db'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
