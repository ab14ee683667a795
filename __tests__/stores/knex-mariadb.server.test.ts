import type { Knex } from 'knex';
import { createPaymentsTable, dropPaymentsTable, KnexPaymentStore } from '../../lib/stores/knex';
import { paymentStoreContract } from '../../lib/stores/contract';
import { Scene } from '../../lib/stores/contract/scene';
import { connectTo, describeWith, MYSQL, renaming, uniqueTable } from '../support/databases';
import { rejection } from '../support/store-errors';

const tableName = uniqueTable();

describeWith(MYSQL, 'KnexPaymentStore on MySQL or MariaDB keeps the contract', () => {
  const knex = connectTo(MYSQL);
  const store = new KnexPaymentStore(knex, { tableName });
  beforeAll(() => createPaymentsTable(knex, { tableName }));
  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName });
    await knex.destroy();
  });

  for (const { name, run } of paymentStoreContract(() => ({ store }))) test(name, run, 60_000);
});

describeWith(MYSQL, 'what the shop has told its Knex instance about names, where Knex is asked', () => {
  const table = uniqueTable();
  const plain = connectTo(MYSQL);
  beforeAll(() => createPaymentsTable(plain, { tableName: table }));
  afterAll(async () => {
    await dropPaymentsTable(plain, { tableName: table });
    await plain.destroy();
  });
  const renamed = (rename: (name: string) => string): Knex =>
    connectTo(MYSQL, { postProcessResponse: renaming(rename) });

  test('camel case is understood', async () => {
    const knex = renamed((name) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));
    const scene = new Scene(new KnexPaymentStore(knex, { tableName: table }));
    await scene.holds(await scene.given({ orderKey: 'A' }));
    await knex.destroy();
  });

  test('anything else is refused, with the column that is missing', async () => {
    const knex = renamed((name) => name.toUpperCase());
    const store = new KnexPaymentStore(knex, { tableName: table });
    const { invoiceNumber } = await new Scene(store).given();
    const error = await rejection(store.find(invoiceNumber));
    expect(error.message).toMatch(/^A payment came back without its column invoice_number\./);
    await knex.destroy();
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
    const record = await new Scene(store).given();
    const tx = await knex.transaction();
    await tx(table).where({ invoice_number: record.invoiceNumber }).update({ description: 'meanwhile' });
    const codes: string[] = [];
    knex.on('query-error', ({ code }: { code: string }) => {
      codes.push(code);
      void tx.commit();
    });
    expect(await store.update({ ...record, asks: 1 })).toMatchObject({ asks: 1, version: 2 });
    expect(codes).toEqual(['ER_LOCK_WAIT_TIMEOUT']);
  });
});

describeWith(MYSQL, 'KnexPaymentStore on a Knex that reads BIGINT as text', () => {
  const table = uniqueTable();
  const connection = {
    uri: MYSQL.url,
    supportBigNumbers: true,
    bigNumberStrings: true,
  } as Knex.MySql2ConnectionConfig;
  const knex = connectTo(MYSQL, { connection });
  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName: table });
    await knex.destroy();
  });

  test('gives numbers all the same', async () => {
    await createPaymentsTable(knex, { tableName: table });
    const scene = new Scene(new KnexPaymentStore(knex, { tableName: table }));
    await scene.holds(await scene.given({ amount: Number.MAX_SAFE_INTEGER, dueAt: 1, asks: 7 }));
  });
});

interface Connection {
  query(sql: string, done: (error: unknown) => void): void;
}

function impatient(connection: Connection, done: (error: unknown, connection: unknown) => void): void {
  connection.query('set session innodb_lock_wait_timeout = 1', (error) => done(error, connection));
}
