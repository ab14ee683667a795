import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import express from 'express';
import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import { startSimulator } from 'express-atipay/simulator';
import { sqliteFile } from '../support/databases';
import { openShop } from '../support/opened';
import { anOrder } from '../support/shop';
import { blockOf, blocksOf, readPage, recipesIn } from './markdown';
import { mountAccounts } from './recipes/accounts';
import { onSuccess, payInstalment, topUp } from './recipes/wallet';

const PAGE = 'docs/recipes.md';
const RECIPES = join(__dirname, 'recipes');
const recipes = readdirSync(RECIPES).filter((file) => file !== 'not-installed.d.ts');
const clients = recipesIn('clients/recipes');

const NOT_RUN = ['mongoose.ts', 'nest.ts'];

test.each(recipes.filter((file) => !NOT_RUN.includes(file)))('the page shows %s as it is tested', (file) => {
  expectShown(readFileSync(join(RECIPES, file), 'utf8'));
});

test.each(NOT_RUN)('the page shows %s as it is compiled; its library is not installed to run it', (file) => {
  expectShown(readFileSync(join(RECIPES, file), 'utf8'));
});

test.each(clients)('the page shows %s as the tests of harness/clients run it', (_file, code) => {
  expectShown(code);
});

function expectShown(code: string): void {
  expect(readPage(PAGE)).toContain(`\`\`\`ts\n${code}\`\`\``);
}

test('every piece of TypeScript is one of these files, the one that the browser runs, or the app links', () => {
  expect(blocksOf(PAGE).filter(({ language }) => language === 'ts')).toHaveLength(
    recipes.length + clients.length + 2,
  );
});

test('the React and the Vue component can be parsed; neither library is installed to run them', () => {
  expect(transformSync(blockOf(PAGE, 'tsx').code, { loader: 'tsx', jsx: 'automatic' }).code).toContain('jsx');
  const script = /<script setup lang="ts">([\s\S]*)<\/script>/.exec(blockOf(PAGE, 'vue').code)?.[1] ?? '';
  expect(transformSync(script, { loader: 'ts' }).code).toContain('await pay(orderId)');
});

describe('wallets and instalments', () => {
  const file = sqliteFile();
  const { knex } = file;
  afterAll(() => file.remove());

  test('grow once for each top-up, also when the hook is called twice, and an instalment is paid separately', async () => {
    await createPaymentsTable(knex);
    await knex.raw('create table top_ups (id text primary key, owner text, amount integer, mobile text)');
    await knex.raw('create table wallets (owner text primary key, balance integer)');
    await knex.raw(
      'create table instalments (contract text, number integer, amount integer, mobile text, paid boolean)',
    );
    const mobile = '09123456789';
    await knex('wallets').insert({ owner: 'Sara', balance: 0 });
    await knex('top_ups').insert(['a', 'b'].map((id) => ({ id, owner: 'Sara', amount: 50_000, mobile })));
    await knex('instalments').insert(
      [1, 2].map((number) => ({ contract: '17', number, amount: 900_000, mobile, paid: false })),
    );
    const shop = await openShop({ store: new KnexPaymentStore(knex), onSuccess });

    const pay = async (invoiceNumber: string, meanwhile = (): unknown => undefined): Promise<void> => {
      const record = await shop.record(invoiceNumber);
      await meanwhile();
      await shop.comesBack(record, { referenceNumber: shop.gateway.receipt(invoiceNumber) });
      await knex('atipay_payments')
        .where({ invoice_number: invoiceNumber })
        .update({ hook_delivered_at: null, next_hook_at: 1, due_at: 1 });
      await shop.atipay.recover();
    };
    for (const id of ['a', 'b']) await pay((await topUp(shop.atipay, knex, id)).payment.invoiceNumber);
    expect(await knex('wallets').first<object>()).toEqual({ owner: 'Sara', balance: 100_000 });
    expect((await topUp(shop.atipay, knex, 'a')).url).toMatch(/\/taken$/);

    await pay((await payInstalment(shop.atipay, knex, '17', 2)).payment.invoiceNumber);
    expect(await knex('instalments').orderBy('number').pluck<number[]>('paid')).toEqual([0, 1]);

    await knex('instalments').insert({
      contract: '17/2026',
      number: 3,
      amount: 900_000,
      mobile,
      paid: false,
    });
    await pay((await payInstalment(shop.atipay, knex, '17/2026', 3)).payment.invoiceNumber);
    expect(await knex('instalments').where({ number: 3 }).first('paid')).toEqual({ paid: 1 });

    const dearer = () => knex('instalments').where({ number: 1 }).update({ amount: 9_900_000 });
    await pay((await payInstalment(shop.atipay, knex, '17', 1)).payment.invoiceNumber, dearer);
    expect(await knex('instalments').where({ number: 1 }).first('paid')).toEqual({ paid: 0 });
  });
});

test('accounts of one app have a path each and do not see each other', async () => {
  const file = sqliteFile();
  await createPaymentsTable(file.knex);
  const simulator = await startSimulator({
    merchants: [{ apiKey: 'key-of-south', terminalId: '20000002', name: 'South' }],
  });
  const app = express();
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const served: string[] = [];
  const accounts = [
    { name: 'north', apiKey: simulator.apiKey, terminalId: simulator.terminalId },
    { name: 'south', apiKey: 'key-of-south', terminalId: '20000002' },
  ];
  const routers = mountAccounts(app, origin, file.knex, accounts, {
    gatewayUrl: simulator.url,
    onSuccess: ({ account }) => void served.push(account),
  });
  const [north, south] = ['north', 'south'].map((name) => routers.get(name)?.atipay);
  const url = (await south?.start(anOrder()))?.url ?? '';

  const { invoiceNumber } = await simulator.pay(url);
  expect(url).toMatch(`${origin}/payment/south/pay/`);
  expect(served).toEqual(['south']);
  expect(await north?.find(invoiceNumber)).toBeUndefined();

  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await Promise.all([north?.close(), south?.close(), simulator.close()]);
  await file.remove();
});
