import type { Knex } from 'knex';
import { createPaymentsTable, dropPaymentsTable, KnexPaymentStore } from '../../lib/stores/knex';
import { Scene } from '../../lib/stores/contract/scene';
import { connectTo, describeWith, MYSQL, POSTGRES, sqliteFile, uniqueTable } from '../support/databases';
import { everythingIn, rejection } from '../support/store-errors';

// What becomes of a transaction that a database, or the work itself, has given up.

const NOTHING_COMMITTED = {
  code: 'ERR_ATIPAY_STORE',
  message:
    'Nothing was committed: a statement of the transaction failed, and the database gave the whole of it up. ' +
    'An error inside a transaction must leave it.',
};

interface Ground {
  knex: Knex;
  store: KnexPaymentStore;
  scene: Scene;
}

/** What holds on each database; gives the suite what it needs for the rest. */
function transactionsEnd(knex: Knex, close: () => Promise<void> = () => knex.destroy()): Ground {
  const tableName = uniqueTable();
  const store = new KnexPaymentStore(knex, { tableName });
  const scene = new Scene(store);
  beforeAll(() => createPaymentsTable(knex, { tableName }));
  afterAll(async () => {
    await dropPaymentsTable(knex, { tableName });
    await close();
  });

  test('rejects with the reason for which the work has rolled back by itself', async () => {
    const record = await scene.given();
    const reason = new Error('sold out');
    const work = store.transaction(async (tx) => {
      await store.update({ ...record, asks: 1 }, tx);
      await tx.raw('select * from there_is_no_such_table').catch(() => undefined);
      await tx.rollback(reason);
    });
    expect(await rejection(work)).toBe(reason);
    await scene.holds(record);
  });

  test('rejects when the work has rolled back without a reason', async () => {
    const record = await scene.given();
    const work = store.transaction(async (tx) => {
      await store.update({ ...record, asks: 1 }, tx);
      await tx.rollback();
    });
    await rejection(work);
    await scene.holds(record);
  });

  test('commits when the error was confined to a savepoint', async () => {
    const record = await scene.given();
    await store.transaction(async (tx) => {
      await store.update({ ...record, asks: 1 }, tx);
      await tx
        .transaction((inner) => inner.raw('select * from there_is_no_such_table'))
        .catch(() => undefined);
    });
    await scene.holds({ ...record, asks: 1, version: 2 });
  });

  test('sends nothing but what the work does when no statement fails', async () => {
    const record = await scene.given();
    const heard: string[] = [];
    const listen = ({ sql }: { sql: string }): unknown => heard.push(sql.split(/[ ;]/)[0] ?? '');
    knex.on('query', listen);
    await store.transaction((tx) => store.update({ ...record, asks: 1 }, tx));
    knex.off('query', listen);
    expect(heard).toEqual(['BEGIN', 'update', 'COMMIT']);
  });

  return { knex, store, scene };
}

describe('a transaction on SQLite', () => {
  const { knex, remove } = sqliteFile();
  transactionsEnd(knex, remove);
});

describeWith(POSTGRES, 'a transaction on PostgreSQL', () => {
  const { store, scene } = transactionsEnd(connectTo(POSTGRES));

  test('rejects when it swallowed an error after which PostgreSQL commits nothing', async () => {
    const record = await scene.given();
    const work = store.transaction(async (tx) => {
      await store.update({ ...record, asks: 1 }, tx);
      await tx.raw('select * from there_is_no_such_table where it = ?', ['0912']).catch(() => undefined);
      return true;
    });
    const error = await rejection(work);
    expect(error).toMatchObject({ ...NOTHING_COMMITTED, cause: { code: '42P01' } });
    expect(everythingIn(error)).not.toContain('0912');
    await scene.holds(record);
  });
});

describeWith(MYSQL, 'a transaction on MySQL or MariaDB', () => {
  const { store, scene } = transactionsEnd(connectTo(MYSQL));

  test('of two in deadlock one rejects, even if its work swallowed the error', async () => {
    const [first, second] = [await scene.given(), await scene.given()];
    const bothHold = barrier(2);
    const crossing = [
      [first, second],
      [second, first],
    ].map(([mine = first, other = second]) =>
      store.transaction(async (tx) => {
        await store.update({ ...mine, asks: 1 }, tx);
        await bothHold();
        await store.update({ ...other, asks: 2, token: 'a secret' }, tx).catch(() => undefined);
      }),
    );
    const outcomes = await Promise.allSettled(crossing);
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    expect(refused).toEqual([
      expect.objectContaining({
        ...NOTHING_COMMITTED,
        cause: expect.objectContaining({ code: 'ER_LOCK_DEADLOCK' }) as Error,
      }),
    ]);
    expect(everythingIn(refused)).not.toContain('a secret');
    const stored = await Promise.all([first, second].map(({ invoiceNumber }) => store.find(invoiceNumber)));
    expect(stored.map((record) => record?.version)).toEqual([2, 2]);
  });
});

/** Lets nobody go on before so many have come. */
function barrier(count: number): () => Promise<void> {
  const waiting: (() => void)[] = [];
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === count) for (const goOn of waiting) goOn();
    });
}
