import type { Knex } from 'knex';
import { createPaymentsTable, KnexPaymentStore } from '../../lib/stores/knex';
import { Scene } from '../../lib/stores/contract/scene';
import { sqliteFile } from '../support/databases';

// A statement of the store does not wait in the queue of the pool when the connection it knows is at rest.

const { knex, remove } = sqliteFile();
const client = knex.client as Knex.Client;
const store = new KnexPaymentStore(knex);
const scene = new Scene(store);
beforeAll(() => createPaymentsTable(knex));
afterAll(remove);
afterEach(() => jest.useRealTimers());

test('what is written while the shop has a transaction open is not undone with it', async () => {
  const record = await scene.given();
  const tx = await knex.transaction();
  const change = store.update({ ...record, asks: 1 });
  await tx.raw('create table gone (id integer)');
  await tx.rollback();
  expect(await change).toMatchObject({ asks: 1, version: 2 });
  expect(await store.find(record.invoiceNumber)).toMatchObject({ asks: 1, version: 2 });
});

test('what the shop has written and not committed is not seen', async () => {
  const record = await scene.given();
  const tx = await knex.transaction();
  await tx('atipay_payments').update({ asks: 7 });
  const found = store.find(record.invoiceNumber);
  await tx.rollback();
  expect(await found).toMatchObject({ asks: 0 });
});

test('a payment begins once the shop has read its rows, one by one, on the connection', async () => {
  await scene.given();
  const connection = (await client.acquireConnection()) as RowByRow;
  const rows = connection.prepare('select invoice_number from atipay_payments').iterate();
  const { done } = rows.next();
  const given = scene.given();
  rows.return?.();
  await client.releaseConnection(connection);
  expect(done).toBe(false);
  await scene.holds(await given);
});

test('what is read and written meanwhile waits until the shop has read its rows', async () => {
  const record = await scene.given();
  const connection = (await client.acquireConnection()) as RowByRow;
  const rows = connection.prepare('select invoice_number from atipay_payments').iterate();
  rows.next();
  const found = store.find(record.invoiceNumber);
  const changed = Promise.all([store.update({ ...record, asks: 1 }), scene.given()]);
  // Until writes of this turn have been tried.
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  rows.return?.();
  await client.releaseConnection(connection);
  expect(await found).toMatchObject({ asks: 0 });
  const [update, given] = await changed;
  expect(update).toMatchObject({ asks: 1 });
  await scene.holds(given);
});

test('a statement that fails is tried and told of once, with what was asked', async () => {
  const record = await scene.given();
  const told: { sql: string; bindings: unknown[] }[] = [];
  knex.on('query-error', (_error: unknown, statement: (typeof told)[number]) => told.push(statement));
  await expect(store.insert(record)).rejects.toThrow('already holds');
  knex.removeAllListeners('query-error');
  expect(told).toHaveLength(1);
  expect(told[0]?.sql).toMatch(/^insert into `atipay_payments`/);
  expect(told[0]?.bindings).toContain(record.invoiceNumber);
});

test('a pool that was closed and opened again gives another connection', async () => {
  const record = await scene.given();
  await knex.destroy();
  await expect(store.find(record.invoiceNumber)).rejects.toMatchObject({ code: 'ERR_ATIPAY_STORE' });
  knex.initialize();
  await scene.holds(record);
});

test('the pool hears of one statement a second at least, so that it does not take the connection for idle', async () => {
  jest.useFakeTimers({ doNotFake: ALL_BUT_PERFORMANCE });
  jest.advanceTimersByTime(5_000);
  const asked = countAcquires(client);
  const timed = new KnexPaymentStore(knex);
  const { invoiceNumber } = await new Scene(timed).given();
  for (let passed = 0; passed <= 1_000; passed += 100) {
    await timed.find(invoiceNumber);
    expect(asked()).toBe(1);
    jest.advanceTimersByTime(100);
  }
  await timed.find(invoiceNumber);
  expect(asked()).toBe(2);
});

interface RowByRow {
  prepare(sql: string): { iterate(): IterableIterator<unknown> };
}

const ALL_BUT_PERFORMANCE = [
  ...(['Date', 'hrtime', 'nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const),
  ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
];

function countAcquires({ pool }: Knex.Client): () => number {
  let count = 0;
  (pool as unknown as NodeJS.EventEmitter).on('acquireRequest', () => (count += 1));
  return () => count;
}
