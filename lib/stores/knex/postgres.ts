import type { Knex } from 'knex';
import { keptIn } from './kept';
import { Loans } from './loans';
import { told, type Send, type Values, type Ways } from './ways';

/** What is used of pg. */
interface Connection {
  query(sql: string, values: Values): Promise<unknown>;
}

/** Asks pg itself, without a name for the statement, so that poolers that mix up sessions do no harm. */
export function postgresWays(client: Knex.Client): Ways {
  const loans = new Loans<Connection>(client);
  const numbered = new Map<string, string>();
  const ask = async (sql: string, values: Values): Promise<unknown> => {
    const text = keptIn(numbered, sql, () => withNumbers(sql));
    const loan = await loans.take();
    try {
      const result = await loan.connection.query(text, values);
      loans.give(loan);
      return result;
    } catch (error) {
      loans.giveUp(loan);
      throw error;
    }
  };
  const send: Send = (sql, values) => told(client, sql, values, () => ask(sql, values));
  return { read: send, write: send };
}

/** `$1`, `$2` … for `?`; none of the store's statements has a `?` that means itself. */
function withNumbers(sql: string): string {
  let count = 0;
  return sql.replaceAll('?', () => `$${(count += 1)}`);
}
