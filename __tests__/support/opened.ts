import type { AtipayConfig } from 'express-atipay';
import { Shop } from './shop';

const shops: { close(): Promise<void> }[] = [];

/** Opens a shop that is closed after the test. */
export async function openShop<Tx = never>(
  overrides: Partial<AtipayConfig<Tx>> = {},
  build?: Parameters<typeof Shop.open>[1],
  path?: string,
): Promise<Shop<Tx>> {
  return closing(await Shop.open<Tx>(overrides, build, path));
}

/** Has something closed after the test. */
export function closing<T extends { close(): Promise<void> }>(opened: T): T {
  shops.push(opened);
  return opened;
}

afterEach(async () => {
  await Promise.all(shops.splice(0).map((shop) => shop.close()));
});
