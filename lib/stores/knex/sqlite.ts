// The global one is replaced where a shop's tests fake their timers, and nothing would be written.
import { setImmediate } from 'node:timers';
import type { Knex } from 'knex';
import { keptIn } from './kept';
import { told, type Send, type Values, type Ways } from './ways';

/** Milliseconds after which the pool is asked for a connection again. */
const KNOWN_MS = 1_000;

/** How many writes are committed at once: they hold up the event loop for a few milliseconds at most. */
const GROUP = 200;

/** What is used of better-sqlite3. */
interface Connection {
  open: boolean;
  inTransaction: boolean;
  prepare(sql: string): Statement;
}

interface Statement {
  /** Whether it answers with rows. */
  reader: boolean;
  /** Has it answer with values in their order, without names. */
  raw(): unknown;
  all(values: Values): unknown;
  run(values: Values): unknown;
}

/** A write that waits for its commit. */
interface Write {
  sql: string;
  values: Values;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

/**
 * better-sqlite3 is done with a statement before anybody else has a turn, so two things only on a connection can be
 * disturbed by it: a transaction, and rows that are read one by one. A connection that is in neither is asked without
 * waiting in the pool's queue. The pool is asked now and then all the same: it closes what nobody takes from it, and
 * what has lived for long enough.
 *
 * A commit waits for the disk. Writes of one turn of the event loop are therefore committed together (group commit): each
 * stands or falls by itself, and none is said to be done before it is on the disk.
 */
export class SqliteWays implements Ways {
  readonly #client: Knex.Client;
  readonly #prepared = new WeakMap<Connection, Map<string, Statement>>();
  #writes: Write[] = [];
  #known: Connection | undefined;
  #seenAt = 0;

  constructor(client: Knex.Client) {
    this.#client = client;
  }

  readonly read: Send = (sql, values) =>
    told(this.#client, sql, values, () => this.#do((connection) => this.#run(connection, { sql, values })));

  readonly write: Send = (sql, values) =>
    told(
      this.#client,
      sql,
      values,
      () =>
        new Promise((resolve, reject) => {
          this.#writes.push({ sql, values, resolve, reject });
          if (this.#writes.length === 1) setImmediate(() => void this.#commit());
        }),
    );

  async #commit(): Promise<void> {
    const writes = this.#writes;
    this.#writes = [];
    for (let at = 0; at < writes.length; at += GROUP) {
      const group = writes.slice(at, at + GROUP);
      try {
        await this.#do((connection) => this.#together(connection, group));
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
  }

  /** One transaction for all of them; a write that comes alone is one by itself. */
  #together(connection: Connection, group: Write[]): void {
    const control = (sql: string): void => {
      if (group.length > 1) this.#run(connection, { sql, values: [] });
    };
    control('begin immediate');
    let outcomes: (() => void)[];
    try {
      outcomes = group.map((write) => this.#attempt(connection, write));
      control('commit');
    } catch (error) {
      if (connection.inTransaction) control('rollback');
      throw error;
    }
    for (const settle of outcomes) settle();
  }

  /** What to say of a write once all are committed. Throws when SQLite has given up more than this one. */
  #attempt(connection: Connection, write: Write): () => void {
    try {
      const result = this.#run(connection, write);
      return () => write.resolve(result);
    } catch (error) {
      if (!connection.inTransaction) throw error;
      return () => write.reject(error);
    }
  }

  /** Has a connection do something. */
  async #do<T>(work: (connection: Connection) => T): Promise<T> {
    const known = this.#known;
    if (!known?.open || known.inTransaction || performance.now() - this.#seenAt > KNOWN_MS) {
      return this.#inTurn(work);
    }
    try {
      return work(known);
    } catch (error) {
      if (isReading(error)) return this.#inTurn(work);
      throw error;
    }
  }

  async #inTurn<T>(work: (connection: Connection) => T): Promise<T> {
    const connection = (await this.#client.acquireConnection()) as Connection;
    try {
      this.#known = connection;
      this.#seenAt = performance.now();
      return work(connection);
    } finally {
      await this.#client.releaseConnection(connection);
    }
  }

  /** Preparing a statement takes about as long as doing it: each connection keeps those it has prepared, a dozen. */
  #run(connection: Connection, { sql, values }: Pick<Write, 'sql' | 'values'>): unknown {
    const statements = keptIn(this.#prepared, connection, () => new Map<string, Statement>());
    const statement = keptIn(statements, sql, () => prepare(connection, sql));
    return statement.reader ? statement.all(values) : statement.run(values);
  }
}

/** better-sqlite3's word for a connection whose rows are read one by one. */
const isReading = (error: unknown): boolean => String(error).includes('busy executing a query');

function prepare(connection: Connection, sql: string): Statement {
  const statement = connection.prepare(sql);
  if (statement.reader) statement.raw();
  return statement;
}
