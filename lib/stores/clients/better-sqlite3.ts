import type { Row, SqlClient, SqlSender, SqlValue } from '../sql/client';
import { endedError, storeError } from '../sql/errors';
import { expectClient } from '../expect';
import { SqlPaymentStore, type SqlStoreOptions } from '../sql/store';
import { tableCreator, tableDropper } from '../sql/table';
import type { BetterSqlite3Like } from './better-sqlite3/database';
import { GroupCommit } from './better-sqlite3/group-commit';
import { guarded } from './better-sqlite3/guarded';
import { Prepared } from './better-sqlite3/prepared';

export { paymentsMigrations, type PaymentsMigration } from '../sql/migrations';
export { paymentsTableSql } from '../sql/table';
export type { BetterSqlite3Like } from './better-sqlite3/database';

/**
 * Keeps payments in a SQLite file. It takes a function that opens the file, because it needs two connections: one for
 * its statements, and one for the transaction of a hook, whose `tx` is that `Database`. Nothing else that the process
 * writes can fall into the hook's transaction.
 *
 * ```ts
 * new BetterSqlite3PaymentStore(() => new Database('shop.db'));
 * ```
 */
export class BetterSqlite3PaymentStore<Database extends BetterSqlite3Like> extends SqlPaymentStore<Database> {
  readonly #connections: Connections<Database>;

  /** @throws AtipayError `ERR_ATIPAY_STORE` for a database instead of a function, or a bad table name. */
  constructor(open: () => Database, options: SqlStoreOptions = {}) {
    expectClient(open, ['call'], OPENER);
    const connections = new Connections(open);
    super(connections, options);
    this.#connections = connections;
  }

  /** Closes the connections that the store has opened. */
  close(): void {
    this.#connections.close();
  }
}

/** Creates the payments table, or its missing parts. */
export const createPaymentsTable = tableCreator(senderOf);

/** Drops the payments table and every payment in it. */
export const dropPaymentsTable = tableDropper(senderOf);

const OPENER =
  "a function that opens the database, since it needs connections of its own: new BetterSqlite3PaymentStore(() => new Database('shop.db'))";

class Connections<Database extends BetterSqlite3Like> implements SqlClient<Database> {
  readonly dialect = 'sqlite';
  readonly #open: () => Database;
  readonly #writes: GroupCommit;
  /** For statements outside of hooks. */
  #first: Prepared<Database> | undefined;
  /** For transactions. */
  #second: Database | undefined;
  /** Settles with the last transaction that was begun. */
  #transactions: Promise<void> = Promise.resolve();

  constructor(open: () => Database) {
    this.#open = open;
    this.#writes = new GroupCommit(
      () => this.#own,
      () => this.#transactions,
    );
  }

  async query(sql: string, values: readonly SqlValue[], tx?: Database): Promise<Row[]> {
    await Promise.resolve();
    const statement = tx ? tx.prepare(sql) : this.#own.statement(sql);
    return statement.all(...values) as Row[];
  }

  async execute(sql: string, values: readonly SqlValue[], tx?: Database): Promise<number> {
    await Promise.resolve();
    return tx ? tx.prepare(sql).run(...values).changes : this.#writes.write(sql, values);
  }

  /** One after the other: SQLite has one writer. */
  transaction<T>(work: (tx: Database) => Promise<T>): Promise<T> {
    const turn = this.#transactions.then(() => transact((this.#second ??= this.#checked()), work));
    this.#transactions = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  close(): void {
    this.#first?.database.close();
    this.#second?.close();
  }

  get #own(): Prepared<Database> {
    return (this.#first ??= new Prepared(this.#checked()));
  }

  #checked(): Database {
    const database = this.#open();
    if (database.memory) throw storeError('A SQLite database in memory cannot keep payments: open a file.');
    // A statement that waits for another process waits outside of the event loop.
    database.pragma('busy_timeout = 20');
    return database;
  }
}

async function transact<Database extends BetterSqlite3Like, T>(
  database: Database,
  work: (tx: Database) => Promise<T>,
): Promise<T> {
  database.exec('begin immediate');
  try {
    const value = await work(guarded(database));
    if (!database.inTransaction) throw endedError();
    database.exec('commit');
    return value;
  } finally {
    if (database.inTransaction) database.exec('rollback');
  }
}

function senderOf(database: BetterSqlite3Like): SqlSender {
  expectClient(
    database,
    ['exec', 'prepare'],
    "an open database: createPaymentsTable(new Database('shop.db'))",
  );
  return {
    dialect: 'sqlite',
    query: (sql) => Promise.resolve(database.prepare(sql).all() as Row[]),
    execute: (sql) => Promise.resolve(database.exec(sql)).then(() => 0),
  };
}
