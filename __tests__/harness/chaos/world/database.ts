import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { createPaymentsTable, dropPaymentsTable } from 'express-atipay/stores/knex';
import { connectTo, MYSQL, openSqlite, POSTGRES, sqliteFile } from '../../../support/databases';

export type StoreName = 'sqlite' | 'pg' | 'mariadb';

/** Where a run keeps its rows, in words that another process understands. */
export interface DatabasePlan {
  store: StoreName;
  /** SQLite's file. */
  filename: string;
  tables: Tables;
}

export interface Tables {
  payments: string;
  orders: string;
  effects: string;
  told: string;
  /** Changes of payments that the machine's table does not lead to. */
  strays: string;
}

/** A connection as a shop process has it. */
export function openDatabase({ store, filename }: DatabasePlan): Knex {
  if (store === 'sqlite') return openSqlite(filename);
  return connectTo(store === 'pg' ? POSTGRES : MYSQL, { pool: { min: 0, max: 6 } });
}

/** A run's database: temporary tables, and a function that removes them. */
export class RunDatabase {
  private constructor(
    readonly plan: DatabasePlan,
    readonly knex: Knex,
    private readonly removeFile: () => Promise<void>,
  ) {}

  static async create(store: StoreName): Promise<RunDatabase> {
    const run = `chaos_${randomBytes(5).toString('hex')}`;
    const tables = {
      payments: `${run}_payments`,
      orders: `${run}_orders`,
      effects: `${run}_effects`,
      told: `${run}_told`,
      strays: `${run}_strays`,
    };
    const file = store === 'sqlite' ? sqliteFile() : undefined;
    const plan = { store, filename: file?.filename ?? '', tables };
    const knex = file?.knex ?? openDatabase(plan);
    const database = new RunDatabase(plan, knex, file?.remove ?? (() => knex.destroy()));
    await createPaymentsTable(knex, { tableName: tables.payments });
    await createShopTables(knex, tables);
    return database;
  }

  async drop(): Promise<void> {
    const { payments, ...own } = this.plan.tables;
    await dropPaymentsTable(this.knex, { tableName: payments });
    for (const table of Object.values(own)) await this.knex.schema.dropTableIfExists(table);
    await this.removeFile();
  }
}

/** No table has a key that would hide a second payment or a second effect. */
async function createShopTables(knex: Knex, { orders, effects, told, strays }: Tables): Promise<void> {
  await knex.schema.createTable(orders, (table) => {
    table.string('id', 40).primary();
    table.bigInteger('amount').notNullable();
    table.integer('paid').notNullable().defaultTo(0);
    table.bigInteger('paid_at');
    table.integer('closed').notNullable().defaultTo(0);
  });
  await knex.schema.createTable(effects, (table) => {
    table.increments('id');
    table.string('order_id', 40).notNullable();
    table.string('invoice_number', 64).notNullable();
    table.string('reference_number', 64).notNullable();
  });
  await knex.schema.createTable(told, (table) => {
    table.increments('id');
    table.string('order_id', 40).notNullable();
    table.string('invoice_number', 64).notNullable();
    table.string('reason', 40).notNullable();
    table.bigInteger('at').notNullable();
  });
  await knex.schema.createTable(strays, (table) => {
    table.increments('id');
    table.string('invoice_number', 64).notNullable();
    table.text('what').notNullable();
  });
}
