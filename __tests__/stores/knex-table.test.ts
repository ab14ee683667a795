import createKnex, { type Knex } from 'knex';
import {
  createPaymentsTable,
  dropPaymentsTable,
  KnexPaymentStore,
  paymentsMigrations,
  paymentsTableSql,
} from '../../lib/stores/clients/knex';
import { changed, Scene } from '../../lib/stores/contract/scene';
import { openSqlite, renaming } from '../support/databases';
import { makesATable } from './knex-table';

const inMemory = (options: Partial<Knex.Config> = {}): Knex => openSqlite(':memory:', options);

describe('a payments table in SQLite', () => makesATable('sqlite', inMemory));

describe('a payments table with the names and defaults of the package', () => {
  test('is called atipay_payments, however it is made', async () => {
    const knex = inMemory();
    await knex.migrate.latest({ migrationSource: paymentsMigrations(), tableName: 'atipay_migrations' });
    expect(await knex.schema.hasTable('atipay_payments')).toBe(true);
    expect(await knex('atipay_migrations').select('name')).toEqual([{ name: '001_create_payments' }]);
    await dropPaymentsTable(knex);
    expect(await knex.schema.hasTable('atipay_payments')).toBe(false);
    await knex.destroy();
    expect(paymentsTableSql('postgresql')).toContain('create table if not exists "atipay_payments"');
  });
});

describe('an unusable client is refused when the store is made', () => {
  const knex = inMemory();
  afterAll(() => knex.destroy());
  const making = (given: unknown, tableName?: unknown) => () =>
    new KnexPaymentStore(given as Knex, tableName === undefined ? {} : { tableName: tableName as string });

  test.each([
    ['a config instead of an instance', { client: 'pg', connection: 'postgres://127.0.0.1/shop' }],
    ['the module instead of an instance', createKnex],
    ['nothing', undefined],
  ])('%s', (_what, given) => {
    expect(making(given)).toThrow('Payments need a Knex instance');
  });

  test('a database that this package does not speak to', () => {
    const oracle = Object.assign(() => undefined, { client: { dialect: 'oracle' }, raw: () => undefined });
    expect(making(oracle)).toThrow('Payments cannot be kept in oracle: use better-sqlite3, pg or mysql2');
  });

  test('a transaction, which would be over long before the payments are', async () => {
    await knex.transaction((tx) => {
      expect(making(tx)).toThrow('needs the Knex instance itself, not a transaction of it');
      return Promise.resolve();
    });
  });

  test.each(['payments; drop table orders', 'a.b.c', '', 'naïve', 'x'.repeat(41), 7])(
    'the table name %j',
    (name) => {
      expect(making(knex, name)).toThrow(
        `tableName is ${JSON.stringify(name)}: write "table" or "schema.table", in letters, digits and underscores, ` +
          'at most 40 characters each.',
      );
    },
  );
});

test('listeners to the queries of a Knex instance see the same as for queries of Knex', async () => {
  const knex = inMemory();
  await createPaymentsTable(knex);
  const scene = new Scene(new KnexPaymentStore(knex));
  const record = await scene.given();
  const heard: Record<string, unknown>[] = [];
  knex.on('query', (query: Record<string, unknown>) => heard.push(query));
  await scene.change(record, { orderKey: 'A' });
  await knex.raw('select 1');
  const [ours, theirs] = heard.map((query) => Object.keys(query).filter((key) => key !== 'timeout'));
  expect(ours).toEqual(theirs);
  expect(heard[0]).toMatchObject({ method: 'raw', __knexQueryUid: expect.any(String) as string });
  await knex.destroy();
});

describe("a shop's postProcessResponse", () => {
  test.each<[string, (result: unknown) => unknown]>([
    ['that renames columns', renaming((name) => name.toUpperCase())],
    ['that keeps nothing', () => undefined],
    ['that keeps rows only', (result) => (result as { rows?: unknown } | undefined)?.rows ?? result],
  ])('%s changes nothing for the store', async (_what, postProcessResponse) => {
    const knex = inMemory({ postProcessResponse });
    await createPaymentsTable(knex);
    const store = new KnexPaymentStore(knex);
    const scene = new Scene(store);
    const record = await scene.given({ orderKey: 'A' });
    const next = changed(record, { hookAttempts: 1 });
    await store.transaction((tx) => store.update(next, record, { tx }));
    await scene.holds(next);
    await knex.destroy();
  });
});
