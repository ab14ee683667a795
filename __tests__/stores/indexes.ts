import type { Knex } from 'knex';
import { createPaymentsTable, dropPaymentsTable, KnexPaymentStore } from '../../lib/stores/clients/knex';
import { changed, NOW, Scene } from '../../lib/stores/contract/scene';
import type { PaymentRecord } from '../../lib/core/record';
import type { DialectName } from '../../lib/stores/sql/client';
import type { PaymentFilter } from '../../lib/stores/store';
import { uniqueTable } from '../support/databases';

const ROWS = 3_000;

/** A database's query plan: the indexes it reads, whether it reads the whole table, whether it sorts. */
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
    sorts: steps.some((step) => String(step['Node Type']).endsWith('Sort')),
  };
}

const mysqlPlan = ([steps]: [{ key: string | null; type: string; Extra: string }[]]): Plan => ({
  indexes: steps.flatMap(({ key }) => key ?? []),
  scans: steps.some(({ type }) => type === 'ALL' || type === 'index'),
  sorts: steps.some(({ Extra }) => Extra.includes('filesort')),
});

const EXPLAIN: Record<DialectName, [string, (result: never) => Plan, primary: (table: string) => string]> = {
  sqlite: ['explain query plan', sqlitePlan, (table) => `sqlite_autoindex_${table}_1`],
  postgresql: ['explain (format json)', postgresPlan, (table) => `${table}_pkey`],
  mysql: ['explain', mysqlPlan, () => 'PRIMARY'],
};

/** Of a hundred payments ninety are settled, nine wait for their buyers, and one needs a person. */
function fieldsOf(index: number): Partial<PaymentRecord> {
  const orderId = `order ${Math.floor(index / 3)}`;
  const common = { orderId, createdAt: NOW + index };
  if (index % 100 === 0) return { ...common, status: 'review' };
  if (index % 100 < 10) return { ...common, dueAt: NOW + index };
  const digits = String(index).padStart(6, '0');
  return {
    ...common,
    status: 'paid',
    ...(index % 3 === 0 && { orderKey: orderId }),
    verifiedAt: NOW + index,
    receiptKey: `receipt${digits}`,
    traceNumber: digits,
    rrn: digits,
    cellNumber: `09120${digits}`,
    cardEnd: digits.slice(-4),
    ...(index % 100 === 50 && { givenBackAt: NOW + index }),
  };
}

/** Each read and write is answered from one index, without a sort. */
export function indexesServe(
  dialect: DialectName,
  connect: () => { knex: Knex; remove: () => Promise<void> },
): void {
  const tableName = uniqueTable();
  const { knex, remove } = connect();
  const store = new KnexPaymentStore(knex, { tableName });
  const scene = new Scene(store);
  const [explain, read, primary] = EXPLAIN[dialect];

  /** One of three payments of an order, which another one holds. */
  let some: PaymentRecord | undefined;

  beforeAll(async () => {
    await createPaymentsTable(knex, { tableName });
    some = (await scene.givenMany(ROWS, fieldsOf))[13];
    await knex.raw(`analyze ${dialect === 'mysql' ? 'table ' : ''}${tableName}`);
  });
  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName });
    await remove();
  });

  const record = scene.record();
  const search = (filter: Partial<PaymentFilter>) => store.search({ account: scene.account, ...filter });
  const statuses = ['verifying', 'paid', 'review'] as const;
  const questions: [string, () => Promise<unknown>, index: string][] = [
    ['find', () => store.find(some?.invoiceNumber ?? ''), 'primary key'],
    ['findWithHolder', () => store.findWithHolder(some?.invoiceNumber ?? ''), 'primary key, order_key'],
    ['update', () => store.update(changed(record, { status: 'paid' }), record), 'primary key'],
    ['findByOrder', () => store.findByOrder(scene.account, 'order 7', { statuses, limit: 1 }), 'order'],
    ['due', () => scene.due(NOW + 50, { statuses: ['pending'], limit: 50 }), 'due'],
    ['inReview', () => store.inReview(scene.account, 50), 'status'],
    ['search, the newest', () => search({}), 'begun'],
    ['search, a page further', () => search({ after: `${NOW + 500}:1` }), 'begun'],
    ['search, a status', () => search({ statuses: ['review'] }), 'status'],
    [
      'search, a time of confirmation',
      () => search({ confirmed: { from: NOW, before: NOW + 50 } }),
      'verified',
    ],
    ['search, a time of a give-back', () => search({ givenBack: { from: NOW + 50 } }), 'given_back'],
    ['search, a receipt', () => search({ referenceNumber: 'receipt000077' }), 'receipt'],
    ['search, a trace number', () => search({ traceNumber: '000007' }), 'trace'],
    ['search, an RRN', () => search({ rrn: '000007' }), 'rrn'],
    ['search, a mobile', () => search({ cellNumber: '09120000007' }), 'mobile'],
    ['search, a card', () => search({ cardEnd: '0007' }), 'card'],
  ];

  test.each(questions)('%s', async (_name, ask, index) => {
    const asked: { sql: string; bindings: Knex.RawBinding[] }[] = [];
    const listen = (query: { sql: string; bindings: Knex.RawBinding[] }): unknown => asked.push(query);
    await store.find('7');
    knex.on('query', listen);
    await ask();
    knex.off('query', listen);
    const { sql, bindings } = asked[0] ?? { sql: '', bindings: [] };
    const answer: unknown = await knex.raw(`${explain} ${sql.replaceAll(/\$\d+/g, '?')}`, bindings);
    const plan = read(answer as never);
    const expected = index
      .split(', ')
      .map((name) => (name === 'primary key' ? primary(tableName) : `${tableName}_${name}`));
    // A receipt is one row: PostgreSQL plans to sort it all the same.
    const sorts = index === 'receipt' && plan.sorts;
    expect(plan).toEqual({ indexes: expected, scans: false, sorts });
  });
}
