import { AsyncLocalStorage } from 'node:async_hooks';
import type { Knex } from 'knex';
import { createPaymentsTable, dropPaymentsTable, KnexPaymentStore } from '../../lib/stores/knex';
import { Scene } from '../../lib/stores/contract/scene';
import { connectTo, describeWith, POSTGRES, uniqueTable } from '../support/databases';

// The store's statements hand a connection of the pool on to one another instead of asking the pool for each.

describeWith(POSTGRES, 'KnexPaymentStore with the connections of a pool', () => {
  const tableName = uniqueTable();
  const opened: Knex[] = [];
  beforeAll(() => createPaymentsTable(openPool({}), { tableName }));
  afterEach(async () => {
    for (const knex of opened.splice(1)) await knex.destroy();
  });
  afterAll(async () => {
    for (const knex of opened) {
      await dropPaymentsTable(knex, { tableName });
      await knex.destroy();
    }
  });

  function openPool(pool: Knex.PoolConfig, options: Partial<Knex.Config> = {}): Knex {
    const quiet = { warn: () => undefined };
    const knex = connectTo(POSTGRES, { pool: { min: 0, max: 2, ...pool }, log: quiet, ...options });
    opened.push(knex);
    return knex;
  }

  const sceneOf = (knex: Knex): Scene => new Scene(new KnexPaymentStore(knex, { tableName }));

  test('of many statements at once each is done, on as many connections as the pool has', async () => {
    const knex = openPool({});
    const pool = poolOf(knex);
    const scene = sceneOf(knex);
    const records = await Promise.all(Array.from({ length: 300 }, () => scene.given()));
    await scene.holds(...records);
    expect(pool.made).toBe(2);
    expect(pool.asked).toBeLessThan(100);
  });

  test('the pool has a connection back after fifty statements, and closes those that are too old', async () => {
    const knex = openPool({ max: 1, maxConnectionLifetimeMillis: 1 });
    const pool = poolOf(knex);
    const scene = sceneOf(knex);
    await Promise.all(Array.from({ length: 101 }, () => scene.given()));
    expect(pool.made).toBe(3);
  });

  test('the pool is asked for what it has, and for one more to know how long one may wait', async () => {
    const knex = openPool({ max: 1 });
    const pool = poolOf(knex);
    const scene = sceneOf(knex);
    await Promise.all(Array.from({ length: 40 }, () => scene.given()));
    expect(pool.asked).toBe(2);
  });

  test('nothing is kept from the pool once all is done', async () => {
    const knex = openPool({});
    const scene = sceneOf(knex);
    await Promise.all(Array.from({ length: 10 }, () => scene.given()));
    await new Promise(setImmediate);
    expect(poolOf(knex).used()).toBe(0);
  });

  test('a query of the shop’s own does not wait for all of them', async () => {
    const knex = openPool({ max: 1 });
    const scene = sceneOf(knex);
    const done: string[] = [];
    const all = Promise.all(
      Array.from({ length: 40 }, async () => {
        await scene.given();
        done.push('payment');
      }),
    );
    await knex.raw('select 1');
    done.push('shop');
    await all;
    expect(done.indexOf('shop')).toBeLessThan(5);
  });

  test('a connection that breaks under a statement is not used again', async () => {
    const knex = openPool({ max: 1 });
    const pool = poolOf(knex);
    const scene = sceneOf(knex);
    const record = await scene.given();
    const killer = openPool({});
    const connection = await onlyConnectionOf(knex);
    const lock = await killer.transaction();
    await lock(tableName).where({ invoice_number: record.invoiceNumber }).forUpdate();
    const stuck = scene.store.update({ ...record, asks: 1 });
    await untilItWaits(killer, connection.processID);
    const ended = new Promise((resolve) => connection.once('end', resolve));
    await killer.raw('select pg_terminate_backend(?)', [connection.processID]);
    await expect(stuck).rejects.toMatchObject({ code: 'ERR_ATIPAY_STORE' });
    await lock.rollback();
    await ended;
    await scene.holds(await scene.given());
    expect(pool.made).toBe(2);
  });

  test('who waits longer than the pool allows is told, and the next is not', async () => {
    const knex = openPool({ max: 1 }, { acquireConnectionTimeout: 200 });
    const scene = sceneOf(knex);
    const hold = await knex.transaction();
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => scene.given()));
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'ERR_ATIPAY_STORE' } });
    }
    await hold.rollback();
    await scene.holds(await scene.given());
  });

  test('who waits for the store’s own statements, which get nowhere, is told as well', async () => {
    const knex = openPool({ max: 1 }, { acquireConnectionTimeout: 200 });
    const scene = sceneOf(knex);
    const record = await scene.given();
    const lock = await openPool({}).transaction();
    await lock(tableName).where({ invoice_number: record.invoiceNumber }).forUpdate();
    const stuck = scene.store.update({ ...record, asks: 1 });
    const answers = await Promise.allSettled([scene.given(), scene.given()]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'ERR_ATIPAY_STORE' } });
    }
    await lock.rollback();
    expect(await stuck).toMatchObject({ asks: 1 });
  });

  test('a server that is not there is told at once, to all who wait', async () => {
    const knex = openPool({}, { connection: 'postgres://postgres@127.0.0.1:1/test' });
    const scene = sceneOf(knex);
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => scene.given()));
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'ERR_ATIPAY_STORE' } });
    }
  });

  test('where the server gives fewer connections than the pool may have, all is done on those', async () => {
    const role = uniqueTable();
    const admin = opened[0];
    // Superusers are not held to a limit.
    await admin?.raw(`create role ${role} login connection limit 1`);
    await admin?.raw(`grant select, insert on ${tableName} to ${role}`);
    const connection = new URL(POSTGRES.url);
    connection.username = role;
    const knex = openPool({ max: 5 }, { connection: connection.href });
    const pool = poolOf(knex);
    try {
      const scene = sceneOf(knex);
      const records = await Promise.all(Array.from({ length: 30 }, () => scene.given()));
      await scene.holds(...records);
      expect(pool.made).toBe(1);
      expect(pool.failed).toBeGreaterThan(0);
    } finally {
      await knex.destroy();
      await admin?.raw(`drop owned by ${role}`);
      await admin?.raw(`drop role ${role}`);
    }
  });

  test('a pool that does not tell who waits is asked for every statement', async () => {
    const knex = openPool({});
    const pool = poolOf(knex);
    Object.assign((knex.client as Knex.Client).pool as object, { numPendingAcquires: undefined });
    const scene = sceneOf(knex);
    await Promise.all(Array.from({ length: 20 }, () => scene.given()));
    expect(pool.asked).toBe(20);
  });

  test('whoever listens to queries hears of each in the context of the request that sent it', async () => {
    const knex = openPool({ max: 1 });
    const scene = sceneOf(knex);
    const request = new AsyncLocalStorage<number>();
    const heard: boolean[] = [];
    knex.on('query', ({ bindings }: { bindings: unknown[] }) =>
      heard.push(bindings.includes(`order of ${request.getStore()}`)),
    );
    await Promise.all(
      [1, 2, 3].map((id) => request.run(id, () => scene.given({ orderId: `order of ${id}` }))),
    );
    expect(heard).toEqual([true, true, true]);
  });

  test('a pool that was closed and opened again gives other connections', async () => {
    const knex = openPool({});
    const scene = sceneOf(knex);
    const record = await scene.given();
    await knex.destroy();
    await expect(scene.store.find(record.invoiceNumber)).rejects.toMatchObject({ code: 'ERR_ATIPAY_STORE' });
    knex.initialize();
    await scene.holds(record);
  });
});

/** What a pool was asked for from here on. */
function poolOf(knex: Knex): { asked: number; made: number; failed: number; used: () => number } {
  const pool = (knex.client as Knex.Client).pool as unknown as NodeJS.EventEmitter & { numUsed(): number };
  const seen = { asked: 0, made: 0, failed: 0, used: () => pool.numUsed() };
  pool.on('acquireRequest', () => (seen.asked += 1));
  pool.on('createSuccess', () => (seen.made += 1));
  pool.on('createFail', () => (seen.failed += 1));
  return seen;
}

/** pg's client. */
interface Connection extends NodeJS.EventEmitter {
  processID: number;
}

async function onlyConnectionOf(knex: Knex): Promise<Connection> {
  const client = knex.client as Knex.Client;
  const connection = (await client.acquireConnection()) as Connection;
  await client.releaseConnection(connection);
  return connection;
}

/** Asks until the statement of that backend waits for a lock. */
async function untilItWaits(knex: Knex, pid: number): Promise<void> {
  for (;;) {
    const { rows } = await knex.raw<{ rows: unknown[] }>(
      "select 1 from pg_stat_activity where pid = ? and wait_event_type = 'Lock'",
      [pid],
    );
    if (rows.length > 0) return;
  }
}
