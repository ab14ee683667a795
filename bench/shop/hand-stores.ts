import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Pool } from 'pg';
import type { HandRow, HandStore } from './by-hand';
import { CHECKPOINT, POOL, PRAGMAS } from './database';
import { handStatements, handTable, insertColumns } from './hand-sql';
import type { ShopPlan } from './plan';

/** A driver or client, reduced to the common part: a row read, a row changed, many inserted at once. */
export interface Driver {
  first(statement: Name, values: unknown[]): Promise<Record<string, unknown> | undefined>;
  changed(statement: Name, values: unknown[]): Promise<boolean>;
  insertAll(rows: unknown[][]): Promise<void>;
  drop(): Promise<void>;
}

/** The statements of durable by hand. */
export type Name = keyof ReturnType<typeof handStatements>;

/** The bare driver of the shop's database. */
export const openDriver = async (plan: ShopPlan): Promise<Driver> =>
  plan.store === 'pg' ? postgres(plan) : sqlite(plan);

/** The store of durable by hand. */
export function handStore(driver: Driver): HandStore {
  return {
    taken: async (orderId) => (await driver.first('taken', [orderId])) !== undefined,
    insert: async (row) => {
      await driver.changed('insert', valuesOf(row));
    },
    insertAll: (rows) => driver.insertAll(rows.map(valuesOf)),
    pend: (invoice, token, dueAt) => driver.changed('pend', [token, dueAt, invoice]),
    find: async (invoice) => rowOf(await driver.first('find', [invoice])),
    claim: ({ orderId, invoiceNumber }, receipt, dueAt) =>
      driver.changed('claim', [
        receipt['referenceNumber'],
        orderId,
        receipt['traceNumber'],
        receipt['terminalId'],
        receipt['rrn'],
        receipt['maskedPan'],
        dueAt,
        invoiceNumber,
      ]),
    paid: (invoice, dueAt) => driver.changed('paid', [Date.now(), dueAt, invoice]),
    handled: (invoice, now) => driver.changed('handled', [now, invoice]),
    drop: () => driver.drop(),
  };
}

const valuesOf = (row: HandRow): unknown[] => [
  row.invoiceNumber,
  row.orderId,
  row.amount,
  row.status,
  row.returnKey,
  row.dueAt,
];

const rowOf = (row: Record<string, unknown> | undefined): HandRow | undefined =>
  row && {
    invoiceNumber: String(row['invoice_number']),
    orderId: String(row['order_id']),
    amount: Number(row['amount']),
    status: String(row['status']),
    returnKey: String(row['return_key']),
    dueAt: Number(row['due_at']),
  };

function sqlite({ filename, table }: ShopPlan): Driver {
  const database = new Database(filename);
  for (const pragma of PRAGMAS) database.pragma(pragma);
  for (const sql of handTable(table)) database.exec(sql);
  const prepared = Object.fromEntries(
    Object.entries(handStatements(table)).map(([name, sql]) => [
      name,
      database.prepare(sql.replace(/\$\d/g, '?')),
    ]),
  ) as Record<Name, Database.Statement>;
  return {
    first: (name, values) =>
      Promise.resolve(prepared[name].get(...values) as Record<string, unknown> | undefined),
    changed: (name, values) => Promise.resolve(prepared[name].run(...values).changes > 0),
    insertAll: (rows) => {
      database.transaction(() => rows.forEach((values) => prepared.insert.run(...values)))();
      database.pragma(CHECKPOINT);
      return Promise.resolve();
    },
    drop: () => {
      database.close();
      for (const end of ['', '-wal', '-shm']) rmSync(filename + end, { force: true });
      return Promise.resolve();
    },
  };
}

async function postgres(plan: ShopPlan): Promise<Driver> {
  const pool = new Pool({ connectionString: plan.databaseUrl, max: POOL });
  return onPostgres(plan, pool, {
    rows: async (sql, values) => (await pool.query<Record<string, unknown>>(sql, values)).rows,
    changed: async (sql, values) => (await pool.query(sql, values)).rowCount ?? 0,
  });
}

/** A way to send statements to PostgreSQL. */
export interface Sender {
  rows(sql: string, values: unknown[]): Promise<Record<string, unknown>[]>;
  /** The count of changed rows. */
  changed(sql: string, values: unknown[]): Promise<number>;
}

/** Durable by hand on PostgreSQL: the pool makes and fills the table, the sender does what is measured. */
export async function onPostgres({ table }: ShopPlan, pool: Pool, sender: Sender): Promise<Driver> {
  for (const sql of handTable(table)) await pool.query(sql);
  const statements = handStatements(table);
  return {
    first: async (name, values) => (await sender.rows(statements[name], values))[0],
    changed: async (name, values) => (await sender.changed(statements[name], values)) > 0,
    insertAll: async (rows) => {
      const columns = (rows[0] ?? []).map((_, index) => rows.map((values) => values[index]));
      await pool.query(insertColumns(table), columns);
    },
    drop: async () => {
      await pool.query(`drop table ${table}`);
      await pool.end();
    },
  };
}
