import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { DataTypes, Sequelize } from 'sequelize';
import { DataSource } from 'typeorm';
import { connectTo, describeWith, POSTGRES } from '../support/databases';
import {
  closing,
  expectFullPrice,
  expectGuarantees,
  expectLastWord,
  fullPrice,
  opened,
  prismaShop,
  refused,
  served,
  SNAKE,
  Stock,
  typeormShop,
} from './orm-shops';
import { OrmShop } from './recipes/orm-shop';
import { sequelizePayments, type Order } from './recipes/sequelize';
import { Orders } from './recipes/typeorm';

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

/** A temporary schema, and Knex in it. */
async function postgres(): Promise<{ knex: Knex; schema: string }> {
  const schema = `recipe_${randomBytes(5).toString('hex')}`;
  const knex = connectTo(POSTGRES, { searchPath: [schema] });
  closing(() => knex.destroy());
  await knex.raw(`create schema ${schema}`);
  closing(() => knex.raw(`drop schema ${schema} cascade`));
  return { knex, schema };
}

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
  test.each(Object.keys(SHOPS))(`with %s ${fullPrice}`, async (name) => expectFullPrice(await open(name)));
  test.each(Object.keys(SHOPS))(`with %s ${refused}`, async (name) => expectLastWord(await open(name)));

  function open(name: string): Promise<OrmShop> {
    const shop = SHOPS[name];
    if (!shop) throw new Error(`no shop ${name}`);
    return shop();
  }
});
