import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MangoClient } from '@jkershaw/mangodb';
import type { Db } from 'mongodb';
import { createPaymentsCollection } from '../../../lib/stores/mongodb/collection';
import { MongoPayments } from '../../../lib/stores/mongodb/payments';
import { countsLikeMemory } from '../../operator/figures';
import { uniqueTable } from '../../support/databases';
import { commandProcess } from '../../support/desk';
import { keepsContract } from '../../support/store-contract';

const folder = mkdtempSync(join(tmpdir(), 'atipay-test-'));
const db = new MangoClient(folder).db('shop') as unknown as Db;
afterAll(() => rmSync(folder, { recursive: true }));

describe("MongoPayments on MangoDB, another implementation of the driver's API, keeps the contract", () => {
  let collectionName: string;
  beforeEach(async () => {
    collectionName = uniqueTable();
    await createPaymentsCollection(db, { collectionName });
    // MongoDB keeps `_id` unique in every collection; MangoDB has to be asked.
    await db.collection(collectionName).createIndex({ _id: -1 }, { unique: true });
  });

  keepsContract(
    () => ({
      store: new MongoPayments(db, { collectionName, statementTimeoutMs: 300_000 }),
      spoil: (_id) => db.collection(collectionName).updateOne({ _id } as never, { $set: { history: '{' } }),
    }),
    // MangoDB has no sessions, and reads and writes a whole file for each command.
    { transactions: false, crowds: false, search: true, spoil: true },
  );

  test('and counts and looks up the same as the memory store', () =>
    countsLikeMemory(new MongoPayments(db, { collectionName })));
});

/** A shop's module for `check`: scratch collections of MangoDB below the folder. */
const MODULE = `import { createRequire } from 'node:module';
import { MangoClient } from '${join(__dirname, 'node_modules/@jkershaw/mangodb/dist/index.js')}';

const require = createRequire(import.meta.url);
const lib = '${join(__dirname, '../../../lib/stores/mongodb')}';
const { createPaymentsCollection, dropPaymentsCollection } = require(lib + '/collection.ts');
const { MongoPayments } = require(lib + '/payments.ts');
const db = new MangoClient('${folder}').db('check');

export const scratchStore = async () => {
  const scratch = { collectionName: 'atipay_check', statementTimeoutMs: 300_000 };
  await createPaymentsCollection(db, scratch);
  await db.collection('atipay_check').createIndex({ _id: -1 }, { unique: true });
  return { store: new MongoPayments(db, scratch), close: () => dropPaymentsCollection(db, scratch) };
};`;

test('atipay-payments check passes on MangoDB, and says what it leaves out', async () => {
  const file = join(folder, 'payments.mjs');
  writeFileSync(file, MODULE);
  const { code, out, error } = await commandProcess(['check', '--small', '--app', file]);
  expect([code, error]).toEqual([0, '']);
  expect(out.split('\n')).toEqual([
    expect.stringMatching(/^The store keeps the contract: \d+ cases\.$/),
    'Not tried: transactions: the store has none.',
    'Not tried: transactions that the database ends: only with an endTransaction of scratchStore.',
    'Not tried: rows that cannot be read: only with a spoil of scratchStore.',
    'Not tried: a payment and the holder of its order in one statement: the store has no findWithHolder.',
    'Not tried: hundreds of payments at once: left out by --small.',
    '',
  ]);
});
