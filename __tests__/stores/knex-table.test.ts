import createKnex, { type Knex } from 'knex';
import {
  createPaymentsTable,
  dropPaymentsTable,
  KnexPaymentStore,
  paymentsMigrations,
  paymentsTableSql,
} from '../../lib/stores/knex';
import { Scene } from '../../lib/stores/contract/scene';
import { openSqlite, renaming } from '../support/databases';
import { waysToATable } from './knex-table';

const inMemory = (options: Partial<Knex.Config> = {}): Knex =>
  openSqlite(':memory:', { pool: { min: 1, max: 1 }, ...options });

describe('a payments table in SQLite', () => waysToATable('sqlite3', inMemory));

describe('a payments table with the names and defaults of the package', () => {
  test('is called atipay_payments, however it is made', async () => {
    const knex = inMemory();
    await knex.migrate.latest({ migrationSource: paymentsMigrations(), tableName: 'atipay_migrations' });
    expect(await knex.schema.hasTable('atipay_payments')).toBe(true);
    expect(await knex('atipay_migrations').select('name')).toEqual([{ name: '001_create_payments' }]);
    await dropPaymentsTable(knex);
    expect(await knex.schema.hasTable('atipay_payments')).toBe(false);
    await knex.destroy();
    expect(paymentsTableSql('pg')).toContain('create table if not exists "atipay_payments"');
  });
});

describe('what cannot keep payments is refused when the store is made', () => {
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

test('what the shop has told its Knex instance about names of columns is no matter', async () => {
  const knex = inMemory({ postProcessResponse: renaming((name) => name.toUpperCase()) });
  await createPaymentsTable(knex);
  const scene = new Scene(new KnexPaymentStore(knex));
  await scene.holds(await scene.given({ orderKey: 'A' }));
  await knex.destroy();
});

test('who listens to the queries of a Knex instance hears of those of the store', async () => {
  const knex = inMemory();
  await createPaymentsTable(knex);
  const heard: string[] = [];
  knex.on('query', ({ sql }: { sql: string }) => heard.push(sql.split(' ')[0] ?? ''));
  const scene = new Scene(new KnexPaymentStore(knex));
  await scene.change(await scene.given(), { orderKey: 'A' });
  expect(heard).toEqual(['insert', 'update']);
  await knex.destroy();
});
