import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createPaymentsTable } from 'express-atipay/stores/knex';
import createKnex, { type Knex } from 'knex';

/** Opens the shop's database, and creates its missing tables. `:memory:` for tests. */
export async function openDatabase(filename: string): Promise<Knex> {
  if (filename !== ':memory:') mkdirSync(dirname(filename), { recursive: true });
  const db = createKnex({ client: 'better-sqlite3', connection: { filename }, useNullAsDefault: true });
  await createOrdersTable(db);
  await createPaymentsTable(db);
  return db;
}

async function createOrdersTable(db: Knex): Promise<void> {
  if (await db.schema.hasTable('orders')) return;
  await db.schema.createTable('orders', (table) => {
    table.increments('id');
    table.string('buyerId').notNullable().index();
    table.string('mobile').notNullable();
    table.text('items').notNullable();
    table.integer('total').notNullable();
    table.string('state').notNullable();
    table.bigInteger('createdAt').notNullable();
  });
}
