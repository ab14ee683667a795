// The global one is replaced where a shop's tests fake their timers, and nothing would be given back.
import { setImmediate } from 'node:timers';
import type { Knex } from 'knex';

/** How many statements a connection does before the pool has it back, which closes those that have lived for long enough. */
const MOST_STATEMENTS = 50;

/** A connection of the pool, for one statement of whoever has it. */
export interface Loan<Connection> {
  readonly connection: Connection;
  /** How many more statements it may do. */
  left: number;
}

interface Waiting<Connection> {
  resolve: (loan: Loan<Connection>) => void;
  reject: (error: unknown) => void;
}

/** What is used of tarn; a pool of the shop's own may lack it. */
interface Pool {
  max?: number;
  numPendingAcquires?(): number;
}

/**
 * Connections of the shop's pool, for one statement each. The pool makes a dozen promises and two timers for every
 * connection it gives, so one that is free again goes to the next statement that waits for it, or comes within the same
 * turn of the event loop. The pool has it back at once when somebody else waits there.
 */
export class Loans<Connection> {
  readonly #client: Knex.Client;
  readonly #waiting: Waiting<Connection>[] = [];
  readonly #free: Loan<Connection>[] = [];
  /** How many connections the pool was asked for and has not given yet. */
  #asked = 0;
  /** How many connections are here. */
  #lent = 0;

  constructor(client: Knex.Client) {
    this.#client = client;
  }

  /** A connection for one statement. Rejects when the pool gives none. */
  take(): Promise<Loan<Connection>> {
    const free = this.#free.pop();
    if (free) return Promise.resolve(free);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#askForMore();
    });
  }

  /** Gives a connection back whose statement is done. */
  give(loan: Loan<Connection>): void {
    loan.left -= 1;
    if (loan.left <= 0 || this.#othersWait()) this.giveUp(loan);
    else this.#handOn(loan);
  }

  /** Gives a connection back to the pool, which looks at it before anybody has it again. */
  giveUp({ connection }: Loan<Connection>): void {
    this.#lent -= 1;
    void this.#client.releaseConnection(connection);
    this.#askForMore();
  }

  #handOn(loan: Loan<Connection>): void {
    const next = this.#waiting.shift();
    if (next) {
      next.resolve(loan);
      return;
    }
    this.#free.push(loan);
    if (this.#free.length === 1)
      setImmediate(() => this.#free.splice(0).forEach((free) => this.giveUp(free)));
  }

  /** One is asked for even when all of them are here, so that nobody waits for longer than the pool allows. */
  #askForMore(): void {
    const { max = Infinity } = this.#pool;
    const mayAsk = (): boolean => this.#asked === 0 || this.#asked + this.#lent < max;
    while (this.#asked < this.#waiting.length && mayAsk()) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#asked += 1;
    const since = this.#waiting.at(-1);
    try {
      const connection = (await this.#client.acquireConnection()) as Connection;
      this.#asked -= 1;
      this.#lent += 1;
      this.#handOn({ connection, left: MOST_STATEMENTS });
      this.#askForMore();
    } catch (error) {
      this.#asked -= 1;
      this.#refuse(since, error);
    }
  }

  /**
   * Those who have waited for as long as the pool was asked wait no longer. A connection that could not be made is no
   * reason while there are others: those who wait have their turn there.
   */
  #refuse(last: Waiting<Connection> | undefined, error: unknown): void {
    if (!isTimeout(error) && this.#asked + this.#lent > 0) return;
    const count = this.#waiting.findIndex((waiting) => waiting === last) + 1;
    for (const { reject } of this.#waiting.splice(0, count)) reject(error);
    this.#askForMore();
  }

  /** Whether a statement or transaction of the shop waits for a connection; true where the pool does not say. */
  #othersWait(): boolean {
    return (this.#pool.numPendingAcquires?.() ?? Infinity) > this.#asked;
  }

  get #pool(): Pool {
    return (this.#client as { pool?: Pool }).pool ?? {};
  }
}

const isTimeout = (error: unknown): boolean => (error as { name?: unknown }).name === 'KnexTimeoutError';
