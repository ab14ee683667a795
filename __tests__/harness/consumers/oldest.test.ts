import { Consumer } from './consumer';
import { compilesAndPays, MODES, paysFromJavaScript, withOptions } from './shops';

const PACKAGES = ['express@4.18.0', '@types/express@4.17.21', '@types/node@20', 'typescript@5.4'];

let shop: Consumer;

beforeAll(async () => (shop = await Consumer.create(PACKAGES)));
afterAll(() => shop.remove());

describe('a shop on the oldest Express, types and TypeScript that are supported', () => {
  test('has Express and its types once: those it chose', async () => {
    const { out } = await shop.exec('npm', [
      'ls',
      'express',
      '@types/express',
      '--parseable',
      '--long',
      '--all',
    ]);
    const versions = [...out.matchAll(/:((?:@types\/)?express@[\d.]+)/g)].map(([, version]) => version);
    expect([...new Set(versions)].sort()).toEqual(['@types/express@4.17.21', 'express@4.18.0']);
  });

  paysFromJavaScript(() => shop);
  compilesAndPays(() => shop, 'shop.ts', MODES);
});

describe('the same shop with the oldest Knex', () => {
  beforeAll(async () => {
    await shop.install(['knex@3.0.1']);
    shop.borrow('better-sqlite3');
  });

  paysFromJavaScript(() => shop);

  // The types of Knex 3.0 have errors.
  compilesAndPays(() => shop, 'shop-knex.ts', withOptions(MODES, { skipLibCheck: true }));
});
