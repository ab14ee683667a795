import type { Knex } from 'knex';
import { insertAll } from '../../bench/shop/database';
import { pendingRecord, settledRecord } from '../../bench/shop/records';
import type { PaymentRecord } from '../../lib/payment';
import { createPaymentsTable, dropPaymentsTable } from '../../lib/stores/clients/knex';
import { bindings, CHANGING } from '../../lib/stores/knex/columns';
import { dialectOf, type Dialect } from '../../lib/stores/knex/dialect';
import { statementsFor, type Statements } from '../../lib/stores/knex/statements';
import { connectTo, describeWith, MYSQL, POSTGRES, sqliteFile, uniqueTable } from '../support/databases';

const ROWS = 3_000;
const NOW = Date.UTC(2026, 0, 1);
const ONE = pendingRecord('7', NOW);

/** Of a hundred payments ninety are settled, nine wait for their buyers, and one needs a person. */
function recordOf(index: number): PaymentRecord {
  const id = String(index);
  if (index % 100 === 0) return { ...settledRecord(id, NOW + index), status: 'review' };
  return index % 100 < 10
    ? { ...pendingRecord(id, NOW), dueAt: NOW + index }
    : settledRecord(id, NOW + index);
}

type Values = (string | number | null)[];

/** Every statement that looks for rows, values it is given, and the index that must find them. */
const QUESTIONS: [Exclude<keyof Statements, 'insert'>, Values, string][] = [
  ['find', [ONE.invoiceNumber], 'primary key'],
  ['update', [...bindings(ONE, CHANGING), ONE.invoiceNumber, 1], 'primary key'],
  ['findByOrder', ['default', '7'], 'attempts'],
  ['due', ['default', NOW + 50, 50], 'due'],
  ['inReview', ['default', 50], 'review'],
];

/** What a database says of how it answers: the indexes it reads, whether it reads the whole table, whether it sorts. */
interface Plan {
  indexes: string[];
  scans: boolean;
  sorts: boolean;
}

type Step = Record<string, unknown>;

const sqlitePlan = (steps: { detail: string }[]): Plan => ({
  indexes: steps.flatMap(({ detail }) => /USING (?:COVERING )?INDEX (\w+)/.exec(detail)?.[1] ?? []),
  scans: steps.some(({ detail }) => detail.startsWith('SCAN')),
  sorts: steps.some(({ detail }) => detail.includes('TEMP B-TREE')),
});

function postgresPlan({ rows }: { rows: [{ 'QUERY PLAN': [{ Plan: Step }] }] }): Plan {
  const stepsOf = (step: Step): Step[] => [step, ...((step['Plans'] ?? []) as Step[]).flatMap(stepsOf)];
  const steps = stepsOf(rows[0]['QUERY PLAN'][0].Plan);
  return {
    indexes: steps.flatMap((step) => (step['Index Name'] as string | undefined) ?? []),
    scans: steps.some((step) => step['Node Type'] === 'Seq Scan'),
    sorts: steps.some((step) => step['Node Type'] === 'Sort'),
  };
}

const mysqlPlan = ([steps]: [{ key: string | null; type: string; Extra: string }[]]): Plan => ({
  indexes: steps.flatMap(({ key }) => key ?? []),
  scans: steps.some(({ type }) => type === 'ALL' || type === 'index'),
  sorts: steps.some(({ Extra }) => Extra.includes('filesort')),
});

const EXPLAIN: Record<Dialect, [string, (result: never) => Plan]> = {
  sqlite3: ['explain query plan', sqlitePlan],
  pg: ['explain (format json)', postgresPlan],
  mysql: ['explain', mysqlPlan],
};

const PRIMARY: Record<Dialect, (table: string) => string> = {
  sqlite3: (table) => `sqlite_autoindex_${table}_1`,
  pg: (table) => `${table}_pkey`,
  mysql: () => 'PRIMARY',
};

function indexesServe(open: () => { knex: Knex; remove: () => Promise<void> }): void {
  const table = uniqueTable();
  const { knex, remove } = open();
  const dialect = dialectOf(knex);
  const statements = statementsFor(dialect, { schema: undefined, table });

  beforeAll(async () => {
    await createPaymentsTable(knex, { tableName: table });
    await insertAll(
      knex,
      table,
      Array.from({ length: ROWS }, (_, index) => recordOf(index)),
    );
    await knex.raw(`analyze ${dialect === 'mysql' ? 'table ' : ''}${table}`);
  });
  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName: table });
    await remove();
  });

  test.each(QUESTIONS)('%s', async (name, values, index) => {
    const [explain, read] = EXPLAIN[dialect];
    const sql = name === 'update' ? statements.update(CHANGING) : statements[name];
    const result: unknown = await knex.raw(`${explain} ${sql}`, values);
    const plan = read(result as never);
    const expected = index === 'primary key' ? PRIMARY[dialect](table) : `${table}_${index}`;
    expect(plan).toEqual({ indexes: [expected], scans: false, sorts: false });
  });
}

const server = (database: typeof POSTGRES) => () => {
  const knex = connectTo(database);
  return { knex, remove: () => knex.destroy() };
};

describe('SQLite answers each statement from its index', () => indexesServe(sqliteFile));

describeWith(POSTGRES, 'PostgreSQL answers each statement from its index', () => {
  indexesServe(server(POSTGRES));
});

describeWith(MYSQL, 'MySQL or MariaDB answers each statement from its index', () => {
  indexesServe(server(MYSQL));
});
