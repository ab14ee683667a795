import type { Knex } from 'knex';
import { createPaymentsTable, dropPaymentsTable, KnexPaymentStore } from '../../lib/stores/knex';
import { paymentStoreContract } from '../../lib/stores/contract';
import { Scene } from '../../lib/stores/contract/scene';
import { connectTo, describeWith, POSTGRES, uniqueTable } from '../support/databases';

const tableName = uniqueTable();

describeWith(POSTGRES, 'KnexPaymentStore on PostgreSQL keeps the contract', () => {
  const knex = connectTo(POSTGRES);
  const store = new KnexPaymentStore(knex, { tableName });
  beforeAll(() => createPaymentsTable(knex, { tableName }));
  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName });
    await knex.destroy();
  });

  for (const { name, run } of paymentStoreContract(() => ({ store }))) test(name, run, 60_000);
});

describeWith(POSTGRES, 'KnexPaymentStore on a PostgreSQL that isolates everything from everything', () => {
  const table = uniqueTable();
  const knex = connectTo(POSTGRES, { pool: { min: 0, max: 10, afterCreate: serializable } });
  const store = new KnexPaymentStore(knex, { tableName: table });
  const scene = new Scene(store);
  const failures: string[] = [];
  beforeAll(async () => {
    await createPaymentsTable(knex, { tableName: table });
    knex.on('query-error', ({ code }: { code: string }) => failures.push(code));
  });
  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName: table });
    await knex.destroy();
  });

  test('tries an update again that could not be serialized', async () => {
    const record = await scene.given();
    const tx = await knex.transaction();
    await tx(table).where({ invoice_number: record.invoiceNumber }).update({ description: 'meanwhile' });
    const updating = store.update({ ...record, asks: 1 });
    await untilSomebodyWaits(knex, table);
    await tx.commit();
    expect(await updating).toMatchObject({ asks: 1, version: 2 });
    expect(failures).toContain('40001');
  });

  for (const { name, run } of paymentStoreContract(() => ({ store }))) {
    if (/racing|loses no step|claims at once/.test(name)) test(name, run, 60_000);
  }
});

describeWith(POSTGRES, 'KnexPaymentStore on a Knex that reads BIGINT as bigint, and JSON as text', () => {
  const table = uniqueTable();
  const types = { getTypeParser: (oid: number) => (oid === 20 ? BigInt : String) };
  const knex = connectTo(POSTGRES, {
    connection: { connectionString: POSTGRES.url, types } as Knex.PgConnectionConfig,
  });
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

function serializable(connection: Connection, done: (error: unknown, connection: unknown) => void): void {
  connection.query('set default_transaction_isolation = serializable', (error) => done(error, connection));
}

/** Asks until a statement on the table waits for a lock; a transaction would be told the same each time. */
async function untilSomebodyWaits(knex: Knex, table: string): Promise<void> {
  for (;;) {
    const waiting: unknown[] = await knex('pg_stat_activity')
      .where('wait_event_type', 'Lock')
      .andWhere('query', 'like', `%${table}%`);
    if (waiting.length > 0) return;
  }
}
