import mysql from 'mysql2/promise';
import { MYSQL, uniqueTable } from './databases';

/** Runs a statement in a transaction of a store's client. */
type Run<Tx> = (tx: Tx, sql: string) => PromiseLike<unknown>;

/** How a database ends a transaction for a statement, and cleaning up afterwards. */
interface Ending<Tx> {
  endTransaction: (tx: Tx) => Promise<void>;
  close: () => Promise<void>;
}

/** PostgreSQL takes nothing more in a transaction after any error. */
export const postgresEnding = <Tx>(run: Run<Tx>): Ending<Tx> => ({
  endTransaction: (tx) => caught(run(tx, 'select * from there_is_no_such_table')),
  close: () => Promise.resolve(),
});

/** SQLite rolls back for `insert or rollback`. */
export const sqliteEnding = <Tx>(run: Run<Tx>): Ending<Tx> => ({
  endTransaction: async (tx) => {
    await run(tx, 'create table once (id integer primary key)');
    await run(tx, 'insert into once values (1)');
    await caught(run(tx, 'insert or rollback into once values (1)'));
  },
  close: () => Promise.resolve(),
});

/** MySQL and MariaDB roll back one of two transactions in deadlock: the one that has changed fewer rows. */
export async function mysqlEnding<Tx>(run: Run<Tx>): Promise<Ending<Tx>> {
  const other = await mysql.createConnection(MYSQL.url);
  const table = uniqueTable();
  await other.query(`create table ${table} (id integer primary key, hits integer) engine = InnoDB`);
  const ids = Array.from({ length: 200 }, (_, id) => `(${id}, 0)`);
  await other.query(`insert into ${table} values ${ids.join(', ')}`);
  const hit = (id: number): string => `update ${table} set hits = hits + 1 where id = ${id}`;
  return {
    endTransaction: async (tx) => {
      await other.beginTransaction();
      await other.query(`update ${table} set hits = hits + 1 where id >= 2`);
      await run(tx, hit(1));
      const waiting = other.query(hit(1));
      await caught(run(tx, hit(2)));
      await waiting;
      await other.rollback();
    },
    close: async () => {
      await other.query(`drop table ${table}`);
      await other.end();
    },
  };
}

/** Waits for a statement that fails, as a hook that catches its error does. */
async function caught(statement: PromiseLike<unknown>): Promise<void> {
  try {
    await statement;
  } catch {
    return;
  }
  throw new Error('The statement was expected to fail.');
}
