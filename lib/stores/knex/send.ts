import type { Knex } from 'knex';
import { keptIn } from './kept';

/** Milliseconds after which the pool is asked for a connection again. */
const KNOWN_MS = 1_000;

type Values = (string | number | null)[];

/** Sends one statement, outside of any transaction. Resolves with what `knex.raw` would, or with rows that are lists. */
export type Send = (sql: string, values: Values) => Promise<unknown>;

/** Has a connection of the pool do a statement. */
type Ask<Connection> = (connection: Connection, sql: string, values: Values) => unknown;

/** What is used of better-sqlite3. */
interface SqliteConnection {
  open: boolean;
  inTransaction: boolean;
  prepare(sql: string): SqliteStatement;
}

interface SqliteStatement {
  /** Whether it answers with rows. */
  reader: boolean;
  /** Has it answer with values in their order, without names. */
  raw(): unknown;
  all(values: Values): unknown;
  run(values: Values): unknown;
}

/** What is used of pg. */
interface PgConnection {
  query(sql: string, values: Values): Promise<unknown>;
}

/**
 * The cheapest way to the database whose connections come from the shop's pool all the same. Knex builds, numbers and
 * announces a statement anew each time that it is sent; these are written once, and the two drivers that most shops have
 * are asked themselves. Whoever listens to the queries of the instance hears of them.
 */
export function sendThrough(knex: Knex): Send {
  const client = knex.client as Knex.Client;
  switch (client.driverName) {
    case 'better-sqlite3':
      return sendToSqlite(client);
    case 'pg':
      return sendTo<PgConnection>(client, askPg());
    default:
      return async (sql, values): Promise<unknown> => await knex.raw<unknown>(sql, values);
  }
}

function sendTo<Connection>(client: Knex.Client, ask: Ask<Connection>): Send {
  return async (sql, values) => {
    const connection = (await client.acquireConnection()) as Connection;
    try {
      return await announced(client, ask, connection, sql, values);
    } finally {
      await client.releaseConnection(connection);
    }
  };
}

async function announced<Connection>(
  client: Knex.Client,
  ask: Ask<Connection>,
  connection: Connection,
  sql: string,
  bindings: Values,
): Promise<unknown> {
  try {
    client.emit('query', { sql, bindings });
    return await ask(connection, sql, bindings);
  } catch (error) {
    client.emit('query-error', error, { sql, bindings });
    throw error;
  }
}

/**
 * better-sqlite3 is done with a statement before anybody else has a turn, so two things only on a connection can be
 * disturbed by it: a transaction, and rows that are read one by one. A connection that is in neither is asked without
 * waiting in the pool's queue. The pool is asked now and then all the same: it closes what nobody takes from it, and
 * what has lived for long enough.
 */
function sendToSqlite(client: Knex.Client): Send {
  const ask = askSqlite();
  let known: SqliteConnection | undefined;
  let seenAt = 0;
  const queue = sendTo<SqliteConnection>(client, (connection, sql, values) => {
    known = connection;
    seenAt = performance.now();
    return ask(connection, sql, values);
  });
  return async (sql, values) => {
    const connection = known;
    if (!connection?.open || connection.inTransaction || performance.now() - seenAt > KNOWN_MS) {
      return queue(sql, values);
    }
    try {
      return await announced(client, ask, connection, sql, values);
    } catch (error) {
      if (isReading(error)) return queue(sql, values);
      throw error;
    }
  };
}

/** better-sqlite3's word for a connection whose rows are read one by one. */
const isReading = (error: unknown): boolean => String(error).includes('busy executing a query');

/** Preparing a statement takes about as long as doing it: each connection keeps those it has prepared, a dozen. */
function askSqlite(): Ask<SqliteConnection> {
  const prepared = new WeakMap<SqliteConnection, Map<string, SqliteStatement>>();
  return (connection, sql, values) => {
    const statements = keptIn(prepared, connection, () => new Map<string, SqliteStatement>());
    const statement = keptIn(statements, sql, () => prepare(connection, sql));
    return statement.reader ? statement.all(values) : statement.run(values);
  };
}

function prepare(connection: SqliteConnection, sql: string): SqliteStatement {
  const statement = connection.prepare(sql);
  if (statement.reader) statement.raw();
  return statement;
}

/** Without a name, so that poolers that mix up sessions do no harm. */
function askPg(): Ask<PgConnection> {
  const numbered = new Map<string, string>();
  return (connection, sql, values) => {
    const text = keptIn(numbered, sql, () => withNumbers(sql));
    return connection.query(text, values);
  };
}

/** `$1`, `$2` … for `?`; none of the store's statements has a `?` that means itself. */
function withNumbers(sql: string): string {
  let count = 0;
  return sql.replaceAll('?', () => `$${(count += 1)}`);
}
