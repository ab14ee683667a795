import { createRequire } from 'node:module';
import type { Knex } from 'knex';
import { connect, partOf, requireWith, sqliteClient, withPayments } from '../../lib/desk/database';
import type { Payments } from '../../lib/desk/payments';
import { Scene } from '../../lib/stores/contract/scene';
import { createPaymentsTable } from 'express-atipay/stores/knex';
import { sqliteFile } from '../support/databases';

const outside = process.env['DATABASE_URL'];
beforeEach(() => delete process.env['DATABASE_URL']);
afterAll(() => {
  if (outside !== undefined) process.env['DATABASE_URL'] = outside;
});

const count = async (payments: Payments): Promise<number> => (await payments.search({})).length;

describe('payments in a SQLite file', () => {
  const { knex, filename, remove } = sqliteFile();
  beforeAll(async () => {
    await createPaymentsTable(knex);
    await createPaymentsTable(knex, { tableName: 'others' });
    await withPayments({ database: filename }, ({ store }) => new Scene(store).given());
  });
  afterAll(remove);

  test.each(['', 'sqlite:', 'sqlite3:', 'file:', 'sqlite://', 'sqlite3://', 'file://', 'FILE://'])(
    'are found by "%s" and its path',
    async (scheme) => {
      expect(await withPayments({ database: `${scheme}${filename}` }, count)).toBe(1);
    },
  );

  test('are found by DATABASE_URL, which an option goes before', async () => {
    process.env['DATABASE_URL'] = filename;
    expect(await withPayments({}, count)).toBe(1);
    process.env['DATABASE_URL'] = '/nowhere';
    expect(await withPayments({ database: filename }, count)).toBe(1);
  });

  test('are in the table and the schema that are named', async () => {
    const database = filename;
    expect(await withPayments({ database, table: 'others' }, count)).toBe(0);
    expect(await withPayments({ database, schema: 'main' }, count)).toBe(1);
    await expect(withPayments({ database, schema: 'other' }, count)).rejects.toThrow('atipay_payments');
  });

  test('are let go of after the work, whether it is done or has failed', async () => {
    const opened: Payments[] = [];
    await withPayments({ database: filename }, (payments) => Promise.resolve(opened.push(payments)));
    const work = (payments: Payments): Promise<void> => {
      opened.push(payments);
      return Promise.reject(new Error('no'));
    };
    await expect(withPayments({ database: filename }, work)).rejects.toThrow('no');
    for (const payments of opened)
      await expect(payments.search({})).rejects.toMatchObject({ code: 'ERR_ATIPAY_STORE_CONNECTION' });
  });
});

const NOT_KEPT = (scheme: string): string =>
  `Payments are not kept in ${scheme}: give postgres://, mysql:// or the path of a SQLite file.`;
const WHERE = 'Where are the payments? Give --database <url>, --knexfile <file>, or set DATABASE_URL.';

test.each([
  [{}, 2, WHERE],
  [{ database: '' }, 2, WHERE],
  [{ database: 'x', knexfile: 'y' }, 2, '--database and --knexfile are two ways to say the same: give one.'],
  [{ database: 'MongoDB+srv://x/y' }, 2, NOT_KEPT('mongodb+srv')],
  [{ database: 'mssql://x/y' }, 2, NOT_KEPT('mssql')],
  [{ database: '/nowhere/shop.db' }, 1, 'There is no SQLite file /nowhere/shop.db.'],
  [{ database: '/nowhere/xy://z' }, 1, 'There is no SQLite file /nowhere/xy:/z.'],
  [{ database: '/nowhere/file:x' }, 1, 'There is no SQLite file /nowhere/file:x.'],
  [{ knexfile: '/nowhere/knexfile.js' }, 1, 'There is no file /nowhere/knexfile.js.'],
])('%j is refused with %d', async (place, exitCode, message) => {
  await expect(withPayments(place, count)).rejects.toMatchObject({ message, exitCode });
});

describe('what a knexfile exports', () => {
  const [one, live] = [{ client: 'pg' }, { client: 'mysql2' }];

  test.each<[what: string, exported: unknown, chosen: object]>([
    ['a configuration', one, one],
    ['a part for each environment', { live, staging: one }, live],
    ['a configuration with a part for an environment', { ...one, live }, live],
    ['a function', () => ({ live }), live],
    ['a function that takes its time', () => Promise.resolve({ live }), live],
  ])('may be %s', async (_what, exported, chosen) => {
    expect(await partOf(exported, 'knexfile.js', 'live')).toBe(chosen);
  });

  test.each([
    [undefined, 'development'],
    ['live', 'live'],
  ])('is taken for %s in the environment by its part %s', async (set, part) => {
    const env = jest.replaceProperty(process, 'env', { ...process.env, NODE_ENV: set });
    expect(await partOf({ [part]: live, test: one }, 'knexfile.js')).toBe(live);
    env.restore();
  });

  test('must have a client', async () => {
    await expect(partOf({ live }, 'knexfile.js', 'staging')).rejects.toMatchObject({
      message: 'knexfile.js has neither a client nor a part "staging": see --env.',
      exitCode: 1,
    });
  });
});

describe('a driver', () => {
  test('that is not installed is named, with what to do, and Knex keeps quiet about it', () => {
    const said = (['log', 'warn', 'error', 'debug'] as const).map((level) => jest.spyOn(console, level));
    expect(() => connect({ client: 'mysql', connection: 'mysql://127.0.0.1/shop' })).toThrow(
      expect.objectContaining({
        message: 'The driver for mysql is not installed here. Run: npm install mysql',
        exitCode: 1,
      }) as Error,
    );
    for (const level of said) expect(level).not.toHaveBeenCalled();
    jest.restoreAllMocks();
  });

  test('that Knex does not know is left to its words', () => {
    expect(() => connect({ client: 'clay' } as Knex.Config)).toThrow(
      /^knex: Unknown configuration option 'client' value clay/,
    );
  });

  test.each([
    [['better-sqlite3', 'sqlite3'], 'better-sqlite3'],
    [['sqlite3'], 'sqlite3'],
    [['better-sqlite3'], 'better-sqlite3'],
    [[], 'better-sqlite3'],
  ])('for a SQLite file, of %j, is %s', (installed, client) => {
    expect(sqliteClient((name) => installed.includes(name))).toBe(client);
  });

  test('is looked for from the shop first, and then from this package', () => {
    const [shop, here] = [createRequire('/nowhere/package.json'), createRequire(__filename)];
    expect(requireWith('knex', [shop, here])).toBe(here);
    expect(requireWith('knex', [here, shop])).toBe(here);
    expect(requireWith('node:fs', [shop, here])).toBe(shop);
    expect(requireWith('no-such-package')).toBeUndefined();
    expect(requireWith('better-sqlite3')).toBeDefined();
  });
});
