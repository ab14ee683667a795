import mysql, { type PoolConnection } from 'mysql2/promise';
import { createPaymentsTable, dropPaymentsTable, Mysql2PaymentStore } from '../../lib/stores/clients/mysql2';
import { changed, Scene } from '../../lib/stores/contract/scene';
import { describeWith, MYSQL, uniqueTable } from '../support/databases';
import { mysqlEnding } from '../support/endings';
import { keepsContract, SQL_STORE } from '../support/store-contract';

describeWith(MYSQL, 'Mysql2PaymentStore keeps the contract', () => {
  const tableName = uniqueTable();
  const pool = mysql.createPool(MYSQL.url);
  const store = new Mysql2PaymentStore(pool, { tableName, statementTimeoutMs: 120_000 });
  let ending: Awaited<ReturnType<typeof mysqlEnding<PoolConnection>>>;
  beforeAll(async () => {
    await createPaymentsTable(pool, { tableName });
    ending = await mysqlEnding<PoolConnection>((tx, sql) => tx.query(sql));
  });
  afterAll(async () => {
    await ending.close();
    await dropPaymentsTable(pool, { tableName });
    await pool.end();
  });

  keepsContract(
    () => ({
      store,
      spoil: (invoice) =>
        pool.query(`update ${tableName} set history = '{' where invoice_number = ?`, [invoice]),
      endTransaction: (tx) => ending.endTransaction(tx),
    }),
    SQL_STORE,
  );
});

describeWith(MYSQL, 'a transaction of Mysql2PaymentStore', () => {
  const tableName = uniqueTable();
  const pool = mysql.createPool(MYSQL.url);
  const store = new Mysql2PaymentStore(pool, { tableName });
  const scene = new Scene(store);
  beforeAll(() => createPaymentsTable(pool, { tableName }));
  afterAll(async () => {
    await dropPaymentsTable(pool, { tableName });
    await pool.end();
  });

  test('sees the attempts that others have committed since it began', async () => {
    const orderId = 'order';
    const first = await scene.given({ orderId });
    await store.transaction(async (tx) => {
      await store.find(first.invoiceNumber, tx);
      const second = await scene.given({ orderId });
      const found = await store.findByOrder(scene.account, orderId, { tx });
      expect(found.map(({ invoiceNumber }) => invoiceNumber)).toEqual([
        second.invoiceNumber,
        first.invoiceNumber,
      ]);
    });
  });

  test('gives its connection back with autocommit', async () => {
    const record = await scene.given();
    await store.transaction((tx) => store.update(changed(record, {}), record, { tx }));
    await expect(store.transaction(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    const [settings] = await pool.query('select @@autocommit as it');
    expect(settings).toEqual([{ it: 1 }]);
  });
});

describeWith(MYSQL, 'Mysql2PaymentStore binds values on the server', () => {
  const tableName = uniqueTable();
  const pool = mysql.createPool({ uri: MYSQL.url, connectionLimit: 1 });
  beforeAll(() => createPaymentsTable(pool, { tableName }));
  afterAll(async () => {
    await dropPaymentsTable(pool, { tableName });
    await pool.end();
  });

  test('so that NO_BACKSLASH_ESCAPES changes nothing', async () => {
    await pool.query("set session sql_mode = 'NO_BACKSLASH_ESCAPES'");
    const scene = new Scene(new Mysql2PaymentStore(pool, { tableName }));
    for (const description of [`\\' or 1 = 1 -- `, `کفش \\`, `'`, '"']) {
      await scene.holds(await scene.given({ description }));
    }
  });
});
