import { MongoClient, type ClientSession, type MongoClientOptions } from 'mongodb';
import { MongoPaymentStore, type MongoStoreOptions } from '../../lib/stores/clients/mongodb';
import { startMongoServer, type Answer, type Command } from './mongo-server';

/** Answers to the store by the command's name; other commands get the answer of an intact collection. */
export type Answers = Partial<Record<string, (command: Command) => Answer | undefined>>;

/** A store over the real driver and a server that answers as the test says. */
export interface OpenedMongo {
  store: MongoPaymentStore<ClientSession>;
  client: MongoClient;
  /** The store's commands since the last call, without the fields that the driver adds to each. */
  sent: () => Command[];
  close: () => Promise<void>;
}

export interface MongoScene extends MongoStoreOptions {
  /** False: a server that is not in a replica set. */
  replicaSet?: boolean;
  driver?: MongoClientOptions;
}

export async function openMongo(
  answers: Answers = {},
  { replicaSet = true, driver, ...options }: MongoScene = {},
): Promise<OpenedMongo> {
  const server = await startMongoServer(
    (command) => {
      const [name = ''] = Object.keys(command);
      return answers[name]?.(command) ?? DEFAULTS[name] ?? { n: 1, nModified: 1 };
    },
    replicaSet ? { setName: 'rs0' } : {},
  );
  const client = new MongoClient(server.url, driver);
  return {
    store: new MongoPaymentStore(client.db(), options),
    client,
    sent: () => server.commands.splice(0).map(withoutDriversOwn),
    close: async () => {
      await client.close();
      await server.close();
    },
  };
}

/** The answer to `find`, `aggregate` and `listIndexes`. */
export const batch = (...firstBatch: Command[]): Command => ({
  cursor: { id: 0n, ns: 'shop.atipay_payments', firstBatch },
});

/** Indexes of a collection that the store takes. */
export const KEYS: Command[] = [
  { v: 2, name: '_id_', key: { _id: 1 } },
  { v: 2, name: 'receipt', key: { receipt_key: 1 }, unique: true },
  { v: 2, name: 'order_key', key: { account: 1, order_key: 1 }, unique: true },
  { v: 2, name: 'begun', key: { account: 1, created_at: 1, _id: 1 } },
];

const DEFAULTS: Partial<Record<string, Command>> = {
  listIndexes: batch(...KEYS),
  find: batch(),
  aggregate: batch(),
};

/** An error of the server. */
export const failed = (code: number, codeName: string, ...errorLabels: string[]): Command => ({
  ok: 0,
  errmsg: 'E: { receipt: "09123456789" }',
  code,
  codeName,
  errorLabels,
});

/** An error of a write, which comes in an answer that is ok. */
export const refused = (code: number): Command => ({
  n: 0,
  writeErrors: [{ index: 0, code, errmsg: 'E11000 duplicate key: { receipt: "09123456789" }' }],
});

function withoutDriversOwn({ lsid: _lsid, $db: _db, txnNumber: _number, ...command }: Command): Command {
  return command;
}
