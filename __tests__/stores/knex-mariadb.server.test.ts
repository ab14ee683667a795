import type { Knex } from 'knex';
import { createPaymentsTable, dropPaymentsTable, KnexPaymentStore } from '../../lib/stores/clients/knex';
import { changed, rejectsWith, Scene } from '../../lib/stores/contract/scene';
import { connectTo, describeWith, MYSQL, uniqueTable } from '../support/databases';
import { mysqlEnding } from '../support/endings';
import { keepsContract, SQL_STORE } from '../support/store-contract';

describeWith(MYSQL, 'KnexPaymentStore on MySQL or MariaDB keeps the contract', () => {
  const tableName = uniqueTable();
  const knex = connectTo(MYSQL);
  const store = new KnexPaymentStore(knex, { tableName, statementTimeoutMs: 120_000 });
  let ending: Awaited<ReturnType<typeof mysqlEnding<Knex.Transaction>>>;
  beforeAll(async () => {
    await createPaymentsTable(knex, { tableName });
    ending = await mysqlEnding<Knex.Transaction>((tx, sql) => tx.raw(sql));
  });
  afterAll(async () => {
    await ending.close();
    await dropPaymentsTable(knex, { tableName });
    await knex.destroy();
  });

  keepsContract(
    () => ({
      store,
      spoil: (invoice) => knex(tableName).where({ invoice_number: invoice }).update({ history: '{' }),
      endTransaction: (tx) => ending.endTransaction(tx),
    }),
    SQL_STORE,
  );

  test('gives connections back with autocommit, also when the work rolls back', async () => {
    const scene = new Scene(store);
    const reason = new Error('sold out');
    const record = await scene.given();
    for (const end of [
      (tx: Knex.Transaction) => tx.rollback(reason),
      (tx: Knex.Transaction) => tx.rollback(),
    ]) {
      const work = store.transaction(async (tx) => {
        await store.update(changed(record, {}), record, { tx });
        await end(tx);
      });
      await expect(work).rejects.toThrow();
    }
    await scene.holds(record);
    const settings = await Promise.all(
      Array.from({ length: 10 }, () => knex.raw('select @@autocommit as it')),
    );
    expect(JSON.stringify(settings)).not.toContain('"it":0');
  });
});

describeWith(MYSQL, 'KnexPaymentStore on a MySQL or MariaDB that waits for a lock one second only', () => {
  const table = uniqueTable();
  const knex = connectTo(MYSQL, { pool: { min: 0, max: 4, afterCreate: impatient } });
  const store = new KnexPaymentStore(knex, { tableName: table });
  beforeAll(() => createPaymentsTable(knex, { tableName: table }));
  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName: table });
    await knex.destroy();
  });

  test('tries again after a lock wait timeout, and gets through', async () => {
    const scene = new Scene(store);
    const record = await scene.given();
    const tx = await knex.transaction();
    await tx(table).where({ invoice_number: record.invoiceNumber }).update({ terminal_id: 'meanwhile' });
    const codes: string[] = [];
    knex.on('query-error', ({ code }: { code: string }) => {
      codes.push(code);
      void tx.commit();
    });
    const next = await scene.change(record, { verifyAttempts: 1 });
    await scene.holds({ ...next, terminalId: 'meanwhile' });
    expect(codes).toEqual(['ER_LOCK_WAIT_TIMEOUT']);
  });
});

describeWith(MYSQL, 'KnexPaymentStore on a Knex that reads BIGINT as text', () => {
  const table = uniqueTable();
  const connection = { uri: MYSQL.url, supportBigNumbers: true, bigNumberStrings: true };
  const knex = connectTo(MYSQL, { connection: connection as Knex.MySql2ConnectionConfig });
  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName: table });
    await knex.destroy();
  });

  test('gives numbers all the same', async () => {
    await createPaymentsTable(knex, { tableName: table });
    const scene = new Scene(new KnexPaymentStore(knex, { tableName: table }));
    await scene.holds(await scene.given({ amount: Number.MAX_SAFE_INTEGER, dueAt: 1, verifyAttempts: 7 }));
  });
});

describeWith(MYSQL, 'KnexPaymentStore refuses a connection that would damage payments', () => {
  const withSession = (setting: string): Knex => {
    const afterCreate = (connection: Connection, done: (error: unknown, connection: unknown) => void): void =>
      connection.query(setting, (error) => done(error, connection));
    return connectTo(MYSQL, { pool: { min: 0, max: 1, afterCreate } });
  };

  test.each([
    ["set session sql_mode = 'NO_BACKSLASH_ESCAPES'", /sql_mode contains NO_BACKSLASH_ESCAPES/],
    ['set names latin1', /character set latin1: set "charset"/],
  ])('after %s', async (setting, message) => {
    const knex = withSession(setting);
    const scene = new Scene(new KnexPaymentStore(knex, { tableName: uniqueTable() }));
    const error = await rejectsWith('ERR_ATIPAY_STORE', scene.given());
    expect(error.message).toMatch(message);
    await knex.destroy();
  });
});

interface Connection {
  query(sql: string, done: (error: unknown) => void): void;
}

function impatient(connection: Connection, done: (error: unknown, connection: unknown) => void): void {
  connection.query('set session innodb_lock_wait_timeout = 1', (error) => done(error, connection));
}
