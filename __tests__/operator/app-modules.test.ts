import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator } from 'express-atipay/simulator';
import { command, shopModule, sqliteStore, type CommandResult } from '../support/desk';
import { commandScene } from '../support/command-scene';

const scene = commandScene();
const { file, folder } = scene;
const LIB = join(__dirname, '../../lib');
const STORE = sqliteStore(file.filename);
let modules = 0;

/** A module of the shop's. */
function written(code: string): string {
  modules += 1;
  const path = join(folder, `payments-${modules}.cjs`);
  writeFileSync(path, code);
  return path;
}

const routerModule = (gateway: { url: string } = scene.morning.shop.gateway): string => {
  const { origin } = scene.morning.shop;
  const place = { filename: file.filename, publicUrl: `${origin}/payment`, gatewayUrl: gateway.url };
  return shopModule({ ...place, apiKey: 'key' });
};
const withApp = (code: string, ...args: string[]): Promise<CommandResult> =>
  command([...args, '--app', written(code)]);

describe('a module that exports', () => {
  const EXPORTS: [what: string, code: () => string][] = [
    ['its router', routerModule],
    ['its router by a name', () => routerModule().replace('module.exports =', 'exports.payments =')],
    ['its payments', () => `${routerModule()}\nmodule.exports = { payments: module.exports.atipay };`],
    [
      'its router as the default of an ES module',
      () =>
        `${routerModule()}\nmodule.exports = Object.defineProperty({ default: module.exports }, '__esModule', { value: true });`,
    ],
    ['its store', () => `exports.store = ${STORE};`],
    ['its store beside other values', () => `module.exports = { port: 3000, no: null, store: ${STORE} };`],
  ];

  test.each(EXPORTS)('%s is enough to list payments', async (_what, code) => {
    const { code: status, out, error } = await withApp(code(), 'list', '--json');
    expect([status, error]).toEqual([0, '']);
    expect((JSON.parse(out) as { payments: unknown[] }).payments).toHaveLength(8);
  });

  test('a store shows the payments of --account', async () => {
    const { out } = await withApp(`exports.store = ${STORE};`, 'list', '--json', '--account', 'other');
    expect(JSON.parse(out)).toEqual({ payments: [], next: null });
  });

  test.each([
    ['nothing', 'module.exports = {};', /exports (neither|no)[^]*router/],
    ['a number', 'module.exports = 5;', /router/],
  ])('%s is refused, and its message names the exports that count', async (_what, code, message) => {
    const result = await withApp(code, 'list');
    expect(result).toMatchObject({ code: 1, out: '', error: expect.stringMatching(message) as string });
  });

  test('a store is not enough for the shop’s hooks', async () => {
    const result = await withApp(`exports.store = ${STORE};`, 'sweep');
    expect(result).toMatchObject({ code: 1, error: expect.stringContaining('router') as string });
  });

  test('an error when it is loaded is told by its message, without a stack', async () => {
    const result = await withApp(`throw new Error('no DATABASE_URL');`, 'list');
    expect(result).toMatchObject({ code: 1, out: '', error: 'atipay-payments: no DATABASE_URL\n' });
  });
});

test('--app and --database are two ways to say the same', async () => {
  const result = await withApp(routerModule(), 'list', '--database', file.filename);
  expect(result).toMatchObject({ code: 2, error: expect.stringContaining('--database') as string });
});

test('sweeps with the shop’s hooks, as text and as JSON', async () => {
  const text = await withApp(routerModule(), 'sweep');
  expect(text).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Payments that were due: \d/) as string,
  });
  const json = await withApp(routerModule(), 'sweep', '--json');
  expect(JSON.parse(json.out)).toMatchObject({
    due: expect.any(Number) as number,
    ms: expect.any(Number) as number,
  });
});

test('calls a hook again, and answers with the payment as JSON', async () => {
  const { invoiceNumber, returnKey } = scene.morning.payments.undelivered;
  const retried = await withApp(routerModule(), 'retry', invoiceNumber, '--by', 'Sara', '--json');
  expect(retried.code).toBe(0);
  expect(JSON.parse(retried.out)).toMatchObject({ invoiceNumber, status: 'paid' });
  expect(retried.out).not.toContain(returnKey);
  expect((await scene.morning.shop.record(invoiceNumber)).hookDeliveredAt).not.toBeNull();
});

test('a review that is decided with the router at hand says nothing of a later call', async () => {
  const { invoiceNumber } = scene.morning.payments.differs;
  const args = ['resolve', invoiceNumber, 'failed', '--note', 'by phone', '--by', 'Sara', '--yes'];
  const { code, out } = await withApp(routerModule(), ...args);
  expect(code).toBe(0);
  expect(out).not.toContain('next sweep');
});

describe('doctor', () => {
  test('ends with 1 and says what is wrong, why and what to do', async () => {
    const simulator = await startSimulator({ port: 0, apiKey: 'another key' });
    const { code, error } = await withApp(routerModule(simulator), 'doctor', '--token');
    await simulator.close();
    expect([code, error]).toEqual([1, expect.stringMatching(/✗ AtiPay refused a token/)]);
    expect(error.replace(/\s+/g, ' ')).toContain('Nobody can start a payment. → Check the API key');
  });

  test('looks at a database alone, as JSON', async () => {
    await file.knex('atipay_payments').delete();
    const { code, out } = await command(['doctor', '--json', '--database', file.filename]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual([
      { check: 'storeWorks', level: 'fine', what: expect.any(String) as string, why: '', todo: '' },
    ]);
  });

  test('asks for a token through the shop’s router only', async () => {
    const { code, error } = await command(['doctor', '--token', '--database', file.filename]);
    expect([code, error]).toEqual([2, expect.stringContaining('--app')]);
  });
});

describe('check', () => {
  const scratch = (store: string): string =>
    `exports.scratchStore = () => ({ store: ${store}, close: () => undefined });`;
  const MEMORY = `new (require('${LIB}/index.ts').MemoryPaymentStore)({ quiet: true })`;

  test('tries the store that scratchStore makes', async () => {
    const { code, out } = await withApp(scratch(MEMORY), 'check', '--small');
    expect([code, out]).toEqual([0, expect.stringMatching(/^The store keeps the contract: \d+ cases\./)]);
    expect(out).toContain('Not tried: transactions: the store has none.');
    expect(out).toContain('left out by --small');
  });

  test('ends with 1 and names each promise that a store breaks', async () => {
    const careless = `Object.assign(${MEMORY}, { update: async () => 'stored' })`;
    const { code, out, error } = await withApp(scratch(careless), 'check', '--small');
    expect([code, out]).toEqual([1, '']);
    expect(error).toMatch(/The store breaks \d+ of \d+ promises\.\n✗ /);
  });

  test('says that a module without scratchStore gives nothing to try', async () => {
    const result = await withApp('module.exports = {};', 'check');
    expect(result).toMatchObject({ code: 1, error: expect.stringContaining('scratchStore') as string });
  });
});
