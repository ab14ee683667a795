import { UniqueViolation } from '../../../lib/errors';
import { createPaymentsCollection, MongoPaymentStore } from '../../../lib/stores/clients/mongodb';
import { changed, NOW, rejectsWith, Scene } from '../../../lib/stores/contract/scene';
import { toDocument } from '../../../lib/stores/mongodb/documents';
import { batch, failed, KEYS, openMongo, refused } from '../../support/mongo-store';
import { everythingIn, rejection } from '../../support/store-errors';

const SECRET = '09123456789';

test('a key that is taken is a UniqueViolation, without the words of the server', async () => {
  const { store, close } = await openMongo({ insert: () => refused(11000), update: () => refused(11000) });
  const scene = new Scene(store);
  const record = scene.record();
  for (const write of [store.insert(record), store.update(changed(record, {}), record)]) {
    const error = await rejection(write);
    expect(error).toBeInstanceOf(UniqueViolation);
    expect(everythingIn(error)).toContain('11000');
    expect(everythingIn(error)).not.toContain(SECRET);
  }
  await close();
});

test('an update that matches nothing has lost', async () => {
  const { store, close } = await openMongo({ update: () => ({ n: 0, nModified: 0 }) });
  const record = new Scene(store).record();
  expect(await store.update(changed(record, {}), record)).toBe(false);
  await close();
});

test.each([
  ['WriteConflict', 112],
  ['MaxTimeMSExpired', 50],
  ['LockTimeout', 24],
])('%s is a lock, and an update that does not wait is not sent again', async (name, code) => {
  const { store, sent, close } = await openMongo({ update: () => failed(code, name) });
  const record = new Scene(store).record();
  const error = await rejectsWith(
    'ERR_ATIPAY_STORE_LOCKED',
    store.update(changed(record, {}), record, { wait: false }),
  );
  expect(store.isTransient(error)).toBe(true);
  expect(everythingIn(error)).not.toContain(SECRET);
  expect(sent().filter((command) => 'update' in command)).toHaveLength(1);
  await close();
});

test('a conflict outside of a transaction is tried again', async () => {
  let tries = 0;
  const { store, close } = await openMongo({
    update: () => (++tries < 3 ? failed(112, 'WriteConflict') : { n: 1, nModified: 1 }),
  });
  const record = new Scene(store).record();
  expect(await store.update(changed(record, {}), record)).toBe(true);
  expect(tries).toBe(3);
  await close();
});

test('a write whose connection is lost may have been applied, and is not sent again by the store', async () => {
  const { store, sent, close } = await openMongo(
    { insert: () => 'hang up' },
    { driver: { retryWrites: false, serverSelectionTimeoutMS: 500 } },
  );
  await rejectsWith('ERR_ATIPAY_STORE_CONNECTION', store.insert(new Scene(store).record()));
  expect(sent().filter((command) => 'insert' in command)).toHaveLength(1);
  await close();
});

test('a read whose connection is lost is sent again', async () => {
  let reads = 0;
  const { store, close } = await openMongo({ find: () => (++reads < 5 ? 'hang up' : batch()) });
  expect(await store.find('1')).toBeUndefined();
  expect(reads).toBe(5);
  await close();
});

test('a write that no majority has confirmed in time may have been applied', async () => {
  for (const code of [64, 50]) {
    const { store, close } = await openMongo({
      insert: () => ({ n: 1, writeConcernError: { code, codeName: 'x', errmsg: SECRET } }),
    });
    const error = await rejectsWith('ERR_ATIPAY_STORE_CONNECTION', store.insert(new Scene(store).record()));
    expect(everythingIn(error)).not.toContain(SECRET);
    await close();
  }
});

test('another error is named by its code, without the words of the server', async () => {
  const { store, close } = await openMongo({ find: () => failed(13, 'Unauthorized') });
  const error = await rejectsWith('ERR_ATIPAY_STORE', store.find('1'));
  expect(error.message).toBe('The collection atipay_payments could not be read or written (13).');
  expect(everythingIn(error)).not.toContain(SECRET);
  await close();
});

test.each([
  ['no collection', failed(26, 'NamespaceNotFound'), 'receipt_key, account and order_key'],
  ['no unique receipt', batch(...KEYS.filter(({ name }) => name !== 'receipt')), 'receipt_key'],
  [
    'an order key that is not unique',
    batch(...KEYS.map((key) => ({ ...key, unique: key['name'] === 'receipt' }))),
    'account and order_key',
  ],
])('a collection with %s is refused before anything is written', async (_what, answer, missing) => {
  const { store, sent, close } = await openMongo({ listIndexes: () => answer });
  const scene = new Scene(store);
  for (const work of [() => store.insert(scene.record()), () => store.transaction(() => Promise.resolve())]) {
    const { message } = await rejectsWith('ERR_ATIPAY_STORE', work());
    expect(message).toContain(`lacks the unique index of ${missing}.`);
    expect(message).toContain('Call createPaymentsCollection');
  }
  expect(sent().map((command) => Object.keys(command)[0])).toEqual(['listIndexes', 'listIndexes']);
  await close();
});

test('a document that cannot be read is named, left out of due payments, and stops nothing else', async () => {
  const scene = new Scene({} as never);
  const [bad, good] = [scene.record({ dueAt: NOW }), scene.record({ dueAt: NOW })];
  const spoilt = { ...toDocument(bad), history: '{' };
  const { store, close } = await openMongo({ find: () => batch(spoilt, toDocument(good)) });
  const named: string[] = [];
  const due = await store.due({
    account: 'default',
    origins: ['https://shop.example'],
    statuses: ['pending'],
    now: NOW,
    limit: 10,
    onUnreadable: (invoiceNumber) => named.push(invoiceNumber),
  });
  expect(due).toEqual([good]);
  expect(named).toEqual([bad.invoiceNumber]);
  const { message } = await rejectsWith('ERR_ATIPAY_STORE', store.find('1'));
  expect(message).toContain(bad.invoiceNumber);
  await close();
});

test('a shop that is not connected yet is a lost connection, and its Db is asked for each time', async () => {
  const { client, close } = await openMongo();
  const connection: { db?: ReturnType<typeof client.db> } = {};
  const store = new MongoPaymentStore(() => connection.db);
  const early = store.transaction(() => Promise.resolve());
  connection.db = client.db();
  await early;
  expect(await store.find('1')).toBeUndefined();
  await close();
});

test('a bad collection name is refused at once', () => {
  for (const collectionName of ['', 'a.b', '$x', 'x'.repeat(41), 7 as never]) {
    expect(() => new MongoPaymentStore({} as never, { collectionName })).toThrow(/^collectionName is/);
  }
});

test('two processes may create the collection at one moment', async () => {
  let tries = 0;
  const { client, close } = await openMongo({
    createIndexes: () => (++tries < 3 ? failed(117, 'ConflictingOperationInProgress') : {}),
  });
  await createPaymentsCollection(client.db());
  expect(tries).toBe(3);
  await close();
});
