/** The store alone gives a hook's `transaction` the type of the client's transaction. Compiled, never run. */
import type BetterSqlite3 from 'better-sqlite3';
import type { drizzle as drizzleMysql } from 'drizzle-orm/mysql2';
import type { drizzle as drizzlePg } from 'drizzle-orm/node-postgres';
import type { drizzle as drizzlePostgresJs } from 'drizzle-orm/postgres-js';
import { sql } from 'drizzle-orm';
import { atipayRouter } from 'express-atipay';
import { BetterSqlite3PaymentStore } from 'express-atipay/stores/better-sqlite3';
import { DrizzlePaymentStore } from 'express-atipay/stores/drizzle';
import { KyselyPaymentStore } from 'express-atipay/stores/kysely';
import { Mysql2PaymentStore } from 'express-atipay/stores/mysql2';
import { PgPaymentStore } from 'express-atipay/stores/pg';
import { PrismaPaymentStore } from 'express-atipay/stores/prisma';
import { SequelizePaymentStore } from 'express-atipay/stores/sequelize';
import { TypeOrmPaymentStore } from 'express-atipay/stores/typeorm';
import type { Kysely, Transaction as KyselyTransaction } from 'kysely';
import type mysql from 'mysql2/promise';
import type pg from 'pg';
import type { Sequelize, Transaction as SequelizeTransaction } from 'sequelize';
import type { DataSource, EntityManager } from 'typeorm';
import { is } from '../../types/same';
import type { Prisma, PrismaClient } from './generated/prisma/client';

interface Shop {
  orders: { id: string; state: string };
}

type TransactionOf<Database extends { transaction: (work: never) => unknown }> = Parameters<
  Database['transaction']
>[0] extends (tx: infer Tx) => unknown
  ? Tx
  : never;

declare const pool: pg.Pool;
declare const mysqlPool: mysql.Pool;
declare const open: () => BetterSqlite3.Database;
declare const kysely: Kysely<Shop>;
declare const dataSource: DataSource;
declare const sequelize: Sequelize;
declare const prisma: PrismaClient;
declare const nodePostgres: ReturnType<typeof drizzlePg>;
declare const postgresJs: ReturnType<typeof drizzlePostgresJs>;
declare const drizzleMysql2: ReturnType<typeof drizzleMysql>;

const required = { apiKey: 'key', publicUrl: 'https://shop.example/payment' };
const postgresql = { sql, dialect: 'postgresql' } as const;

export const routers = [
  atipayRouter({
    ...required,
    store: new PgPaymentStore(pool),
    onSuccess: (_payment, { transaction }) => transaction((tx) => is<pg.PoolClient>()(tx, true)),
  }),
  atipayRouter({
    ...required,
    store: new Mysql2PaymentStore(mysqlPool),
    onSuccess: (_payment, { transaction }) => transaction((tx) => is<mysql.PoolConnection>()(tx, true)),
  }),
  atipayRouter({
    ...required,
    store: new BetterSqlite3PaymentStore(open),
    onSuccess: (_payment, { transaction }) => transaction((tx) => is<BetterSqlite3.Database>()(tx, true)),
  }),
  atipayRouter({
    ...required,
    store: new KyselyPaymentStore(kysely, { dialect: 'postgresql' }),
    onSuccess: (_payment, { transaction }) => transaction((tx) => is<KyselyTransaction<Shop>>()(tx, true)),
  }),
  atipayRouter({
    ...required,
    store: new TypeOrmPaymentStore(dataSource),
    onSuccess: (_payment, { transaction }) => transaction((tx) => is<EntityManager>()(tx, true)),
  }),
  atipayRouter({
    ...required,
    store: new SequelizePaymentStore(sequelize),
    onSuccess: (_payment, { transaction }) => transaction((tx) => is<SequelizeTransaction>()(tx, true)),
  }),
  atipayRouter({
    ...required,
    store: new PrismaPaymentStore(prisma, { dialect: 'postgresql' }),
    onSuccess: (_payment, { transaction }) => transaction((tx) => is<Prisma.TransactionClient>()(tx, true)),
  }),
  atipayRouter({
    ...required,
    store: new DrizzlePaymentStore(nodePostgres, postgresql),
    onSuccess: (_payment, { transaction }) =>
      transaction((tx) => is<TransactionOf<typeof nodePostgres>>()(tx, true)),
  }),
  atipayRouter({
    ...required,
    store: new DrizzlePaymentStore(postgresJs, postgresql),
    onSuccess: (_payment, { transaction }) =>
      transaction((tx) => is<TransactionOf<typeof postgresJs>>()(tx, true)),
  }),
  atipayRouter({
    ...required,
    store: new DrizzlePaymentStore(drizzleMysql2, { sql, dialect: 'mysql' }),
    onSuccess: (_payment, { transaction }) =>
      transaction((tx) => is<TransactionOf<typeof drizzleMysql2>>()(tx, true)),
  }),
];
