import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MangoClient } from '@jkershaw/mangodb';
import type { Db } from 'mongodb';
import { createPaymentsCollection } from '../../../lib/stores/mongodb/collection';
import { MongoPayments } from '../../../lib/stores/mongodb/payments';
import { countsLikeMemory } from '../../operator/figures';
import { uniqueTable } from '../../support/databases';
import { keepsContract } from '../../support/store-contract';

/** MangoDB reads and writes a whole file for each command. */
const SLOW = ['due: a sweep page by page', 'takes 1,200 claims at once', 'takes inserts and claims at once'];

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
    // MangoDB has no sessions.
    { transactions: false, search: true, spoil: true },
    new RegExp(`^(?!${SLOW.join('|')})`),
  );

  test('and counts and looks up the same as the memory store', () =>
    countsLikeMemory(new MongoPayments(db, { collectionName })));
});
