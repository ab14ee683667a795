import { join } from 'node:path';
import { Consumer, resultIn } from './consumer';
import { compilesAndPays, DONE, MODES, paysFromJavaScript } from './shops';

const TYPESCRIPT = ['@types/node@20', 'typescript@5.9'];

describe('a shop on the newest Express 4', () => {
  let shop: Consumer;
  beforeAll(async () => (shop = await Consumer.create(['express@4', '@types/express@4', ...TYPESCRIPT])));
  afterAll(() => shop.remove());

  paysFromJavaScript(() => shop);
  compilesAndPays(() => shop, 'shop.ts', { node10: MODES.node10, nodenext: MODES.nodenext });
});

describe('a shop whose node_modules are strict: each package sees what it asks for, and nothing else', () => {
  let shop: Consumer;
  beforeAll(async () => {
    shop = await Consumer.create(
      ['express@5', '@types/express@5', ...TYPESCRIPT],
      '--install-strategy=linked',
    );
  });
  afterAll(() => shop.remove());

  test('lacks the dependencies that only express-atipay has', async () => {
    expect((await shop.node('-e', 'require("joi")')).error).toContain('MODULE_NOT_FOUND');
  });

  paysFromJavaScript(() => shop);
  compilesAndPays(() => shop, 'shop.ts', { node16: MODES.node16, nodenext: MODES.nodenext });
});

describe('a shop on NestJS', () => {
  const NEST = [
    '@nestjs/common@11',
    '@nestjs/core@11',
    '@nestjs/platform-express@11',
    'reflect-metadata',
    'rxjs',
  ];
  let shop: Consumer;
  beforeAll(async () => (shop = await Consumer.create([...NEST, '@types/express@5', ...TYPESCRIPT])));
  afterAll(() => shop.remove());

  compilesAndPays(() => shop, 'nest.ts', {
    node16: {
      ...MODES.node16,
      options: {
        ...MODES.node16.options,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        skipLibCheck: true,
      },
    },
  });
});

describe('a shop on Bun', () => {
  let shop: Consumer;
  beforeAll(async () => (shop = await Consumer.create(['express@5', 'bun@1'])));
  afterAll(() => shop.remove());

  test.each(['shop.cjs', 'shop.mjs'])('takes a payment from %s', async (file) => {
    const { out, error } = await shop.exec(join('node_modules', '.bin', 'bun'), [shop.take(file)]);
    // The line at start, and no warning.
    expect(error).toMatch(/^\[express-atipay\] Account default: .*\n$/);
    expect(resultIn(out)).toMatchObject(DONE);
  });
});

describe('a shop whose tests run in jest with jsdom', () => {
  let shop: Consumer;
  beforeAll(
    async () => (shop = await Consumer.create(['express@5', 'jest@30', 'jest-environment-jsdom@30'])),
  );
  afterAll(() => shop.remove());

  test('loads the package, and the router says what to set', async () => {
    shop.write(
      'shop.test.js',
      `/** @jest-environment jsdom */
      const { atipayRouter, MemoryPaymentStore } = require('express-atipay');
      const config = { apiKey: 'k', publicUrl: 'https://shop.example', store: new MemoryPaymentStore({ quiet: true }), onSuccess() {} };
      test('says it', () => expect(() => atipayRouter(config)).toThrow(/@jest-environment node/));
      test('takes an adapter', () => {
        const { atipay } = atipayRouter({ ...config, recovery: false, http: { adapter: () => Promise.reject(new Error()) } });
        return expect(atipay.client.verifyPayment({ referenceNumber: 'R' })).resolves.toMatchObject({ kind: 'unanswered' });
      });`,
    );
    const { code, error } = await shop.exec(process.execPath, [
      join('node_modules', 'jest', 'bin', 'jest.js'),
    ]);
    expect({ code, error }).toEqual({ code: 0, error: expect.stringContaining('2 passed') as string });
  });
});
