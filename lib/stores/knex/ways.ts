import type { Knex } from 'knex';

/** What is bound to a statement. */
export type Values = (string | number | null)[];

/** Sends one statement, outside of any transaction. Resolves with what `knex.raw` would, or with rows that are lists. */
export type Send = (sql: string, values: Values) => Promise<unknown>;

/** The ways to a database. */
export interface Ways {
  /** For statements that answer with rows. */
  read: Send;
  /** For statements that change one row. Resolves once that is durable. */
  write: Send;
}

/** Does a statement; whoever listens to the queries of the instance hears of it. */
export async function told(
  client: Knex.Client,
  sql: string,
  bindings: Values,
  work: () => Promise<unknown>,
): Promise<unknown> {
  try {
    client.emit('query', { sql, bindings });
    return await work();
  } catch (error) {
    client.emit('query-error', error, { sql, bindings });
    throw error;
  }
}
