import { atipayRouter, MemoryPaymentStore, type AtipayConfig } from 'express-atipay';
import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import { startSimulator } from 'express-atipay/simulator';
import type { Knex } from 'knex';
import { openSqlite, sqliteFile } from '../../support/databases';
import { openShop } from '../../support/opened';
import { anOrder } from '../../support/shop';
import { compileBlocks } from '../compile';
import { notes, paid, PRINTS, symptom } from './symptoms';

const files: { remove: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const { remove } of files.splice(0)) await remove();
});

/** A database with the table for payments and one open order, 17, kept in a temporary file. */
async function database(options: Partial<Knex.Config> = {}): Promise<{ knex: Knex; filename: string }> {
  const file = sqliteFile(options);
  files.push(file);
  await createPaymentsTable(file.knex);
  await file.knex.raw('create table orders (id text primary key, state text)');
  await file.knex('orders').insert({ id: '17', state: 'open' });
  return file;
}

const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
};

symptom('An ERR_ATIPAY code', async (print) => {
  const config = {
    publicUrl: 'https://shop.example/payment',
    store: new MemoryPaymentStore({ quiet: true }),
    onSuccess: () => undefined,
    apiKey: undefined,
    currncy: 'IRT',
  };
  print(thrownBy(() => atipayRouter(config as AtipayConfig)));

  const { knex } = await database();
  await knex.schema.dropTable('atipay_payments');
  const shop = await openShop({ store: new KnexPaymentStore(knex) });
  print(await shop.atipay.start(anOrder()).catch((error: unknown) => (error as Error).message));
});

symptom('The hook is called again and again', async () => {
  const slow = await openShop({
    ...PRINTS,
    hookTimeoutMs: 50,
    onSuccess: () => new Promise(() => undefined),
  });
  await paid(slow);

  await paid(await openShop({ ...PRINTS, onSuccess: (_payment, { transaction }) => transaction(() => 1) }));

  const { knex } = await database();
  const twice = await openShop({
    ...PRINTS,
    store: new KnexPaymentStore(knex),
    onSuccess: async (_payment, { transaction }) => {
      await transaction(() => 1);
      await transaction(() => 2);
    },
  });
  await paid(twice);
});

symptom('The hook returned, but the order did not change', async () => {
  const { knex } = await database();
  const forgetful = await openShop({
    store: new KnexPaymentStore(knex),
    onSuccess: (_payment, { transaction }) =>
      transaction((trx) => {
        void trx('orders').where({ id: '17' }).update({ state: 'paid' });
      }),
  });
  expect(await notes(forgetful, await paid(forgetful))).toContain('the shop’s hook returned');
  await forgetful.close();

  const elsewhere = await openShop({
    store: new KnexPaymentStore(knex),
    account: 'another',
    onSuccess: (_payment, { transaction }) =>
      transaction((trx) => trx('orders').where({ id: 'o-17' }).update({ state: 'paid' })),
  });
  expect(await notes(elsewhere, await paid(elsewhere))).toContain('the shop’s hook returned');
  expect(await knex('orders').first<object>()).toEqual({ id: '17', state: 'open' });
});

symptom('Timeout acquiring a connection', async (print) => {
  const { knex, filename } = await database({ acquireConnectionTimeout: 300 });
  const full = await openShop({
    ...PRINTS,
    store: new KnexPaymentStore(knex),
    onSuccess: (_payment, { transaction }) => transaction(() => knex('orders').update({ state: 'paid' })),
  });
  expect(await full.record(await paid(full))).toMatchObject({
    status: 'paid',
    hookAppliedAt: null,
    hookDeliveredAt: null,
  });

  const own = openSqlite(filename, { connection: { filename, options: { timeout: 100 } } as object });
  const locked = await openShop({
    ...PRINTS,
    store: new KnexPaymentStore(knex),
    account: 'another',
    onSuccess: (_payment, { transaction }) => transaction(() => own('orders').update({ state: 'paid' })),
  });
  expect(await locked.record(await paid(locked))).toMatchObject({
    hookAppliedAt: null,
    hookDeliveredAt: null,
  });
  print((locked.told('hookError')[0]?.['error'] as Error).message);
  await own.destroy();
});

symptom('Another router already serves this account', async (print) => {
  const shop = await openShop();
  const { store } = shop;
  const again = (): unknown =>
    atipayRouter({ apiKey: 'k', publicUrl: 'https://shop.example', store, onSuccess: () => undefined });
  print(thrownBy(again));
  await shop.atipay.close();
  expect(again()).toBeInstanceOf(Function);
});

symptom('Types of Express do not fit', async (print) => {
  const code = `import express from 'express4-types';\nexpress().use('/payment', atipayRouter(options));\n`;
  const fits = code.replace('4-types', '');
  const [problem, ...others] = compileBlocks([
    { page: 'with the types of Express 4', line: 1, language: 'ts', code },
    { page: 'with those of Express 5', line: 1, language: 'ts', code: fits },
  ]);
  print(problem);
  expect(others).toEqual([]);
  return Promise.resolve();
});

symptom('The simulator does not start', async (print) => {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    print(await startSimulator().catch((error: unknown) => (error as Error).message));
    const simulator = await startSimulator({ allowProduction: true });
    await simulator.close();
  } finally {
    process.env['NODE_ENV'] = before;
  }
});
