import createKnex, { type Knex } from 'knex';
import { createPaymentsTable, KnexPaymentStore } from '../../lib/stores/knex';
import { paymentStoreContract } from '../../lib/stores/contract';
import { Scene } from '../../lib/stores/contract/scene';
import { openSqlite, sqliteFile } from '../support/databases';
import { rejection } from '../support/store-errors';

describe('KnexPaymentStore on SQLite keeps the contract', () => {
  const { knex, remove } = sqliteFile();
  beforeAll(() => createPaymentsTable(knex));
  afterAll(remove);

  for (const { name, run } of paymentStoreContract(() => ({ store: new KnexPaymentStore(knex) }))) {
    test(name, run, 60_000);
  }

  test('a pool of one connection is free after every call, and serves the shop meanwhile', async () => {
    const store = new KnexPaymentStore(knex);
    const record = await new Scene(store).given();
    await Promise.all([
      store.update(record),
      knex.raw('select 1'),
      store.update(record),
      knex.raw('select 2'),
    ]);
    await rejection(store.insert(record));
    expect((knex.client as { pool: { numUsed(): number } }).pool.numUsed()).toBe(0);
  });
});

describe('KnexPaymentStore on a driver of SQLite that answers with rows alone', () => {
  const { knex, remove } = sqliteFile({ client: withoutCounts() });
  beforeAll(() => createPaymentsTable(knex));
  afterAll(remove);

  for (const { name, run } of paymentStoreContract(() => ({ store: new KnexPaymentStore(knex) }))) {
    if (!/racing/.test(name)) test(name, run, 60_000);
  }
});

describe('KnexPaymentStore on a SQLite file that another process writes to', () => {
  const impatient = { connection: { filename: '' }, pool: { min: 1, max: 1, afterCreate: withoutPatience } };
  const { knex: other, filename, remove } = sqliteFile();
  const knex = openSqlite(filename, { ...impatient, connection: { filename } });
  const store = new KnexPaymentStore(knex);
  const scene = new Scene(store);
  beforeAll(() => createPaymentsTable(other));
  afterAll(async () => {
    await knex.destroy();
    await remove();
  });

  test('tries again while the file is locked, and gets through', async () => {
    const record = await scene.given();
    const release = await lock(other);
    const refusals = refusalsOf(knex, (count) => count === 3 && release());
    const changed = await store.update({ ...record, asks: 1 });
    expect(changed?.version).toBe(2);
    expect(refusals()).toEqual(['SQLITE_BUSY', 'SQLITE_BUSY', 'SQLITE_BUSY']);
  });

  test('throws inside a transaction instead of trying again', async () => {
    const record = await scene.given();
    const release = await lock(other);
    const refusals = refusalsOf(knex, () => undefined);
    const error = await rejection(store.transaction((tx) => store.update({ ...record, asks: 1 }, tx)));
    await release();
    expect(error).toMatchObject({ code: 'ERR_ATIPAY_STORE', cause: { code: 'SQLITE_BUSY' } });
    expect(refusals()).toHaveLength(1);
    await scene.holds(record);
  });
});

interface Connection {
  pragma(setting: string): unknown;
}

interface Query {
  response: unknown;
}

/** A client of Knex as `sqlite3` is one: another driver of the same dialect, which is only ever asked for rows. */
function withoutCounts(): typeof Knex.Client {
  const knex = createKnex({ client: 'better-sqlite3', useNullAsDefault: true });
  const Client = (knex.client as object).constructor as new (config: Knex.Config) => {
    _query(connection: unknown, query: Query): Promise<Query>;
  };
  class WithoutCounts extends Client {
    readonly driverName = 'sqlite3';

    override async _query(connection: unknown, query: Query): Promise<Query> {
      const { response } = await super._query(connection, query);
      return Object.assign(query, { response: Array.isArray(response) ? response : [] });
    }
  }
  return WithoutCounts as unknown as typeof Knex.Client;
}

function withoutPatience(connection: Connection, done: (error: unknown, connection: unknown) => void): void {
  connection.pragma('busy_timeout = 0');
  done(null, connection);
}

/** Takes the file's write lock; returns what lets it go. */
async function lock(knex: Knex): Promise<() => Promise<unknown>> {
  const tx = await knex.transaction();
  await tx.raw('create table if not exists held (id integer)');
  await tx.raw('insert into held values (1)');
  return async () => {
    await tx.rollback();
  };
}

/** Collects the codes of failed statements, and says how many there were so far. */
function refusalsOf(knex: Knex, each: (count: number) => unknown): () => string[] {
  const codes: string[] = [];
  knex.removeAllListeners('query-error');
  knex.on('query-error', ({ code }: { code: string }) => {
    codes.push(code);
    void each(codes.length);
  });
  return () => codes;
}
