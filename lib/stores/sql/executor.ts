import { checkSettings } from './checks';
import type { Row, SqlClient } from './client';
import { connectionError, isTransient, isTransientRead, storeError, translate } from './errors';
import { retrying } from './retry';
import type { Statement } from './statements';
import { limitStatement } from './time';

/** Sends the store's statements: time limit, retries and errors are the same for each client. */
export class Executor<Tx> {
  readonly #client: SqlClient<Tx>;
  readonly #table: string;
  readonly #limitMs: number;
  #checked: Promise<void> | undefined;

  constructor(client: SqlClient<Tx>, table: string, limitMs: number) {
    this.#client = client;
    this.#table = table;
    this.#limitMs = limitMs;
  }

  get table(): string {
    return this.#table;
  }

  /** Outside a transaction, tries again when the connection is lost. */
  async read(statement: Statement, tx?: Tx): Promise<readonly Row[]> {
    const { sql, values } = statement;
    const rows: unknown = await this.#send(() => this.#client.query(sql, values, tx), tx, isTransientRead);
    if (!Array.isArray(rows)) throw misread('rows');
    return rows as Row[];
  }

  /** The count of changed rows. Outside a transaction, tries again after a conflict, which has changed nothing. */
  async write(statement: Statement, tx?: Tx, passes = isTransient): Promise<number> {
    const { sql, values } = statement;
    const count: unknown = await this.#send(() => this.#client.execute(sql, values, tx), tx, passes);
    if (!Number.isInteger(count)) throw misread('a count of changed rows');
    return count as number;
  }

  /** Rejects with `ERR_ATIPAY_STORE_CONNECTION` when a step of the client does not settle in time. */
  limit<T>(step: Promise<T>): Promise<T> {
    return limitStatement(step, this.#limitMs, () => connectionError(this.#table));
  }

  /** Looks at the connection's settings before the store uses it for the first time. */
  async check(): Promise<void> {
    this.#checked ??= retrying(() => this.limit(checkSettings(this.#client)), isTransientRead);
    try {
      await this.#checked;
    } catch (error) {
      this.#checked = undefined;
      throw translate(error, this.#table);
    }
  }

  async #send<T>(
    statement: () => Promise<T>,
    tx: Tx | undefined,
    passes: (error: unknown) => boolean,
  ): Promise<T> {
    const once = (): Promise<T> => this.limit(statement());
    if (tx === undefined) await this.check();
    try {
      return await (tx === undefined ? retrying(once, passes) : once());
    } catch (error) {
      throw translate(error, this.#table);
    }
  }
}

const misread = (what: string): Error =>
  storeError(
    `The database client did not answer with ${what}. A setting that rewrites results (Knex: postProcessResponse) ` +
      'must leave the answers to statements of the store as they are.',
  );
