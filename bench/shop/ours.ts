import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { atipayRouter, MemoryPaymentStore, type PaymentRecord, type PaymentStore } from 'express-atipay';
import { atipayDesk } from 'express-atipay/desk';
import { BetterSqlite3PaymentStore } from 'express-atipay/stores/better-sqlite3';
import { createPaymentsTable, dropPaymentsTable } from 'express-atipay/stores/knex';
import { PgPaymentStore } from 'express-atipay/stores/pg';
import { Pool } from 'pg';
import { AMOUNT, API_KEY, form, MOBILE, okCallback, type BuyerRequest, type ShopPlan } from './plan';
import { insertAll, multiply, openDatabase, POOL, PRAGMAS } from './database';
import { pendingRecord, RETURN_KEY, settledRecord } from './records';
import { newIds, type Side } from './side';

/** Where the payments of a shop are, and how many can be put there at once. */
interface Shelf {
  store: PaymentStore<unknown>;
  insertAll(records: PaymentRecord[]): Promise<void>;
  fill(rows: number): Promise<void>;
  drop(): Promise<void>;
}

/** The package as a shop mounts it, all options at their defaults but for the sweep's timer. */
export async function ourSide(plan: ShopPlan, open: OpenStore): Promise<Side> {
  const shelf = plan.store === 'memory' ? memoryShelf() : await databaseShelf(plan, open);
  let served = 0;
  const router = atipayRouter<unknown>({
    apiKey: API_KEY,
    publicUrl: 'http://127.0.0.1:9/payment',
    gatewayUrl: plan.gatewayUrl,
    store: shelf.store,
    recovery: false,
    getOrder: (req) => ({
      orderId: (req.body as { orderId: string }).orderId,
      amount: AMOUNT,
      cellNumber: MOBILE,
    }),
    onSuccess: () => void (served += 1),
  });
  const insertPending = async (count: number, dueAt?: number): Promise<PaymentRecord[]> => {
    const records = newIds(count).map((id) => pendingRecord(id, Date.now()));
    await shelf.insertAll(dueAt === undefined ? records : records.map((record) => ({ ...record, dueAt })));
    return records;
  };
  return {
    handler: router,
    desk: atipayDesk(router, { who: () => 'bench' }),
    prepare: async (route, count) =>
      route === 'pay'
        ? newIds(count).map((orderId) => form('/pay', { orderId }))
        : (await insertPending(count)).map(callbackOf),
    served: () => served,
    fill: (rows) => shelf.fill(rows),
    sweep: async (due) => {
      await insertPending(due, Date.now() - 1);
      const began = performance.now();
      const { failed } = await router.atipay.recover();
      if (failed !== due) throw new Error(`${failed} payments were swept instead of ${due}`);
      return performance.now() - began;
    },
    end: async () => {
      await router.atipay.close();
      await shelf.drop();
    },
  };
}

const callbackOf = ({ invoiceNumber }: PaymentRecord): BuyerRequest =>
  okCallback(`/callback/${invoiceNumber}/${RETURN_KEY}`, invoiceNumber);

function memoryShelf(): Shelf {
  const store = new MemoryPaymentStore({ quiet: true });
  const insert = async (records: PaymentRecord[]): Promise<void> => {
    await Promise.all(records.map((record) => store.insert(record)));
  };
  return {
    store,
    insertAll: insert,
    fill: (rows) =>
      insert(Array.from({ length: rows }, (_, index) => settledRecord(String(index + 1), Date.now()))),
    drop: () => Promise.resolve(),
  };
}

/** Rows are put there and taken away through Knex, for every store of the shop. */
async function databaseShelf(plan: ShopPlan, open: OpenStore): Promise<Shelf> {
  const knex = openDatabase(plan);
  const { table: tableName } = plan;
  await createPaymentsTable(knex, { tableName });
  const opened = await open(plan);
  return {
    store: opened.store,
    insertAll: (records) => insertAll(knex, tableName, records),
    fill: async (rows) => {
      const first = settledRecord('0', Date.now());
      await insertAll(knex, tableName, [first]);
      await multiply(knex, tableName, first, rows);
    },
    drop: async () => {
      await opened.close();
      await dropPaymentsTable(knex, { tableName });
      await knex.destroy();
      for (const end of ['', '-wal', '-shm']) rmSync(plan.filename + end, { force: true });
    },
  };
}

/** Opens the store of a shop on a database. */
export type OpenStore = (plan: ShopPlan) => Opened | Promise<Opened>;

interface Opened {
  store: PaymentStore<unknown>;
  close(): unknown;
}

/** The store on the bare driver of the shop's database. */
export const openDriverStore: OpenStore = ({ store, filename, table: tableName, databaseUrl }) => {
  if (store === 'pg') {
    const pool = new Pool({ connectionString: databaseUrl, max: POOL, idleTimeoutMillis: 0 });
    return { store: new PgPaymentStore(pool, { tableName }), close: () => pool.end() };
  }
  const opened = new BetterSqlite3PaymentStore(() => openFile(filename), { tableName });
  return { store: opened, close: () => opened.close() };
};

function openFile(filename: string): Database.Database {
  const database = new Database(filename, { timeout: 1_000 });
  for (const pragma of PRAGMAS) database.pragma(pragma);
  return database;
}
