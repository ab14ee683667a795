import { createPaymentsCollection, dropPaymentsCollection } from '../../../lib/stores/clients/mongodb';
import { changed, NOW, Scene } from '../../../lib/stores/contract/scene';
import { full } from '../../../lib/stores/contract/fields';
import { batch, failed, openMongo, type OpenedMongo } from '../../support/mongo-store';

const NAME = 'atipay_payments';
const ACCOUNT = { $eq: 'default' };
/** The options that the store adds to each read. */
const READ = { readConcern: { level: 'majority' }, maxTimeMS: 9_000 };
const WRITE = { ordered: true, writeConcern: { w: 'majority' }, maxTimeMS: 9_000 };

let mongo: OpenedMongo;
let scene: Scene;
beforeEach(async () => {
  mongo = await openMongo();
  scene = new Scene(mongo.store);
  await mongo.store.find('the store looks at the indexes before its first command');
  mongo.sent();
});
afterEach(() => mongo.close());

test('looks for its unique indexes once, before its first command', async () => {
  const fresh = await openMongo();
  await fresh.store.find('1');
  await fresh.store.find('2');
  expect(fresh.sent().map((command) => Object.keys(command)[0])).toEqual(['listIndexes', 'find', 'find']);
  await fresh.close();
});

test('insert: one document, by its invoice number, every field there, JSON as text, confirmed by a majority', async () => {
  const record = scene.record(full(scene, { metadata: { $ne: 1, 'a.b': 2 }, token: null }));
  await mongo.store.insert(record);
  const [command] = mongo.sent();
  const [document] = command?.['documents'] as object[];
  expect(command).toEqual({ insert: NAME, documents: [document], ...WRITE });
  expect(document).toMatchObject({
    _id: record.invoiceNumber,
    account: scene.account,
    receipt_key: record.receiptKey,
    version: record.version,
    token: null,
    metadata: '{"$ne":1,"a.b":2}',
    history: JSON.stringify(record.history),
  });
  expect(document).not.toHaveProperty('invoice_number');
  expect(Object.keys(document ?? {})).toHaveLength(Object.keys(record).length);
});

test('update: sets the changed fields, if the document still has the version that was read', async () => {
  const record = scene.record({ version: 7 });
  const next = changed(record, { status: 'verifying', receiptKey: 'folded', version: 8 });
  expect(await mongo.store.update(next, record)).toBe(true);
  expect(mongo.sent()).toEqual([
    {
      update: NAME,
      updates: [
        {
          q: { _id: { $eq: record.invoiceNumber }, version: { $eq: 7 } },
          u: { $set: { status: 'verifying', version: 8, receipt_key: 'folded' } },
        },
      ],
      ...WRITE,
    },
  ]);
});

test('update: gives a document that is held one second when it must not wait', async () => {
  const record = scene.record();
  await mongo.store.update(changed(record, {}), record, { wait: false });
  expect(mongo.sent()).toMatchObject([{ update: NAME, maxTimeMS: 1_000 }]);
});

test('a store without a time limit sets none for the server', async () => {
  const own = await openMongo({}, { statementTimeoutMs: Infinity });
  await own.store.find('1');
  expect(own.sent().at(-1)).not.toHaveProperty('maxTimeMS');
  await own.close();
});

test('find: compares its value, also where that is an operator', async () => {
  await mongo.store.find({ $gt: '' } as never);
  expect(mongo.sent()).toEqual([{ find: NAME, filter: { _id: { $eq: { $gt: '' } } }, limit: 1, ...READ }]);
});

test('findByOrder: newest first, of the statuses asked for, at most as many', async () => {
  await mongo.store.findByOrder('default', '7');
  await mongo.store.findByOrder('default', '7', { statuses: ['paid', 'review'], limit: 1 });
  await mongo.store.findByOrder('default', '7', { statuses: [] });
  const order = { account: ACCOUNT, order_id: { $eq: '7' } };
  const sort = { created_at: -1, _id: -1 };
  expect(mongo.sent()).toEqual([
    { find: NAME, filter: order, sort, limit: 0, ...READ },
    { find: NAME, filter: { ...order, status: { $in: ['paid', 'review'] } }, sort, limit: 1, ...READ },
  ]);
});

test('due: one read for each origin and status, in the terms of its partial index', async () => {
  const query = { account: 'default', statuses: ['pending'] as const, now: NOW, limit: 5 };
  const origins = ['https://a.example', 'https://b.example'];
  await mongo.store.due({ ...query, origins, onUnreadable: () => undefined });
  expect(mongo.sent()).toEqual(
    origins.map((origin) => ({
      find: NAME,
      filter: {
        account: ACCOUNT,
        origin: { $eq: origin },
        status: { $eq: 'pending' },
        due_at: { $type: 'number', $lte: NOW },
      },
      sort: { due_at: 1, _id: 1 },
      limit: 5,
      ...READ,
    })),
  );
});

test('inReview: oldest first', async () => {
  await mongo.store.inReview('default', 3);
  const filter = { account: ACCOUNT, status: { $eq: 'review' } };
  expect(mongo.sent()).toEqual([{ find: NAME, filter, sort: { created_at: 1, _id: 1 }, limit: 3, ...READ }]);
});

test('search: one read of one more than asked for, in the terms of its partial indexes', async () => {
  await mongo.store.search({
    account: 'default',
    invoiceNumber: '17',
    orderId: '7',
    referenceNumber: 'AbC-_=',
    cardEnd: '1234',
    statuses: ['paid'],
    begun: { from: 1.5, before: 9 },
    confirmed: { from: 3 },
    after: '5:16',
    limit: 10,
  });
  expect(mongo.sent()).toEqual([
    {
      find: NAME,
      filter: {
        account: ACCOUNT,
        _id: { $eq: '17' },
        order_id: { $eq: '7' },
        receipt_key: { $type: 'string', $eq: 'abc+/' },
        card_end: { $type: 'string', $eq: '1234' },
        status: { $in: ['paid'] },
        created_at: { $gte: 2, $lt: 9 },
        verified_at: { $type: 'number', $gte: 3 },
        $or: [{ verified_at: { $lt: 5 } }, { verified_at: { $eq: 5 }, _id: { $lt: '16' } }],
      },
      sort: { verified_at: -1, _id: -1 },
      limit: 11,
      ...READ,
    },
  ]);
});

test('lookUp: many values in one read', async () => {
  await mongo.store.lookUp({ account: 'default', field: 'rrn', values: ['1', '2'], limit: 50 });
  await mongo.store.lookUp({ account: 'default', field: 'invoiceNumber', values: ['1'], limit: 50 });
  const rest = { sort: { created_at: -1, _id: -1 }, limit: 50, ...READ };
  expect(mongo.sent()).toEqual([
    { find: NAME, filter: { account: ACCOUNT, rrn: { $type: 'string', $in: ['1', '2'] } }, ...rest },
    { find: NAME, filter: { account: ACCOUNT, _id: { $in: ['1'] } }, ...rest },
  ]);
});

test('tally: counts and sums in one command', async () => {
  const group = { _id: { step: 100, status: 'paid', reason: null }, payments: 2, total: 30, returned: 5 };
  const own = await openMongo({ aggregate: () => batch(group) });
  const query = { account: 'default', by: 'confirmed', from: 100, before: 900, everyMs: 60 } as const;
  expect(await own.store.tally(query)).toEqual([
    { at: 100, status: 'paid', failureReason: null, count: 2, amount: 30, givenBack: 5 },
  ]);
  const step = { $subtract: ['$verified_at', { $mod: [{ $subtract: ['$verified_at', 100] }, 60] }] };
  expect(own.sent().at(-1)).toEqual({
    aggregate: NAME,
    pipeline: [
      { $match: { account: ACCOUNT, verified_at: { $type: 'number', $gte: 100, $lt: 900 } } },
      {
        $group: {
          _id: { step, status: '$status', reason: '$failure_reason' },
          payments: { $sum: 1 },
          total: { $sum: '$amount' },
          returned: { $sum: '$given_back' },
        },
      },
      { $sort: { '_id.step': 1 } },
    ],
    cursor: {},
    ...READ,
  });
  await own.close();
});

test('uniqueKeys: by the names of the columns', async () => {
  expect(await mongo.store.uniqueKeys()).toEqual([
    ['invoice_number'],
    ['receipt_key'],
    ['account', 'order_key'],
  ]);
});

test('createPaymentsCollection: two unique indexes over the documents with a key, and one for each query', async () => {
  await createPaymentsCollection(mongo.client.db(), { collectionName: 'payments' });
  const [command] = mongo.sent();
  const indexes = command?.['indexes'] as { name: string; unique?: boolean }[];
  expect(command).toEqual({ createIndexes: 'payments', indexes, writeConcern: { w: 'majority' } });
  expect(indexes.filter(({ unique }) => unique)).toEqual([
    {
      name: 'receipt',
      key: { receipt_key: 1 },
      unique: true,
      partialFilterExpression: { receipt_key: { $type: 'string' } },
    },
    {
      name: 'order_key',
      key: { account: 1, order_key: 1 },
      unique: true,
      partialFilterExpression: { order_key: { $type: 'string' } },
    },
  ]);
  expect(indexes.find(({ name }) => name === 'due')).toEqual({
    name: 'due',
    key: { account: 1, origin: 1, status: 1, due_at: 1, _id: 1 },
    partialFilterExpression: { due_at: { $type: 'number' } },
  });
  expect(indexes.map(({ name }) => name).slice(2)).toEqual([
    ...['order', 'due', 'status', 'begun', 'verified', 'given_back', 'trace', 'rrn', 'mobile', 'card'],
  ]);
});

test('dropPaymentsCollection: drops it, and takes one that is not there for dropped', async () => {
  const own = await openMongo({ drop: () => failed(26, 'NamespaceNotFound') });
  await dropPaymentsCollection(own.client.db());
  await dropPaymentsCollection(mongo.client.db());
  expect([...own.sent(), ...mongo.sent()]).toMatchObject([{ drop: NAME }, { drop: NAME }]);
  await own.close();
});

test("overrides settings that would let the shop's client read from replicas, or write to one server alone", async () => {
  const own = await openMongo(
    {},
    {
      driver: {
        readPreference: 'secondaryPreferred',
        writeConcern: { w: 1 },
        readConcern: { level: 'local' },
      },
    },
  );
  const record = scene.record();
  await own.store.insert(record);
  await own.store.find(record.invoiceNumber);
  const [, insert, find] = own.sent();
  expect(insert).toMatchObject({ writeConcern: { w: 'majority' } });
  expect(find).toMatchObject({ readConcern: { level: 'majority' } });
  expect(find).not.toHaveProperty('$readPreference');
  await own.close();
});
