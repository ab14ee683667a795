import type { Knex } from 'knex';
import { createPaymentsTable, dropPaymentsTable, KnexPaymentStore } from '../../lib/stores/clients/knex';
import { Scene } from '../../lib/stores/contract/scene';
import { connectTo, describeWith, POSTGRES, uniqueTable } from '../support/databases';
import { postgresEnding } from '../support/endings';
import { keepsContract, SQL_STORE } from '../support/store-contract';

describeWith(POSTGRES, 'KnexPaymentStore on PostgreSQL keeps the contract', () => {
  const tableName = uniqueTable();
  const knex = connectTo(POSTGRES);
  const store = new KnexPaymentStore(knex, { tableName, statementTimeoutMs: 120_000 });
  const { endTransaction } = postgresEnding<Knex.Transaction>((tx, sql) => tx.raw(sql));
  beforeAll(() => createPaymentsTable(knex, { tableName }));
  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName });
    await knex.destroy();
  });

  keepsContract(
    () => ({
      store,
      spoil: (invoice) => knex(tableName).where({ invoice_number: invoice }).update({ history: '{' }),
      endTransaction,
    }),
    SQL_STORE,
  );
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
    await tx(table).where({ invoice_number: record.invoiceNumber }).update({ terminal_id: 'meanwhile' });
    const changing = scene.change(record, { verifyAttempts: 1 });
    await untilAStatementWaits(knex, table);
    await tx.commit();
    await scene.holds({ ...(await changing), terminalId: 'meanwhile' });
    expect(failures).toContain('40001');
  });

  keepsContract(() => ({ store }), {}, /racing for one|loses no step/);
});

describeWith(POSTGRES, 'KnexPaymentStore on a Knex that reads BIGINT as bigint', () => {
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
    await scene.holds(await scene.given({ amount: Number.MAX_SAFE_INTEGER, dueAt: 1, verifyAttempts: 7 }));
  });
});

interface Connection {
  query(sql: string, done: (error: unknown) => void): void;
}

function serializable(connection: Connection, done: (error: unknown, connection: unknown) => void): void {
  connection.query('set default_transaction_isolation = serializable', (error) => done(error, connection));
}

/** Asks until a statement on the table waits for a lock; a transaction would see the same each time. */
async function untilAStatementWaits(knex: Knex, table: string): Promise<void> {
  for (;;) {
    const waiting: unknown[] = await knex('pg_stat_activity')
      .where('wait_event_type', 'Lock')
      .andWhere('query', 'like', `%${table}%`);
    if (waiting.length > 0) return;
  }
}
