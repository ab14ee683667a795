import type { Knex } from 'knex';
import { createPaymentsTable, dropPaymentsTable, KnexPaymentStore } from '../../lib/stores/knex';
import { paymentStoreContract } from '../../lib/stores/contract';
import { Scene } from '../../lib/stores/contract/scene';
import { connectTo, describeWith, MYSQL, renaming, uniqueTable } from '../helpers/databases';
import { rejection } from '../helpers/store-errors';

const tableName = uniqueTable();

describeWith(MYSQL, 'KnexPaymentStore on MySQL or MariaDB', () => {
  const knex = connectTo(MYSQL);
  const store = new KnexPaymentStore(knex, { tableName });
  const scene = new Scene(store);
  beforeAll(() => createPaymentsTable(knex, { tableName }));
  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName });
    await knex.destroy();
  });

  describe('keeps the contract', () => {
    for (const { name, run } of paymentStoreContract(() => ({ store }))) test(name, run, 60_000);
  });

  test('of two transactions in deadlock one rejects, even if its work swallowed the error', async () => {
    const [first, second] = [await scene.given(), await scene.given()];
    const bothHold = barrier(2);
    const crossing = [
      [first, second],
      [second, first],
    ].map(([mine = first, other = second]) =>
      store.transaction(async (tx) => {
        await store.update({ ...mine, asks: 1 }, tx);
        await bothHold();
        await store.update({ ...other, asks: 2 }, tx).catch(() => undefined);
      }),
    );
    const outcomes = await Promise.allSettled(crossing);
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    expect(refused).toEqual([expect.objectContaining({ code: 'ERR_ATIPAY_STORE' })]);
    const stored = await Promise.all([first, second].map(({ invoiceNumber }) => store.find(invoiceNumber)));
    expect(stored.map((record) => record?.version)).toEqual([2, 2]);
  });

  test('rejects when the work has rolled back by itself', async () => {
    const record = await scene.given();
    const work = store.transaction(async (tx) => {
      await store.update({ ...record, asks: 1 }, tx);
      await tx.rollback();
    });
    await rejection(work);
    await scene.holds(record);
  });
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

/** Lets nobody go on before so many have come. */
function barrier(count: number): () => Promise<void> {
  const waiting: (() => void)[] = [];
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === count) for (const goOn of waiting) goOn();
    });
}
