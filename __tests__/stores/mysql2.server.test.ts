import mysql, { type PoolConnection } from 'mysql2/promise';
import { createPaymentsTable, dropPaymentsTable, Mysql2PaymentStore } from '../../lib/stores/clients/mysql2';
import { Scene } from '../../lib/stores/contract/scene';
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
