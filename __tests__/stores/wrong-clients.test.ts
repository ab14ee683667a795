import Database from 'better-sqlite3';
import mysql2 from 'mysql2';
import { BetterSqlite3PaymentStore, createPaymentsTable } from 'express-atipay/stores/better-sqlite3';
import * as drizzle from 'express-atipay/stores/drizzle';
import { KnexPaymentStore } from 'express-atipay/stores/knex';
import * as kysely from 'express-atipay/stores/kysely';
import { MongoPaymentStore } from 'express-atipay/stores/mongodb';
import { Mysql2PaymentStore } from 'express-atipay/stores/mysql2';
import { PgPaymentStore } from 'express-atipay/stores/pg';
import * as prisma from 'express-atipay/stores/prisma';
import { SequelizePaymentStore } from 'express-atipay/stores/sequelize';
import { TypeOrmPaymentStore } from 'express-atipay/stores/typeorm';

const URL = 'postgres://shop:secret@127.0.0.1/shop';

/** What a shop in JavaScript may give to a store; TypeScript refuses all of it. */
type Make = (client: never) => unknown;

const STORES: [string, Make, RegExp][] = [
  ['Knex', (client) => new KnexPaymentStore(client), /a Knex instance: new KnexPaymentStore\(knex\(/],
  [
    'Prisma',
    (client) => new prisma.PrismaPaymentStore(client, { dialect: 'postgresql' }),
    /a Prisma client: new Prisma/,
  ],
  [
    'Drizzle',
    (client) => new drizzle.DrizzlePaymentStore(client, { sql: () => '', dialect: 'postgresql' }),
    /a Drizzle database: new Drizzle/,
  ],
  ['Kysely', (client) => new kysely.KyselyPaymentStore(client, { dialect: 'mysql' }), /a Kysely: new Kysely/],
  ['TypeORM', (client) => new TypeOrmPaymentStore(client), /a DataSource: new TypeOrm/],
  ['Sequelize', (client) => new SequelizePaymentStore(client), /a Sequelize: new Sequelize/],
  ['pg', (client) => new PgPaymentStore(client), /a Pool of pg: new PgPaymentStore\(new pg\.Pool/],
  ['mysql2', (client) => new Mysql2PaymentStore(client), /a pool of mysql2\/promise: new Mysql2/],
  ['better-sqlite3', (client) => new BetterSqlite3PaymentStore(client), /a function that opens the database/],
  ['mongodb', (client) => new MongoPaymentStore(client), /a Db of mongodb, or a function/],
];

const STORE_ERROR = expect.objectContaining({ code: 'ERR_ATIPAY_STORE' }) as Error;

describe.each(STORES)('the store for %s', (_name, make, expected) => {
  test.each([
    ['nothing', undefined],
    ['an address', URL],
    ['an object', {}],
    ['null', null],
  ])('refuses %s at once, and says what to give', (_what, client) => {
    expect(() => make(client as never)).toThrow(STORE_ERROR);
    expect(() => make(client as never)).toThrow(expected);
    expect(() => make(client as never)).not.toThrow(/secret/);
  });
});

const DIALECTS: [string, Make][] = [
  ['PrismaPaymentStore', (options) => new prisma.PrismaPaymentStore({} as never, options)],
  ['DrizzlePaymentStore', (options) => new drizzle.DrizzlePaymentStore({} as never, options)],
  ['KyselyPaymentStore', (options) => new kysely.KyselyPaymentStore({} as never, options)],
];

test.each(DIALECTS)('%s without a known dialect says which there are', (_name, make) => {
  for (const options of [undefined, {}, { dialect: 'mariadb' }]) {
    expect(() => make(options as never)).toThrow(
      "dialect: expected 'postgresql', 'mysql' (MariaDB too) or 'sqlite', for example { dialect: 'postgresql' }; got ",
    );
  }
  expect(() => make({ dialect: 'mariadb' } as never)).toThrow("got 'mariadb'");
});

test.each([
  ['Prisma', () => prisma.createPaymentsTable({} as never, undefined as never)],
  ['Drizzle', () => drizzle.createPaymentsTable({} as never, undefined as never)],
  ['Kysely', () => kysely.createPaymentsTable({} as never, undefined as never)],
])('so does createPaymentsTable of %s', async (_name, create) => {
  await expect(create()).rejects.toThrow(/dialect: expected 'postgresql'.*got nothing/);
});

test.each(['mariadb', 'postgres', undefined])('the table for the dialect %s is refused', (dialect) => {
  expect(() => prisma.paymentsTableSql(dialect as never)).toThrow("dialect: expected 'postgresql'");
  expect(() => prisma.paymentsMigrations(dialect as never)).toThrow("dialect: expected 'postgresql'");
});

test('Drizzle without sql says where it comes from', () => {
  const db = { execute: () => [], transaction: () => undefined };
  const make = () => new drizzle.DrizzlePaymentStore(db as never, { dialect: 'mysql' } as never);
  expect(make).toThrow(/sql of drizzle-orm: new DrizzlePaymentStore\(db, \{ sql, .*got nothing/);
});

test('an open SQLite database, which createPaymentsTable takes, is refused by the store', () => {
  const database = new Database(':memory:');
  expect(() => new BetterSqlite3PaymentStore(database as never)).toThrow(
    /a function that opens the database, .*: new BetterSqlite3PaymentStore\(\(\) => new Database\('shop\.db'\)\); got a value of Database/,
  );
  database.close();
});

test('createPaymentsTable for SQLite takes no function', async () => {
  const open = () => new Database(':memory:');
  await expect(createPaymentsTable(open as never)).rejects.toThrow(
    /an open database: createPaymentsTable\(new Database/,
  );
});

test('a pool of mysql2 with callbacks is refused, with the way to the one with promises', () => {
  const pool = mysql2.createPool({ host: '127.0.0.1' });
  expect(() => new Mysql2PaymentStore(pool as never)).toThrow(/got one of mysql2: pass pool\.promise\(\)/);
  expect(() => new Mysql2PaymentStore(pool.promise())).not.toThrow();
  pool.end();
});

test('a single connection of pg, which lends none, is no pool', async () => {
  const client = { connect: () => Promise.resolve() };
  await expect(new PgPaymentStore(client as never).find('1')).rejects.toThrow(
    /a Pool of pg: .*; got a single connection\./,
  );
});
