import type { Knex } from 'knex';
import { storeError } from './dialect';
import { endsTransaction, isAftermath, withoutValues } from './failures';

/**
 * Runs work in a transaction and resolves only if it was committed. Two things that Knex lets pass are caught here: a
 * hook that rolls back by itself, and a hook that swallows an error after which the database has given up the
 * transaction, so that its COMMIT would commit nothing.
 */
export async function transact<T>(knex: Knex, work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
  return knex.transaction(
    async (tx) => {
      const errors: unknown[] = [];
      tx.on('query-error', (error: unknown) => errors.push(error));
      const value = await work(tx);
      await insistOnLife(tx, errors);
      return value;
    },
    { doNotRejectOnRollback: false },
  );
}

async function insistOnLife(tx: Knex.Transaction, errors: unknown[]): Promise<void> {
  if (errors.length === 0) return;
  const end = errors.find(endsTransaction);
  if (end !== undefined) throw givenUp(end);
  try {
    await tx.raw('select 1');
  } catch {
    throw givenUp(errors.findLast((error) => !isAftermath(error)));
  }
}

const givenUp = (error: unknown): Error =>
  storeError(
    'Nothing was committed: a statement of the transaction failed, and the database gave the whole of it up. ' +
      'An error inside a transaction must leave it.',
    withoutValues(error),
  );
