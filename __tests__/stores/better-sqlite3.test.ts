import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import {
  BetterSqlite3PaymentStore,
  createPaymentsTable,
  dropPaymentsTable,
} from '../../lib/stores/clients/better-sqlite3';
import { changed, rejectsWith, Scene } from '../../lib/stores/contract/scene';
import { sqliteEnding } from '../support/endings';
import { keepsContract, SQL_STORE } from '../support/store-contract';

const folder = mkdtempSync(join(tmpdir(), 'atipay-test-'));
const open = (): Database.Database => {
  const database = new Database(join(folder, 'shop.db'));
  database.pragma('journal_mode = wal');
  database.pragma('synchronous = normal');
  return database;
};
const shop = open();
const store = new BetterSqlite3PaymentStore(open);
const scene = new Scene(store);

beforeAll(() => createPaymentsTable(shop));
afterAll(async () => {
  store.close();
  await dropPaymentsTable(shop);
  shop.close();
  rmSync(folder, { recursive: true });
});

describe('BetterSqlite3PaymentStore keeps the contract', () => {
  const { endTransaction } = sqliteEnding<Database.Database>((tx, sql) =>
    Promise.resolve().then(() => tx.exec(sql)),
  );
  afterEach(() => shop.exec('drop table if exists once'));

  keepsContract(
    () => ({
      store,
      spoil: (invoice) =>
        Promise.resolve(
          shop.prepare(`update atipay_payments set history = '{' where invoice_number = ?`).run(invoice),
        ),
      endTransaction,
    }),
    SQL_STORE,
  );
});

describe('a transaction of BetterSqlite3PaymentStore', () => {
  test('is a database that takes no call after a statement has ended the transaction', async () => {
    const record = await scene.given();
    shop.exec('create table counted (id integer primary key)');
    const refused: string[] = [];
    const work = store.transaction(async (tx) => {
      await store.update(changed(record, {}), record, { tx });
      const insert = tx.prepare('insert or rollback into counted values (?)').bind(1);
      insert.run();
      for (const call of [
        () => insert.run(),
        () => insert.run(),
        () => tx.exec('insert into counted values (2)'),
      ]) {
        try {
          call();
        } catch (error) {
          refused.push((error as { code: string }).code);
        }
      }
    });
    await rejectsWith('ERR_ATIPAY_STORE', work);
    expect(refused).toEqual(['SQLITE_CONSTRAINT_PRIMARYKEY', 'ERR_ATIPAY_STORE', 'ERR_ATIPAY_STORE']);
    expect(shop.prepare('select * from counted').all()).toEqual([]);
    await scene.holds(record);
  });

  test("is not the shop's connection, which writes as soon as it can", async () => {
    const record = await scene.given();
    const next = changed(record, { hookAttempts: 1 });
    await store.transaction(async (tx) => {
      expect(tx).toBeInstanceOf(Database);
      await store.update(next, record, { tx });
      expect(shop.inTransaction).toBe(false);
    });
    await scene.holds(next);
  });
});

test('prepares a statement once, and goes on when the table has changed meanwhile', async () => {
  const prepared: string[] = [];
  const counting = new BetterSqlite3PaymentStore(() => {
    const database = open();
    const prepare = database.prepare.bind(database);
    return Object.assign(database, {
      prepare: (sql: string) => {
        prepared.push(sql);
        return prepare(sql);
      },
    });
  });
  const { invoiceNumber } = await scene.given();
  const find = async () => (await counting.find(invoiceNumber))?.invoiceNumber;
  await find();
  const before = prepared.length;
  shop.exec('alter table atipay_payments add column note text');
  expect([await find(), await find()]).toEqual([invoiceNumber, invoiceNumber]);
  expect(prepared).toHaveLength(before);
  shop.exec('alter table atipay_payments drop column note');
  counting.close();
});

test('resolves no write before its group is committed', async () => {
  const records = await scene.givenMany(3);
  const seen = await Promise.all(
    records.map(async (record) => {
      await store.update(changed(record, { description: 'seen' }), record);
      return shop
        .prepare('select description from atipay_payments where invoice_number = ?')
        .pluck()
        .get(record.invoiceNumber);
    }),
  );
  expect(seen).toEqual(['seen', 'seen', 'seen']);
});

test('writes when another connection lets the file go, and reads meanwhile', async () => {
  const record = await scene.given();
  shop.exec('begin immediate');
  const changing = scene.change(record, { hookAttempts: 1 });
  for (let reads = 0; reads < 20; reads++) await scene.holds(record);
  shop.exec('commit');
  await scene.holds(await changing);
});

test('an update that does not wait is refused by a file that is held', async () => {
  const record = await scene.given();
  shop.exec('begin immediate');
  const update = store.update(changed(record, {}), record, { wait: false });
  await rejectsWith('ERR_ATIPAY_STORE_LOCKED', update);
  shop.exec('commit');
  await scene.holds(record);
});

test("works under a shop's fake timers", async () => {
  jest.useFakeTimers();
  try {
    const record = await scene.given();
    const next = changed(record, { hookAttempts: 1 });
    await store.transaction((tx) => store.update(next, record, { tx }));
    await scene.holds(next);
  } finally {
    jest.useRealTimers();
  }
});

test('a file in memory is refused', async () => {
  const inMemory = new BetterSqlite3PaymentStore(() => new Database(':memory:'));
  const error = await rejectsWith('ERR_ATIPAY_STORE', inMemory.find('1'));
  expect(error.message).toBe('A SQLite database in memory cannot keep payments: open a file.');
});
