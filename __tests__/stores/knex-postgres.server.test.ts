import type { Knex } from 'knex';
import { AtipayError } from '../../lib/errors';
import { createPaymentsTable, dropPaymentsTable, KnexPaymentStore } from '../../lib/stores/knex';
import { paymentStoreContract } from '../../lib/stores/contract';
import { Scene } from '../../lib/stores/contract/scene';
import type { PaymentStore } from '../../lib/stores/store';
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

  for (const { name, run } of paymentStoreContract(() => ({ store }))) test(name, run);
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

  const patient = untilSerialized(store);
  for (const { name, run } of paymentStoreContract(() => ({ store: patient }))) {
    if (/racing|loses no step|claims at once/.test(name)) test(name, run);
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

const isSerializationFailure = (error: unknown): boolean =>
  error instanceof AtipayError && (error.cause as { code?: unknown } | undefined)?.code === '40001';

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isSerializationFailure(error)) throw error;
    }
  }
}

/** Writes again what the store gave up as not serializable: how often a busy database refuses is not its matter. */
function untilSerialized(store: KnexPaymentStore): PaymentStore<Knex.Transaction> {
  return {
    insert: (record) => again(() => store.insert(record)),
    update: (record, tx, before) => again(() => store.update(record, tx, before)),
    find: (invoiceNumber) => store.find(invoiceNumber),
    findByOrder: (account, orderId) => store.findByOrder(account, orderId),
    due: (account, now, limit) => store.due(account, now, limit),
    inReview: (account, limit) => store.inReview(account, limit),
    transaction: (work) => store.transaction(work),
  };
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
