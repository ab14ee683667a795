import { PrismaPg } from '@prisma/adapter-pg';
import { sql, type SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { PaymentStore } from 'express-atipay';
import { DrizzlePaymentStore } from 'express-atipay/stores/drizzle';
import { KnexPaymentStore } from 'express-atipay/stores/knex';
import { KyselyPaymentStore } from 'express-atipay/stores/kysely';
import { PrismaPaymentStore } from 'express-atipay/stores/prisma';
import { TypeOrmPaymentStore } from 'express-atipay/stores/typeorm';
import createKnex from 'knex';
import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { POOL } from '../../../../bench/shop/database';
import type { Sender } from '../../../../bench/shop/hand-stores';
import type { ClientName, ShopPlan } from '../../../../bench/shop/plan';
import { PrismaClient } from '../generated/prisma/client';

/** A client on PostgreSQL: the store over it, and statements sent by hand. */
interface Opened extends Sender {
  store: PaymentStore<unknown>;
  close(): PromiseLike<unknown>;
}

type Rows = Record<string, unknown>[];
type Open = (plan: ShopPlan) => Opened | Promise<Opened>;

const poolOf = ({ databaseUrl }: ShopPlan): Pool => new Pool({ connectionString: databaseUrl, max: POOL });

/** `?` for `$1`, `$2` …, which stand in their order. */
const withMarks = (text: string): string => text.replace(/\$\d+/g, '?');

const knex: Open = ({ databaseUrl, table: tableName }) => {
  const client = createKnex({ client: 'pg', connection: databaseUrl, pool: { min: POOL, max: POOL } });
  const raw = (text: string, values: unknown[]): PromiseLike<{ rows: Rows; rowCount: number }> =>
    client.raw(withMarks(text), values as string[]);
  return {
    store: new KnexPaymentStore(client, { tableName }),
    rows: async (text, values) => (await raw(text, values)).rows,
    changed: async (text, values) => (await raw(text, values)).rowCount,
    close: () => client.destroy(),
  };
};

const prisma: Open = ({ databaseUrl, table: tableName }) => {
  const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl, max: POOL }) });
  return {
    store: new PrismaPaymentStore(client, { dialect: 'postgresql', tableName }),
    rows: (text, values) => client.$queryRawUnsafe<Rows>(text, ...values),
    changed: (text, values) => client.$executeRawUnsafe(text, ...values),
    close: () => client.$disconnect(),
  };
};

const drizzleClient: Open = (plan) => {
  const pool = poolOf(plan);
  const database = drizzle(pool);
  return {
    store: new DrizzlePaymentStore(database, { sql, dialect: 'postgresql', tableName: plan.table }),
    rows: async (text, values) => (await database.execute(template(text, values))).rows,
    changed: async (text, values) => (await database.execute(template(text, values))).rowCount ?? 0,
    close: () => pool.end(),
  };
};

const template = (text: string, values: unknown[]): SQL =>
  sql.join(
    text
      .split(/\$\d+/)
      .flatMap((part, index) => (index === 0 ? [sql.raw(part)] : [sql`${values[index - 1]}`, sql.raw(part)])),
  );

const kysely: Open = (plan) => {
  const database = new Kysely<Record<string, never>>({
    dialect: new PostgresDialect({ pool: poolOf(plan) }),
  });
  const send = (text: string, values: unknown[]) => database.executeQuery(CompiledQuery.raw(text, values));
  return {
    store: new KyselyPaymentStore(database, { dialect: 'postgresql', tableName: plan.table }),
    rows: async (text, values) => (await send(text, values)).rows as Rows,
    changed: async (text, values) => Number((await send(text, values)).numAffectedRows ?? 0),
    close: () => database.destroy(),
  };
};

const typeorm: Open = async ({ databaseUrl: url, table: tableName }) => {
  const source = new DataSource({ type: 'postgres', url, extra: { max: POOL } });
  await source.initialize();
  return {
    store: new TypeOrmPaymentStore(source, { tableName }),
    rows: (text, values) => source.query<Rows>(text, values),
    changed: async (text, values) =>
      (await source.query<[unknown, number] | unknown[]>(text, values)).at(1) as number,
    close: () => source.destroy(),
  };
};

export const CLIENTS: Record<ClientName, Open> = {
  Knex: knex,
  Prisma: prisma,
  Drizzle: drizzleClient,
  Kysely: kysely,
  TypeORM: typeorm,
};

export const isClient = (name: string): name is ClientName => Object.hasOwn(CLIENTS, name);
