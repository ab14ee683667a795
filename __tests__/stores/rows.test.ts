import { AtipayError } from '../../lib/errors';
import { createPaymentsTable, KnexPaymentStore } from '../../lib/stores/knex';
import { FULL } from '../../lib/stores/contract/fields';
import { Scene } from '../../lib/stores/contract/scene';
import { COLUMNS, toRecord } from '../../lib/stores/knex/columns';
import { hasChanged, storeError, type Row } from '../../lib/stores/knex/dialect';
import { openSqlite } from '../support/databases';

const knex = openSqlite(':memory:');
const scene = new Scene(new KnexPaymentStore(knex));
beforeAll(() => createPaymentsTable(knex));
afterAll(() => knex.destroy());

describe('a row is read', () => {
  const record = scene.record(FULL);
  const rowOf = (read: (field: keyof typeof record, kind: string) => unknown): Record<string, unknown> =>
    Object.fromEntries(COLUMNS.map(({ field, name, kind }) => [name, read(field, kind)]));
  const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

  test.each<[string, Row]>([
    ['that holds everything as text', rowOf((field) => text(record[field]))],
    ['that is a list of values', COLUMNS.map(({ field }) => text(record[field]))],
    ['whose JSON is read already', rowOf((field) => record[field])],
    [
      'whose numbers are bigints',
      rowOf((field, kind) =>
        kind === 'number' || kind === 'count' ? BigInt(record[field] as number) : text(record[field]),
      ),
    ],
    ['whose columns have been turned into camel case', { ...record }],
  ])('%s', (_what, row) => {
    expect(toRecord(row)).toEqual(record);
  });

  test('by all of its columns, or not at all', () => {
    const row = rowOf((field) => record[field]);
    delete row['currency'];
    expect(() => toRecord(row)).toThrow(
      new AtipayError(
        'ERR_ATIPAY_STORE',
        'A payment came back without its column currency. If the Knex instance has a postProcessResponse, it must ' +
          'keep column names as they are or turn them into camel case.',
      ),
    );
    expect(() => toRecord(row)).toThrow(expect.objectContaining({ code: 'ERR_ATIPAY_STORE' }) as Error);
  });
});

test.each([
  ['sqlite3', { changes: 1 }, { changes: 0 }],
  ['sqlite3', [{ version: 2 }], []],
  ['pg', { rowCount: 1 }, { rowCount: 0 }],
  ['mysql', [{ affectedRows: 1 }], [{ affectedRows: 0 }]],
] as const)('%s tells an update that found its row from one that did not', (dialect, found, lost) => {
  expect([hasChanged(dialect, found), hasChanged(dialect, lost)]).toEqual([true, false]);
});

test('an update writes what is changed, all of it when that is not known, and the version', async () => {
  const written: string[][] = [];
  knex.on('query', ({ sql }: { sql: string }) => {
    const [, columns] = /^update `atipay_payments` set (.*)version = version \+ 1 where/.exec(sql) ?? [];
    if (columns !== undefined) written.push(columns.split(' = ?, ').filter(Boolean));
  });
  const record = await scene.given();
  const second = await scene.store.update({ ...record, asks: 1, askAt: 2 }, undefined, record);
  const third = await scene.store.update({ ...record, version: 2 }, undefined, second);
  const other = { ...record, invoiceNumber: 'another', version: 3 };
  await scene.store.update({ ...record, version: 3 }, undefined, other);
  await scene.store.update({ ...record, version: 4 }, undefined, third);
  const changing = COLUMNS.filter(({ changes, name }) => changes && name !== 'version').map(
    ({ name }) => `\`${name}\``,
  );
  expect(written).toEqual([['`ask_at`', '`asks`'], ['`ask_at`', '`asks`'], changing, changing]);
});

test('an insert names what is given, and what may not be null', async () => {
  const named: string[] = [];
  knex.on('query', ({ sql }: { sql: string }) => {
    const [, columns = ''] = /^insert into `atipay_payments` \((.*)\) values/.exec(sql) ?? [];
    named.push(...columns.replaceAll('`', '').split(', '));
  });
  await scene.given({ dueAt: 5, metadata: { a: 1 } });
  const needed = COLUMNS.filter(({ field, nullable }) => !nullable || ['dueAt', 'metadata'].includes(field));
  expect(named).toEqual(needed.map(({ name }) => name));
});

test('an error that nothing has caused says so by having no cause', () => {
  expect(storeError('No.')).not.toHaveProperty('cause');
  expect(storeError('No.', 'reason')).toHaveProperty('cause', 'reason');
});
