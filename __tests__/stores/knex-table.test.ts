import createKnex, { type Knex } from 'knex';
import {
  createPaymentsTable,
  dropPaymentsTable,
  KnexPaymentStore,
  paymentsMigrations,
  paymentsTableSql,
  type Dialect,
} from '../../lib/stores/clients/knex';
import { Scene } from '../../lib/stores/contract/scene';
import {
  connectTo,
  describeWith,
  MYSQL,
  openSqlite,
  POSTGRES,
  renaming,
  uniqueTable,
} from '../support/databases';
import { rejection } from '../support/store-errors';

const inMemory = (options: Partial<Knex.Config> = {}): Knex =>
  openSqlite(':memory:', { pool: { min: 1, max: 1 }, ...options });

/** Each way to a payments table that a shop may go. */
function waysToATable(dialect: Dialect, connect: () => Knex): void {
  const tableName = uniqueTable();
  const bookkeeping = `${tableName}_steps`;
  const migrations = { migrationSource: paymentsMigrations({ tableName }), tableName: bookkeeping };
  const knex = connect();
  const stores = async (): Promise<void> => {
    const scene = new Scene(new KnexPaymentStore(knex, { tableName }));
    await scene.holds(await scene.change(await scene.given(), { orderKey: 'AbC' }));
  };

  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName });
    await knex.schema.dropTableIfExists(bookkeeping).dropTableIfExists(`${bookkeeping}_lock`);
    await knex.destroy();
  });

  test('migrations make a table that payments fit into, once, and take it away again', async () => {
    await knex.migrate.latest(migrations);
    await stores();
    const [, again] = (await knex.migrate.latest(migrations)) as [batch: number, steps: string[]];
    expect(again).toEqual([]);
    await knex.migrate.rollback(migrations);
    expect(await knex.schema.hasTable(tableName)).toBe(false);
  });

  test('the SQL text makes a table that payments fit into', async () => {
    for (const statement of paymentsTableSql(dialect, { tableName }).split(';\n')) {
      if (statement.trim() !== '') await knex.raw(statement);
    }
    await stores();
  });

  test('a table that is there stays as it is, payments included', async () => {
    await createPaymentsTable(knex, { tableName });
    const scene = new Scene(new KnexPaymentStore(knex, { tableName }));
    const record = await scene.given();
    await createPaymentsTable(knex, { tableName });
    await knex.migrate.latest(migrations);
    await scene.holds(record);
  });

  test('a column that is not there yet is spoken of, and what to do about it', async () => {
    await createPaymentsTable(knex, { tableName });
    await knex.schema.alterTable(tableName, (table) => table.dropColumn('ask_at'));
    const error = await rejection(new KnexPaymentStore(knex, { tableName }).findByOrder('default', '1'));
    await knex.schema.dropTable(tableName);
    expect(error.code).toBe('ERR_ATIPAY_STORE');
    expect(error.message).toContain(`The table ${tableName} lacks a column that this version needs.`);
  });

  test('a table that is not there is spoken of, and what to do about it', async () => {
    const error = await rejection(new KnexPaymentStore(knex, { tableName: uniqueTable() }).find('1'));
    expect(error).toMatchObject({ code: 'ERR_ATIPAY_STORE', cause: expect.any(Error) as Error });
    expect(error.message).toMatch(
      /^There is no table atipay_test_\w+\. Call createPaymentsTable\(knex\) before/,
    );
  });
}

describe('a payments table in SQLite', () => waysToATable('sqlite3', inMemory));

describeWith(POSTGRES, 'a payments table in PostgreSQL', () => {
  waysToATable('pg', () => connectTo(POSTGRES));

  test('in a schema of its own is not the one of the same name in another', async () => {
    const knex = connectTo(POSTGRES);
    const schema = uniqueTable();
    await knex.schema.createSchema(schema);
    const tableName = `${schema}.payments`;
    await createPaymentsTable(knex, { tableName });
    const scene = new Scene(new KnexPaymentStore(knex, { tableName }));
    await scene.holds(await scene.given());
    expect(await knex.withSchema(schema).from('payments').count('* as count')).toEqual([{ count: '1' }]);
    await knex.raw(`drop schema ${schema} cascade`);
    await knex.destroy();
  });
});

describeWith(MYSQL, 'a payments table in MySQL or MariaDB', () =>
  waysToATable('mysql', () => connectTo(MYSQL)),
);

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
