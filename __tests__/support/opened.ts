import type { AtipayConfig } from 'express-atipay';
import { withoutPauses } from './pauses';
import { Shop } from './shop';

const shops: { close(): Promise<void> }[] = [];

/** Opens a shop that is closed after the test, and that answers a returning buyer without pauses between its calls. */
export async function openShop<Tx = never>(
  overrides: Partial<AtipayConfig<Tx>> = {},
  build?: Parameters<typeof Shop.open>[1],
  path?: string,
): Promise<Shop<Tx>> {
  const shop = closing(await Shop.open<Tx>(overrides, build, path));
  const comesBack = shop.comesBack.bind(shop);
  shop.comesBack = (record, fields) => withoutPauses(() => comesBack(record, fields));
  return shop;
}

/** Has something closed after the test. */
export function closing<T extends { close(): Promise<void> }>(opened: T): T {
  shops.push(opened);
  return opened;
}

afterEach(async () => {
  await Promise.all(shops.splice(0).map((shop) => shop.close()));
});
