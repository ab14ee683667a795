import timers from 'node:timers';
import type { SqlValue } from '../../sql/client';
import type { BetterSqlite3Like } from './database';
import type { Prepared } from './prepared';

// Taken when the module loads: a shop's tests may replace it later.
const { setImmediate } = timers;

/** Writes that one commit holds: they stop the event loop for a few milliseconds at most. */
const GROUP = 200;

interface Write {
  readonly sql: string;
  readonly values: readonly SqlValue[];
  readonly resolve: (changes: number) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Commits the writes of one turn of the event loop together: a commit waits for the disk. Each write stands or falls
 * alone, and none resolves before its group is committed.
 */
export class GroupCommit {
  readonly #connection: () => Prepared<BetterSqlite3Like>;
  readonly #turn: () => Promise<void>;
  #writes: Write[] = [];

  /** `turn` resolves when no transaction of this process holds the write lock. */
  constructor(connection: () => Prepared<BetterSqlite3Like>, turn: () => Promise<void>) {
    this.#connection = connection;
    this.#turn = turn;
  }

  write(sql: string, values: readonly SqlValue[]): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#writes.push({ sql, values, resolve, reject });
      if (this.#writes.length === 1) setImmediate(() => void this.#flush());
    });
  }

  async #flush(): Promise<void> {
    await this.#turn();
    const group = this.#writes.splice(0, GROUP);
    if (this.#writes.length > 0) setImmediate(() => void this.#flush());
    try {
      for (const settle of commitTogether(this.#connection(), group)) settle();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

/** How each write is to be settled, once all are committed. */
function commitTogether(connection: Prepared<BetterSqlite3Like>, group: readonly Write[]): (() => void)[] {
  const { database } = connection;
  database.exec('begin immediate');
  try {
    const outcomes = group.map((write) => attempt(connection, write));
    database.exec('commit');
    return outcomes;
  } catch (error) {
    if (database.inTransaction) database.exec('rollback');
    throw error;
  }
}

/** Throws when SQLite has given up the whole group. */
function attempt(
  connection: Prepared<BetterSqlite3Like>,
  { sql, values, resolve, reject }: Write,
): () => void {
  try {
    const { changes } = connection.statement(sql).run(...values);
    return () => resolve(changes);
  } catch (error) {
    if (!connection.database.inTransaction) throw error;
    return () => reject(error);
  }
}
