import { Consumer } from './consumer';
import { compilesAndPays, MODES, paysFromJavaScript } from './shops';

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

  test('does not have what only express-atipay asks for', async () => {
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
