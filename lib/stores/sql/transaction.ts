import type { PaymentRecord } from '../../core/record';
import type { SqlClient } from './client';
import { dialectNamed, type Guard } from './dialect';
import { endedError, isTransientRead, lockedError, translate } from './errors';
import type { Executor } from './executor';
import { Marks } from './marks';
import { retrying } from './retry';
import type { Statements } from './statements';

/**
 * Transactions of a client, with additions of the store:
 *
 * - A statement that ends the transaction ends it for good. On PostgreSQL the server refuses later statements; on MySQL
 * and MariaDB they are rolled back, see {@link Guard}; on SQLite the client refuses it. Before the commit, the versions
 * written are read back.
 * - Begin and commit have a time limit. A transaction whose work has not started is begun again.
 */
export class Transactions<Tx> {
  readonly #client: SqlClient<Tx>;
  readonly #executor: Executor<Tx>;
  readonly #sql: Statements;
  readonly #guard: Guard;
  readonly #marks = new Marks();
  #open = 0;

  constructor(client: SqlClient<Tx>, executor: Executor<Tx>, sql: Statements, guard: Guard) {
    this.#client = client;
    this.#executor = executor;
    this.#sql = sql;
    this.#guard = guard;
  }

  /** Remembers the writes of an update in a transaction. */
  note(tx: Tx, { invoiceNumber, version }: PaymentRecord): void {
    this.#marks.note(tx, invoiceNumber, version);
  }

  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    await this.#executor.check();
    const attempts: Attempt<Tx, T>[] = [];
    const begin = (): Promise<T> => {
      const attempt = new Attempt<Tx, T>(work);
      attempts.push(attempt);
      return this.#attempt(attempt);
    };
    try {
      return await retrying(begin, (error) => !attempts.at(-1)?.started && isTransientRead(error));
    } catch (error) {
      throw attempts.at(-1)?.thrown ? attempts.at(-1)?.thrown?.error : translate(error, this.#executor.table);
    }
  }

  /** An update that fails when another transaction holds the row; a row of another version is not waited for. */
  async withoutWaiting(next: PaymentRecord, read: PaymentRecord, tx?: Tx): Promise<number> {
    const { rowLocks, lockingSubquery } = dialectNamed(this.#client.dialect);
    const never = (): boolean => false;
    if (lockingSubquery) return this.#executor.write(this.#sql.update(next, read, true), tx, never);
    if (!rowLocks) {
      if (tx === undefined && this.#open > 0) throw lockedError(this.#executor.table);
      return this.#executor.write(this.#sql.update(next, read, false), tx, never);
    }
    const inside = async (own: Tx): Promise<number> => {
      const locked = await this.#executor.read(this.#sql.lock(read), own);
      return locked.length === 0 ? 0 : this.#executor.write(this.#sql.update(next, read, false), own);
    };
    return tx === undefined ? this.#once(inside) : inside(tx);
  }

  async #once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      await this.#executor.check();
      return await this.#executor.limit(this.#client.transaction(work));
    } catch (error) {
      throw translate(error, this.#executor.table);
    }
  }

  async #attempt<T>(attempt: Attempt<Tx, T>): Promise<T> {
    const running = this.#client.transaction(async (tx) => {
      this.#open++;
      try {
        return await this.#guarded(tx, attempt);
      } finally {
        this.#open--;
        attempt.worked.resolve();
      }
    });
    try {
      await this.#executor.limit(Promise.race([attempt.begun.promise, running]));
    } catch (error) {
      attempt.abandon();
      running.catch(() => undefined);
      throw error;
    }
    await Promise.race([attempt.worked.promise, running]);
    const value = await this.#executor.limit(running);
    // A client may take a rejection without a reason for success.
    if (attempt.thrown) throw attempt.thrown.error;
    return value;
  }

  async #guarded<T>(tx: Tx, attempt: Attempt<Tx, T>): Promise<T> {
    const { begin, commit, rollback } = this.#guard;
    const send = (sql: string): Promise<unknown> => this.#executor.limit(this.#client.execute(sql, [], tx));
    await send(begin);
    try {
      const marks = this.#marks.begin(tx);
      const value = await attempt.run(tx);
      await this.#readBack(tx, marks);
      for (const statement of commit) await send(statement);
      return value;
    } catch (error) {
      for (const statement of rollback) await send(statement).catch(() => undefined);
      throw error;
    }
  }

  /** Throws unless the transaction still holds its writes. */
  async #readBack(tx: Tx, marks: ReadonlyMap<string, number>): Promise<void> {
    for (const [invoiceNumber, version] of marks) {
      const [row] = await this.#executor.read(this.#sql.version(invoiceNumber), tx);
      if (Number(row?.['version']) !== version) throw endedError();
    }
    if (marks.size === 0) await this.#executor.read({ sql: 'select 1 as alive', values: [] }, tx);
  }
}

/** One try of a transaction's work. */
class Attempt<Tx, T> {
  readonly begun = deferred();
  readonly worked = deferred();
  started = false;
  thrown: { error: unknown } | undefined;
  #abandoned = false;
  readonly #work: (tx: Tx) => Promise<T>;

  constructor(work: (tx: Tx) => Promise<T>) {
    this.#work = work;
  }

  /** The caller has the error that the transaction did not begin: it must not begin later. */
  abandon(): void {
    this.#abandoned = true;
  }

  async run(tx: Tx): Promise<T> {
    if (this.#abandoned) throw endedError();
    this.started = true;
    this.begun.resolve();
    try {
      return await this.#work(tx);
    } catch (error) {
      this.thrown = { error };
      throw error;
    }
  }
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
