import { INDEXES, type Index } from '../sql/table';
import { retrying } from '../sql/retry';
import { fieldOf, presenceOf } from './documents';
import type { Document, MongoCollectionLike, MongoDbLike, MongoSessionLike } from './driver';
import { isCreationRace, isMissingCollection, storeError, translate } from './errors';

/** Where payments are kept. */
export interface PaymentsCollectionOptions {
  /** Letters, digits and underscores, at most 40 characters. Default `atipay_payments`. */
  collectionName?: string;
}

const NAME = /^[a-z_]\w{0,39}$/i;

/** The collection's name, checked. @throws AtipayError `ERR_ATIPAY_STORE` for anything that is not a plain name. */
export function collectionNameOf({ collectionName = 'atipay_payments' }: PaymentsCollectionOptions): string {
  if (typeof collectionName === 'string' && NAME.test(collectionName)) return collectionName;
  throw storeError(
    `collectionName is ${JSON.stringify(collectionName)}: write letters, digits and underscores, at most 40 characters.`,
  );
}

/** Reads see every write that was acknowledged, and a write is acknowledged when no failover can undo it. */
const SETTINGS = {
  readPreference: 'primary',
  readConcern: { level: 'majority' },
  writeConcern: { w: 'majority' },
};

export const collectionIn = (db: MongoDbLike<MongoSessionLike>, name: string): MongoCollectionLike =>
  db.collection(name, SETTINGS as never);

/** Creates the payments' collection and its indexes, or their missing parts. Safe at every start. */
export async function createPaymentsCollection(
  db: MongoDbLike<MongoSessionLike>,
  options: PaymentsCollectionOptions = {},
): Promise<void> {
  const name = collectionNameOf(options);
  const indexes = INDEXES.map(toSpecification) as never;
  try {
    await retrying(() => collectionIn(db, name).createIndexes(indexes), isCreationRace);
  } catch (error) {
    throw translate(error, name);
  }
}

/** Drops the payments' collection and every payment in it. */
export async function dropPaymentsCollection(
  db: MongoDbLike<MongoSessionLike>,
  options: PaymentsCollectionOptions = {},
): Promise<void> {
  const name = collectionNameOf(options);
  try {
    await collectionIn(db, name).drop();
  } catch (error) {
    if (!isMissingCollection(error)) throw translate(error, name);
  }
}

function toSpecification({ suffix, columns, unique, present }: Index): Document {
  return {
    name: suffix,
    key: Object.fromEntries(columns.map((column) => [fieldOf(column), 1])),
    ...(unique && { unique }),
    ...(present !== undefined && { partialFilterExpression: { [present]: presenceOf(present) } }),
  };
}

/** The columns of each unique key of a collection; none where there is no collection. */
export async function uniqueKeysOf(collection: MongoCollectionLike): Promise<string[][]> {
  const indexes = await listed(collection);
  return indexes
    .filter(({ name, unique }) => unique === true || name === '_id_')
    .map(({ key }) => Object.keys(key).map((field) => (field === '_id' ? 'invoice_number' : field)));
}

interface Listed {
  readonly name?: string;
  readonly key: Readonly<Record<string, unknown>>;
  readonly unique?: boolean;
}

async function listed(collection: MongoCollectionLike): Promise<readonly Listed[]> {
  try {
    return (await collection.indexes()) as Listed[];
  } catch (error) {
    if (isMissingCollection(error)) return [];
    throw error;
  }
}

const UNIQUE = INDEXES.filter(({ unique }) => unique).map(({ columns }) => columns);

/** MongoDB makes a collection for its first document, without our indexes: then a receipt could be paid for twice. */
export async function refuseWithoutKeys(collection: MongoCollectionLike, name: string): Promise<void> {
  const keys = (await uniqueKeysOf(collection)).map((columns) => columns.join());
  const missing = UNIQUE.filter((columns) => !keys.includes(columns.join()));
  if (missing.length === 0) return;
  throw storeError(
    `The collection ${name} lacks the unique index of ${missing.map((columns) => columns.join(' and ')).join(', ')}. ` +
      'Call createPaymentsCollection before the first payment.',
  );
}
