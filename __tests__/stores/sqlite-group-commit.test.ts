import { AsyncLocalStorage } from 'node:async_hooks';
import type { Knex } from 'knex';
import { createPaymentsTable, KnexPaymentStore } from '../../lib/stores/knex';
import { Scene } from '../../lib/stores/contract/scene';
import { openSqlite, sqliteFile } from '../support/databases';

// Writes of one turn of the event loop are committed together: one wait for the disk instead of many.

let database: ReturnType<typeof sqliteFile>;
let scene: Scene;
/** Another process, as it were: it sees what is committed, and nothing else. */
let other: Knex;
beforeEach(async () => {
  database = sqliteFile();
  other = openSqlite(database.filename);
  await createPaymentsTable(database.knex);
  scene = new Scene(new KnexPaymentStore(database.knex));
});
afterEach(async () => {
  await other.destroy();
  await database.remove();
});

const seen = async (): Promise<number> => (await other('atipay_payments').select('invoice_number')).length;

test.each([1, 2, 7, 450])(
  '%i payments begun at once are all there once they are said to be',
  async (count) => {
    const records = await Promise.all(Array.from({ length: count }, () => scene.given()));
    expect(await seen()).toBe(count);
    await scene.holds(...records);
  },
);

test('payments that begin at once share their commits', async () => {
  const commits = await commitsOf(database.knex);
  await scene.given();
  expect(commits()).toBe(0);
  await Promise.all(Array.from({ length: 50 }, () => scene.given()));
  expect(commits()).toBe(1);
});

test('at most two hundred share one, so that nobody else waits for long', async () => {
  const commits = await commitsOf(database.knex);
  await Promise.all(Array.from({ length: 450 }, () => scene.given()));
  expect(commits()).toBe(3);
});

test('none of them is said to be done before all of them can be seen', async () => {
  const counts = await Promise.all(
    Array.from({ length: 20 }, async () => {
      await scene.given();
      return seen();
    }),
  );
  expect(counts).toEqual(Array.from({ length: 20 }, () => 20));
});

test('one that is refused takes nothing from the others', async () => {
  const taken = await scene.given();
  const records = Array.from({ length: 9 }, () => scene.record());
  const answers = await Promise.allSettled(
    records
      .toSpliced(4, 0, { ...scene.record(), invoiceNumber: taken.invoiceNumber })
      .map((record) => scene.store.insert(record)),
  );
  expect(answers.map(({ status }) => status === 'fulfilled')).toEqual(
    Array.from({ length: 10 }, (_, index) => index !== 4),
  );
  expect(answers[4]).toMatchObject({ reason: { name: 'UniqueViolation' } });
  await scene.holds(taken, ...records);
});

test('of several changes of one version, the first counts', async () => {
  const record = await scene.given();
  const changes = await Promise.all(
    [1, 2, 3].map((asks) => scene.store.update({ ...record, asks }, undefined, record)),
  );
  expect(changes.map((change) => change?.asks)).toEqual([1, undefined, undefined]);
  expect(await scene.store.find(record.invoiceNumber)).toMatchObject({
    asks: 1,
    version: record.version + 1,
  });
});

test('when one of them ends their transaction, none is said to be done, and none is', async () => {
  await database.knex.raw(
    "create trigger guard before insert on atipay_payments when new.description = 'end' begin select raise(rollback, 'ended'); end",
  );
  const records = [scene.record(), scene.record({ description: 'end' }), scene.record()];
  const answers = await Promise.allSettled(records.map((record) => scene.store.insert(record)));
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'ERR_ATIPAY_STORE' } });
  }
  expect(await seen()).toBe(0);
  await scene.holds(await scene.given());
});

test('when their commit is refused, none is said to be done, and the next begin anew', async () => {
  // Such a key is looked at when the transaction ends; what it refuses then leaves the transaction open.
  await database.knex.raw('pragma foreign_keys = on');
  await database.knex.raw('create table parent (id integer primary key)');
  await database.knex.raw(
    'create table child (parent integer references parent (id) deferrable initially deferred)',
  );
  await database.knex.raw(
    "create trigger guard before insert on atipay_payments when new.description = 'orphan' begin insert into child values (1); end",
  );
  const records = [scene.record(), scene.record({ description: 'orphan' }), scene.record()];
  const answers = await Promise.allSettled(records.map((record) => scene.store.insert(record)));
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'ERR_ATIPAY_STORE' } });
  }
  expect(await seen()).toBe(0);
  await scene.holds(...(await Promise.all([scene.given(), scene.given()])));
});

test('they wait while another process writes, and all come through', async () => {
  const lock = await other.transaction();
  await lock.raw('create table lock_taken (id integer)');
  await database.knex.raw('pragma busy_timeout = 1');
  const begun = Promise.all(Array.from({ length: 5 }, () => scene.given()));
  const failed = new Promise<void>((resolve) => database.knex.once('query-error', () => resolve()));
  await failed;
  await lock.commit();
  await scene.holds(...(await begun));
});

test('a transaction of the shop’s is neither joined nor ended by them', async () => {
  const record = await scene.given();
  const tx = await database.knex.transaction();
  await tx.raw('create table gone (id integer)');
  const changes = Promise.all([scene.store.update({ ...record, asks: 1 }), scene.given(), scene.given()]);
  await tx.rollback();
  const [changed, ...begun] = await changes;
  expect(changed).toMatchObject({ asks: 1 });
  await scene.holds(...begun);
  const tables = await other('sqlite_master').where({ name: 'gone' });
  expect(tables).toEqual([]);
});

test('whoever listens to queries hears of each in the context of the request that sent it', async () => {
  const request = new AsyncLocalStorage<number>();
  const heard: unknown[] = [];
  database.knex.on('query', ({ bindings }: { bindings: unknown[] }) =>
    heard.push([request.getStore(), bindings.includes(`order of ${request.getStore()}`)]),
  );
  await Promise.all([1, 2, 3].map((id) => request.run(id, () => scene.given({ orderId: `order of ${id}` }))));
  database.knex.removeAllListeners('query');
  expect(heard).toEqual([
    [1, true],
    [2, true],
    [3, true],
  ]);
});

/** How many transactions the connection has committed from here on. */
async function commitsOf(knex: Knex): Promise<() => number> {
  const client = knex.client as Knex.Client;
  const connection = (await client.acquireConnection()) as Connection;
  await client.releaseConnection(connection);
  const prepare = connection.prepare.bind(connection);
  let count = 0;
  connection.prepare = (sql) => {
    const statement = prepare(sql);
    if (sql !== 'commit') return statement;
    const run = statement.run.bind(statement);
    return Object.assign(statement, { run: (...values: unknown[]) => (count += 1) && run(...values) });
  };
  return () => count;
}

interface Connection {
  prepare(sql: string): { run(...values: unknown[]): unknown };
}
