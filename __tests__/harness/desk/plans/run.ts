import { parseArgs } from 'node:util';
import { createPaymentsTable, dropPaymentsTable } from 'express-atipay/stores/knex';
import { connectTo, openSqlite, POSTGRES, uniqueTable } from '../../../support/databases';
import { lookAtPages } from './look';

const HELP =
  'npm run desk:plans -- [--rows 1000000] [--store pg|sqlite]   (SQLite: a file in the current folder)';

/** Prints each page of the desk over a large table: statements, rows read, the time of the page. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { rows: { type: 'string', default: '1000000' }, store: { type: 'string', default: 'pg' } },
  });
  const rows = Number(values.rows);
  if (!Number.isSafeInteger(rows) || rows < 1_000 || !['pg', 'sqlite'].includes(values.store))
    throw new Error(HELP);
  const tableName = uniqueTable();
  const knex = values.store === 'pg' ? connectTo(POSTGRES) : openSqlite(`${tableName}.db`);
  try {
    await createPaymentsTable(knex, { tableName });
    const looks = await lookAtPages(knex, tableName, rows);
    for (const { path, ms, plans } of looks) {
      const read = plans.reduce((sum, plan) => sum + (plan.read ?? 0), 0);
      const problems = plans.flatMap((plan) => plan.problems);
      const facts = [`${plans.length} statements`, `${read} rows`, `${Math.round(ms)} ms`, ...problems];
      console.log(`${path.padEnd(60)} ${facts.join(', ')}`);
    }
  } finally {
    await dropPaymentsTable(knex, { tableName });
    await knex.destroy();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
