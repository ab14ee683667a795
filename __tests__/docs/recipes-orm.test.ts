import { randomBytes } from 'node:crypto';
import { type Knex } from 'knex';
import { DataTypes, Sequelize } from 'sequelize';
import { DataSource, EntitySchema } from 'typeorm';
import { connectTo, describeWith, POSTGRES, sqliteFile } from '../support/databases';
import { OrmShop } from './recipes/orm-shop';
import { prismaPayments, type Client } from './recipes/prisma';
import { sequelizePayments, type Order } from './recipes/sequelize';
import { Orders, typeormPayments } from './recipes/typeorm';

jest.setTimeout(120_000);

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
const closing = (close: () => Promise<unknown>): void => void closers.push(close);

const SNAKE = { orders: 'orders', stock: 'stock' };
const Stock = new EntitySchema({
  name: 'stock',
  columns: { sku: { type: String, primary: true }, available: { type: Number } },
});

async function typeormShop(knex: Knex, source: DataSource): Promise<OrmShop> {
  await source.initialize();
  closing(() => source.destroy());
  return opened(OrmShop.open(knex, SNAKE, (settings) => typeormPayments(source, knex, settings)));
}

async function sequelizeShop(knex: Knex, schema: string): Promise<OrmShop> {
  const sequelize = new Sequelize(POSTGRES.url, {
    logging: false,
    dialectOptions: { options: `-c search_path=${schema}` },
  });
  closing(() => sequelize.close());
  const word = DataTypes.STRING;
  const key = () => ({ type: word, primaryKey: true });
  const plain = { timestamps: false, freezeTableName: true };
  const fields = { id: key(), sku: word, amount: DataTypes.INTEGER, state: word };
  const orders = sequelize.define<never, Order>('orders', fields, plain);
  sequelize.define('stock', { sku: key(), available: DataTypes.INTEGER }, plain);
  await sequelize.sync();
  return opened(OrmShop.open(knex, SNAKE, (settings) => sequelizePayments(orders, knex, settings)));
}

/** The tables as `prisma migrate` makes them; its client is not installed here, and stood in for by three statements. */
async function prismaShop(knex: Knex): Promise<OrmShop> {
  await knex.raw(
    'CREATE TABLE "Order" ("id" TEXT NOT NULL, "sku" TEXT NOT NULL, "amount" INTEGER NOT NULL, "state" TEXT NOT NULL, ' +
      'CONSTRAINT "Order_pkey" PRIMARY KEY ("id"))',
  );
  await knex.raw(
    'CREATE TABLE "Stock" ("sku" TEXT NOT NULL, "available" INTEGER NOT NULL, CONSTRAINT "Stock_pkey" PRIMARY KEY ("sku"))',
  );
  const client: Client = { order: standIn(knex) };
  const tables = { orders: 'Order', stock: 'Stock' };
  return opened(OrmShop.open(knex, tables, (settings) => prismaPayments(client, knex, settings)));
}

interface StoredOrder {
  id: string;
  amount: number;
  state: string;
}
type Where = Parameters<Client['order']['count']>[0]['where'];

function standIn(knex: Knex): Client['order'] {
  const found = ({ state, ...rest }: Where) =>
    knex<StoredOrder>('Order')
      .where(rest)
      .whereIn('state', typeof state === 'string' ? [state] : state.in);
  return {
    findFirst: async ({ where }) => (await found(where).first()) ?? null,
    count: async ({ where }) => (await found(where)).length,
    updateMany: async ({ where, data }) => ({ count: await found(where).update(data) }),
  };
}

async function opened(opening: Promise<OrmShop>): Promise<OrmShop> {
  const shop = await opening;
  closing(() => shop.close());
  return shop;
}

function sqlite(): { knex: Knex; filename: string } {
  const { knex, filename, remove } = sqliteFile();
  closing(remove);
  return { knex, filename };
}

/** A schema of its own, and Knex in it. */
async function postgres(): Promise<{ knex: Knex; schema: string }> {
  const schema = `recipe_${randomBytes(5).toString('hex')}`;
  const knex = connectTo(POSTGRES, { searchPath: [schema] });
  closing(() => knex.destroy());
  await knex.raw(`create schema ${schema}`);
  closing(() => knex.raw(`drop schema ${schema} cascade`));
  return { knex, schema };
}

async function expectGuarantees(shop: OrmShop): Promise<void> {
  const failed = await shop.simulator.fail(await (await shop.payPage('A')).text());
  expect(await shop.order()).toBe('failed');
  await shop.dieBeforeHandled(failed.invoiceNumber);
  expect(await shop.order()).toBe('failed');

  const paid = await shop.simulator.pay(await (await shop.payPage('A')).text());
  expect([await shop.order(), await shop.inStock()]).toEqual(['paid', 4]);
  await shop.dieBeforeHandled(paid.invoiceNumber);
  expect([await shop.order(), await shop.inStock()]).toEqual(['paid', 4]);
  expect((await shop.payments.atipay.history(paid.invoiceNumber)).at(-1)?.note).toBe('the shop was told');

  expect((await shop.payPage('A')).status).toBe(404);
}

async function expectLastWord(shop: OrmShop): Promise<void> {
  const page = await (await shop.payPage('A')).text();
  await shop.changeAmount();
  const { invoiceNumber } = await shop.simulator.pay(page);
  expect(await shop.payments.atipay.find(invoiceNumber)).toMatchObject({
    failure: { reason: 'OrderNotPayable' },
  });
  expect(shop.simulator.ledger.totals().verified.count).toBe(0);
}

const served =
  'an order is paid and stock counted once, also when the hook is called twice; a failure can be paid again';
const refused = 'an order that changed its amount meanwhile is not paid';

describe.each([
  [
    'TypeORM on SQLite',
    async () => {
      const { knex, filename } = sqlite();
      const entities = [Orders, Stock];
      const options = { type: 'better-sqlite3', database: filename, entities, synchronize: true } as const;
      return typeormShop(knex, new DataSource(options));
    },
  ],
  ["Prisma's tables on SQLite, without its client", () => prismaShop(sqlite().knex)],
])('with %s', (_name, open) => {
  test(served, async () => expectGuarantees(await open()));
  test(refused, async () => expectLastWord(await open()));
});

describeWith(POSTGRES, 'on PostgreSQL', () => {
  const SHOPS: Record<string, () => Promise<OrmShop>> = {
    TypeORM: async () => {
      const { knex, schema } = await postgres();
      return typeormShop(
        knex,
        new DataSource({
          type: 'postgres',
          url: POSTGRES.url,
          schema,
          entities: [Orders, Stock],
          synchronize: true,
        }),
      );
    },
    Sequelize: async () => {
      const { knex, schema } = await postgres();
      return sequelizeShop(knex, schema);
    },
    "Prisma's tables, without its client,": async () => prismaShop((await postgres()).knex),
  };
  test.each(Object.keys(SHOPS))(`with %s ${served}`, async (name) => expectGuarantees(await open(name)));
  test.each(Object.keys(SHOPS))(`with %s ${refused}`, async (name) => expectLastWord(await open(name)));

  function open(name: string): Promise<OrmShop> {
    const shop = SHOPS[name];
    if (!shop) throw new Error(`no shop ${name}`);
    return shop();
  }
});
