import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { createPaymentsTable, dropPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import { dayText } from '../../../../lib/operator/dates';
import { operatorOver } from '../../../../lib/operator/operator';
import { LISTS, reconcile } from '../../../../lib/operator/reconcile/reconcile';
import { connectTo, openSqlite, POSTGRES, uniqueTable } from '../../../support/databases';
import { begunAt, fill } from './fill';

const HELP = 'npm run desk:reconcile -- [--lines 100000] [--store pg|sqlite]';
const MIB = 2 ** 20;

/** A report of so many paid payments, the oldest first; each fiftieth line is of another shop. */
function* reportLines(lines: number, rows: number, now: number): Generator<string> {
  yield 'RRN,Amount (Rials),Date,Terminal\n';
  let written = 0;
  for (let index = 1; written < lines; index += 1) {
    if (index % 100 >= 70) continue;
    written += 1;
    const rrn = written % 50 === 0 ? 700_000_000_000 + index : 100_000_000_000 + index;
    yield `${rrn},${10_000 + index * 10},${dayText(begunAt(index, rows, now), 'en')},12345678\n`;
  }
}

/** Compares a large report with a table of payments, and prints the time and the memory that it took. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { lines: { type: 'string', default: '100000' }, store: { type: 'string', default: 'pg' } },
  });
  const lines = Number(values.lines);
  if (!Number.isSafeInteger(lines) || lines < 100 || !['pg', 'sqlite'].includes(values.store))
    throw new Error(HELP);
  const rows = Math.ceil(lines / 70) * 100;
  const now = Date.now();
  const tableName = uniqueTable();
  const knex = values.store === 'pg' ? connectTo(POSTGRES) : openSqlite(':memory:');
  try {
    await createPaymentsTable(knex, { tableName });
    await fill(knex, tableName, rows, { origin: 'https://shop.example', now });
    const bytes = Readable.from(reportLines(lines, rows, now)).map((text: string) => Buffer.from(text));
    const heap: number[] = [];
    const begun = performance.now();
    const result = await reconcile(
      operatorOver(new KnexPaymentStore(knex, { tableName }), 'default'),
      bytes,
      {
        keep: 100,
        onProgress: (compared) => {
          if (compared % (lines / 10) !== 0) return;
          global.gc?.();
          heap.push(Math.round(process.memoryUsage().heapUsed / MIB));
        },
      },
    );
    console.log(`${lines} lines, ${rows} payments: ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
    console.log(`heap after each tenth, MiB: ${heap.join(' ')}`);
    console.log(LISTS.map((list) => `${list} ${result.lists[list].count}`).join(', '));
  } finally {
    await dropPaymentsTable(knex, { tableName });
    await knex.destroy();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
