import { PrismaPg } from '@prisma/adapter-pg';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Kysely, PostgresDialect } from 'kysely';
import { createPool } from 'mysql2/promise';
import { Pool } from 'pg';
import { DataTypes, Sequelize } from 'sequelize';
import { DataSource } from 'typeorm';
import type { AtipayRouter } from 'express-atipay';
import type { Knex } from 'knex';
import { PrismaClient } from './generated/prisma/client';
import type { Database } from './opened';
import { describeOn } from './describe-on';
import { freshDatabase } from '../../support/fresh-database';
import { RecipeShop, type Settings } from './recipe-shop';
import { sqlitePayments } from './recipes/better-sqlite3';
import { drizzlePayments } from './recipes/drizzle';
import { knexPayments } from './recipes/knex';
import { kyselyPayments, type Database as KyselyTables } from './recipes/kysely';
import { mysql2Payments } from './recipes/mysql2';
import { pgPayments } from './recipes/pg';
import { prismaPayments } from './recipes/prisma';
import { sequelizePayments } from './recipes/sequelize';
import { Orders, Stock, typeormPayments } from './recipes/typeorm';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
function closing<T>(opened: T, close: (opened: T) => unknown): T {
  closers.push(() => close(opened));
  return opened;
}

type Made = (settings: Settings) => AtipayRouter;
type Recipe = (url: string, knex: Knex) => Made | Promise<Made>;

const poolOf = (url: string): Pool => closing(new Pool({ connectionString: url }), (pool) => pool.end());

const overTypeOrm =
  (type: 'postgres' | 'mysql') =>
  async (url: string): Promise<Made> => {
    const source = new DataSource({ type, url, entities: [Orders, Stock] });
    closing(await source.initialize(), () => source.destroy());
    return (settings) => typeormPayments(source, settings);
  };

function overSequelize(url: string): Made {
  const sequelize = closing(new Sequelize(url, { logging: false }), (opened) => opened.close());
  const text = DataTypes.STRING;
  const key = () => ({ type: text, primaryKey: true });
  const plain = { timestamps: false, freezeTableName: true };
  const fields = { id: key(), sku: text, amount: DataTypes.INTEGER, state: text };
  const orders = sequelize.define('orders', fields, plain);
  const stock = sequelize.define('stock', { sku: key(), available: DataTypes.INTEGER }, plain);
  return (settings) => sequelizePayments(sequelize, { orders, stock }, settings);
}

function overPrisma(url: string): Made {
  const adapter = new PrismaPg({ connectionString: url });
  const prisma = closing(new PrismaClient({ adapter }), (opened) => opened.$disconnect());
  return (settings) => prismaPayments(prisma, settings);
}

function overKysely(url: string): Made {
  const db = new Kysely<KyselyTables>({ dialect: new PostgresDialect({ pool: poolOf(url) }) });
  return (settings) => kyselyPayments(db, settings);
}

function overMysql2(url: string): Made {
  const pool = closing(createPool(url), (opened) => opened.end());
  return (settings) => mysql2Payments(pool, settings);
}

const RECIPES: [file: string, Database, Recipe][] = [
  ['knex.ts', 'sqlite', (_url, knex) => (settings) => knexPayments(knex, settings)],
  ['prisma.ts', 'postgresql', overPrisma],
  ['drizzle.ts', 'postgresql', (url) => (settings) => drizzlePayments(drizzle(poolOf(url)), settings)],
  ['kysely.ts', 'postgresql', overKysely],
  ['typeorm.ts', 'postgresql', overTypeOrm('postgres')],
  ['typeorm.ts', 'mysql', overTypeOrm('mysql')],
  ['sequelize.ts', 'postgresql', overSequelize],
  ['sequelize.ts', 'mysql', overSequelize],
  ['pg.ts', 'postgresql', (url) => (settings) => pgPayments(poolOf(url), settings)],
  ['mysql2.ts', 'mysql', overMysql2],
  ['better-sqlite3.ts', 'sqlite', (url) => (settings) => sqlitePayments(url, settings)],
];

for (const [file, database, recipe] of RECIPES) {
  describeOn(database, `the recipe ${file} on ${database}`, () => {
    async function open(): Promise<RecipeShop> {
      const { url, knex } = closing(await freshDatabase(database), ({ drop }) => drop());
      return closing(await RecipeShop.open(knex, await recipe(url, knex)), (shop) => shop.close());
    }

    test('pays an order and counts stock down once, also when the hook is called twice; a failure can be paid again', async () => {
      const shop = await open();
      const failed = await shop.simulator.fail(await (await shop.payPage('A')).text());
      expect(await shop.order()).toBe('failed');
      await shop.dieBeforeDelivered(failed.invoiceNumber);
      expect(await shop.order()).toBe('failed');

      const paid = await shop.simulator.pay(await (await shop.payPage('A')).text());
      expect([await shop.order(), await shop.inStock()]).toEqual(['paid', 4]);
      await shop.dieBeforeDelivered(paid.invoiceNumber);
      expect([await shop.order(), await shop.inStock()]).toEqual(['paid', 4]);
      expect((await shop.payments.atipay.history(paid.invoiceNumber)).at(-1)?.event).toBe('hookDelivered');

      expect((await shop.payPage('A')).status).toBe(404);
    });

    test('serves no order for less than it costs by then, and rolls back the hook’s writes', async () => {
      const shop = await open();
      shop.simulator.faults.add({ on: 'verify-payment', kind: 'http', status: 503, times: 3 });
      const { invoiceNumber } = await shop.simulator.pay(await (await shop.payPage('A')).text());
      await shop.changeAmount();
      await shop.verifyNow(invoiceNumber);
      expect(await shop.payments.atipay.find(invoiceNumber)).toMatchObject({ status: 'paid' });
      expect([await shop.order(), await shop.inStock()]).toEqual(['open', 5]);
      const last = (await shop.payments.atipay.history(invoiceNumber)).at(-1);
      expect(last).toMatchObject({ event: 'hookThrew' });
    });

    test('does not let an order be paid that has changed its amount meanwhile', async () => {
      const shop = await open();
      const page = await (await shop.payPage('A')).text();
      await shop.changeAmount();
      const { invoiceNumber } = await shop.simulator.pay(page);
      expect(await shop.payments.atipay.find(invoiceNumber)).toMatchObject({
        failure: { reason: 'OrderNotPayable' },
      });
      expect(shop.simulator.ledger.totals().verified.count).toBe(0);
    });
  });
}
