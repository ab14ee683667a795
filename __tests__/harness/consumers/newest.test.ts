import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { Consumer } from './consumer';
import { compilesAndPays, DONE, MODES, paysFromJavaScript, withOptions } from './shops';

const PACKAGES = ['express@5', '@types/express@5', '@types/node@20', 'typescript@6'];
/** TypeScript 6 wants to hear that before it looks for modules as Node 10 did. */
const MODES_OF_6 = { ...MODES, ...withOptions({ node10: MODES.node10 }, { ignoreDeprecations: '6.0' }) };

let shop: Consumer;

beforeAll(async () => (shop = await Consumer.create(PACKAGES)));
afterAll(() => shop.remove());

describe('a shop on Express 5 without Knex', () => {
  test('has no Knex that could be loaded', async () => {
    expect((await shop.node('-e', 'require("knex")')).error).toContain('MODULE_NOT_FOUND');
  });

  paysFromJavaScript(() => shop);

  compilesAndPays(() => shop, 'shop.ts', MODES_OF_6);

  test('takes a payment once bundled into one file, with nothing else beside it', async () => {
    const { folder } = shop;
    shop.take('shop.ts');
    buildSync({
      entryPoints: [join(folder, 'shop.ts')],
      outfile: join(folder, 'bundle', 'shop.cjs'),
      absWorkingDir: folder,
      bundle: true,
      platform: 'node',
      logLevel: 'error',
    });
    const alone = new Consumer();
    alone.adopt(join(folder, 'bundle', 'shop.cjs'), 'server.cjs');
    expect(await alone.payment('server.cjs')).toEqual(DONE);
    alone.remove();
  });

  test.each([
    'express-atipay/dist/client.js',
    'express-atipay/dist/stores/memory',
    'express-atipay/stores/memory',
    'express-atipay/lib/client',
    'express-atipay/simulator/app',
  ])('cannot reach internal modules: %s', async (path) => {
    const required = await shop.node('-e', `require(${JSON.stringify(path)})`);
    const imported = await shop.node('--input-type=module', '-e', `await import(${JSON.stringify(path)})`);
    expect(required.error).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
    expect(imported.error).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  test('cannot reach internal types from TypeScript', async () => {
    shop.write('deep.ts', "import 'express-atipay/dist/client';\n");
    const { code, out } = await shop.compile('deep.ts', {
      module: 'nodenext',
      noUncheckedSideEffectImports: true,
    });
    expect({ code, out }).toEqual({ code: 2, out: expect.stringContaining('TS2882') as string });
  });

  test('reads the version from the package, and gets the simulator as a command', async () => {
    const { out: version } = await shop.node('-p', 'require("express-atipay/package.json").version');
    const command = join(shop.folder, 'node_modules', '.bin', 'atipay-simulator');
    expect((await shop.exec(command, ['--version'])).out).toBe(version);
  });
});

describe('the same shop with Knex', () => {
  beforeAll(async () => {
    await shop.install(['knex@3', 'mongoose']);
    shop.borrow('better-sqlite3');
  });

  paysFromJavaScript(() => shop);

  compilesAndPays(() => shop, 'shop-knex.ts', MODES_OF_6);

  test('compiles hooks and getOrder as a shop on Mongoose writes them', async () => {
    const file = shop.take('mongoose.ts');
    expect(await shop.compile(file, { module: 'nodenext', noEmit: true, skipLibCheck: true })).toMatchObject({
      code: 0,
      out: '',
    });
  });
});
