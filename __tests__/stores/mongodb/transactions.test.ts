import { changed, rejectsWith, Scene } from '../../../lib/stores/contract/scene';
import { readDocument, toDocument } from '../../../lib/stores/mongodb/documents';
import { batch, failed, openMongo, refused, type Answers, type MongoScene } from '../../support/mongo-store';
import type { Command } from '../../support/mongo-server';
import { rejection } from '../../support/store-errors';

const IN_TRANSACTION = { autocommit: false };
const names = (commands: Command[]): string[] => commands.map((command) => Object.keys(command)[0] ?? '');

const open = async (answers: Answers = {}, scene: MongoScene = {}) => {
  const mongo = await openMongo({ hello: () => ({}), ...answers }, scene);
  return { ...mongo, scene: new Scene(mongo.store) };
};

test('hands out a session in a transaction, and commits with a majority', async () => {
  const { store, scene, client, sent, close } = await open();
  const record = scene.record();
  const next = changed(record, { hookAppliedAt: 1 });
  const value = await store.transaction(async (session) => {
    await store.update(next, record, { tx: session });
    await client
      .db()
      .collection('orders')
      .updateOne({ state: 'open' }, { $set: { state: 'paid' } }, { session });
    return 'done';
  });
  expect(value).toBe('done');
  expect(sent()).toMatchObject([
    { listIndexes: 'atipay_payments' },
    {
      update: 'atipay_payments',
      startTransaction: true,
      readConcern: { level: 'snapshot' },
      ...IN_TRANSACTION,
    },
    { update: 'orders', ...IN_TRANSACTION },
    { commitTransaction: 1, writeConcern: { w: 'majority' }, ...IN_TRANSACTION },
  ]);
  await close();
});

test('aborts when the work throws, and throws the error of the work', async () => {
  const { store, scene, sent, close } = await open();
  const record = scene.record();
  const problem = new Error('the shop has a problem');
  const work = store.transaction(async (tx) => {
    await store.update(changed(record, {}), record, { tx });
    throw problem;
  });
  expect(await rejection(work)).toBe(problem);
  expect(names(sent()).slice(1)).toEqual(['update', 'abortTransaction']);
  await close();
});

test('reads of an order in it see its writes and later commits of others', async () => {
  const inside = new Set<unknown>();
  const { store, scene, sent, close } = await open({
    find: ({ autocommit }) => batch(toDocument(autocommit === false ? own : others)),
  });
  const read = scene.record({ orderId: 'one' });
  const own = changed(read, { status: 'failed', hookAppliedAt: 1 });
  const others = scene.record({ orderId: 'one', status: 'verifying' });
  await store.transaction(async (tx) => {
    await store.update(own, read, { tx });
    for (const record of await store.findByOrder(scene.account, 'one', { tx }))
      inside.add(record.invoiceNumber);
    expect(await store.findByOrder(scene.account, 'one', { tx, limit: 1 })).toEqual([
      readDocument(toDocument(others)),
    ]);
    expect(await store.findByOrder(scene.account, 'one', { tx, statuses: [] })).toEqual([]);
  });
  expect([...inside]).toEqual([others.invoiceNumber, own.invoiceNumber]);
  const finds = sent().filter((command) => 'find' in command);
  expect(finds.slice(0, 2)).toMatchObject([
    { filter: { _id: { $in: [own.invoiceNumber] } }, ...IN_TRANSACTION },
    { filter: { _id: { $nin: [own.invoiceNumber] } }, readConcern: { level: 'majority' } },
  ]);
  await close();
});

test('find in it reads in it', async () => {
  const { store, sent, close } = await open();
  await store.transaction((tx) => store.find('1', tx));
  expect(sent()[1]).toMatchObject({ find: 'atipay_payments', startTransaction: true });
  await close();
});

test('is refused on a server without a replica set, before the work, and says what to do', async () => {
  const { store, sent, close } = await open({}, { replicaSet: false });
  let ran = false;
  const work = store.transaction(() => {
    ran = true;
    return Promise.resolve();
  });
  const { message } = await rejectsWith('ERR_ATIPAY_STORE', work);
  expect(message).toContain('on a replica set or a sharded cluster only');
  expect(message).toContain('rs.initiate()');
  expect(ran).toBe(false);
  expect(names(sent())).toEqual(['listIndexes']);
  await close();
});

test('ends with a statement that fails, even if the work catches the error', async () => {
  const { store, scene, client, close } = await open({
    insert: () => refused(11000),
    commitTransaction: () => failed(251, 'NoSuchTransaction', 'TransientTransactionError'),
  });
  const record = scene.record();
  const work = store.transaction(async (session) => {
    await store.update(changed(record, {}), record, { tx: session });
    await client
      .db()
      .collection('orders')
      .insertOne({}, { session })
      .catch(() => undefined);
  });
  const error = await rejectsWith('ERR_ATIPAY_STORE', work);
  expect(error.message).toMatch(/^Nothing was committed/);
  // The server has aborted it for a reason that may be gone by now.
  expect(store.isTransient(error)).toBe(true);
  await close();
});

test('ends when the work aborts it', async () => {
  const { store, scene, sent, close } = await open();
  const record = scene.record();
  const work = store.transaction(async (tx) => {
    await store.update(changed(record, {}), record, { tx });
    await tx.abortTransaction();
  });
  await rejectsWith('ERR_ATIPAY_STORE', work);
  expect(names(sent())).not.toContain('commitTransaction');
  await close();
});

test('a write conflict in it is thrown at once, and may pass when the work is run again', async () => {
  const { store, scene, sent, close } = await open({
    update: () => failed(112, 'WriteConflict', 'TransientTransactionError'),
  });
  const record = scene.record();
  const work = store.transaction((tx) => store.update(changed(record, {}), record, { tx }));
  const error = await rejectsWith('ERR_ATIPAY_STORE_LOCKED', work);
  expect(store.isTransient(error)).toBe(true);
  expect(names(sent()).filter((name) => name === 'update')).toHaveLength(1);
  await close();
});

test("the shop's write conflict is thrown as it is, and may pass when the work is run again", async () => {
  const { store, client, close } = await open({
    update: () => failed(112, 'WriteConflict', 'TransientTransactionError'),
  });
  const orders = client.db().collection('orders');
  const error = await rejection(
    store.transaction((session) => orders.updateOne({}, { $set: { paid: true } }, { session })),
  );
  expect(error).toMatchObject({ name: 'MongoServerError', code: 112 });
  expect(store.isTransient(error)).toBe(true);
  await close();
});

test('a commit whose outcome is unknown is sent again', async () => {
  let commits = 0;
  const { store, close } = await open({
    commitTransaction: () =>
      ++commits < 3 ? failed(64, 'WriteConcernFailed', 'UnknownTransactionCommitResult') : {},
  });
  expect(await store.transaction((tx) => store.find('1', tx).then(() => 'done'))).toBe('done');
  expect(commits).toBe(3);
  await close();
});

test('a commit that is never answered may have been applied', async () => {
  const { store, close } = await open({ commitTransaction: () => 'hang up' }, { statementTimeoutMs: 1_000 });
  const work = store.transaction((tx) => store.find('1', tx));
  await rejectsWith('ERR_ATIPAY_STORE_CONNECTION', work);
  await close();
});
