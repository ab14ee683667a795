import type { Knex } from 'knex';
import { createPaymentsTable, KnexPaymentStore } from '../../lib/stores/clients/knex';
import { changed, rejectsWith, Scene } from '../../lib/stores/contract/scene';
import { openSqlite, sqliteFile } from '../support/databases';
import { sqliteEnding } from '../support/endings';
import { keepsContract, SQL_STORE } from '../support/store-contract';

describe('KnexPaymentStore on SQLite keeps the contract', () => {
  const { knex, remove } = sqliteFile();
  const { endTransaction } = sqliteEnding<Knex.Transaction>((tx, sql) => tx.raw(sql));
  beforeAll(() => createPaymentsTable(knex));
  afterEach(() => knex.schema.dropTableIfExists('once'));
  afterAll(remove);

  keepsContract(
    () => ({
      store: new KnexPaymentStore(knex),
      spoil: (invoice) => knex('atipay_payments').where({ invoice_number: invoice }).update({ history: '{' }),
      endTransaction,
    }),
    SQL_STORE,
  );
});

test.each([
  [1_000, 0],
  [1_001, 1],
])('a busy timeout of %i ms is warned of %i times', async (timeout, times) => {
  const { knex, remove } = sqliteFile();
  await createPaymentsTable(knex);
  await knex.raw(`pragma busy_timeout = ${timeout}`);
  const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
  try {
    await new KnexPaymentStore(knex).find('1');
    expect(warn.mock.calls.map(([message]) => message)).toEqual(
      Array<unknown>(times).fill(expect.stringContaining('busy timeout')),
    );
  } finally {
    warn.mockRestore();
    await remove();
  }
});

describe('KnexPaymentStore on a SQLite file that another process writes to', () => {
  const { knex: other, filename, remove } = sqliteFile();
  const knex = openSqlite(filename);
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
    await scene.holds(await scene.change(record, { verifyAttempts: 1 }));
    expect(refusals()).toEqual(['SQLITE_BUSY', 'SQLITE_BUSY', 'SQLITE_BUSY']);
  });

  test('tries a transaction again that could not begin', async () => {
    const record = await scene.given();
    const next = changed(record, { verifyAttempts: 1 });
    const release = await lock(other);
    refusalsOf(knex, (count) => count === 3 && release());
    const work = jest.fn((tx: Knex.Transaction) => store.update(next, record, { tx }));
    expect(await store.transaction(work)).toBe(true);
    expect(work).toHaveBeenCalledTimes(1);
    await scene.holds(next);
  });

  test('an update that does not wait is refused at once', async () => {
    const record = await scene.given();
    const release = await lock(other);
    const refusals = refusalsOf(knex, () => undefined);
    const update = store.update(changed(record, {}), record, { wait: false });
    await rejectsWith('ERR_ATIPAY_STORE_LOCKED', update);
    await release();
    expect(refusals()).toHaveLength(1);
    await scene.holds(record);
  });
});

/** Takes the file's write lock; returns a function that releases it. */
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
