import { readFileSync } from 'node:fs';
import type { ShopPlan } from '../harness/chaos/shop/plan';
import type { Bundle } from '../harness/chaos/world/bundle';
import type { Child } from '../harness/chaos/world/child';
import type { StoreName } from '../harness/chaos/world/database';
import { AFTER_THE_LEASE_MS, openStage, ShopScene } from './shop-scene';
import { until } from './until';

const FROZEN = 4;
const OTHERS = 10;

/** Another process serves every buyer while one is frozen inside the transactions of its hooks. */
export function servesBesideFrozen(store: StoreName, bundle: Bundle, shop: Partial<ShopPlan> = {}): void {
  test('the other process sweeps and serves every buyer', async () => {
    const scene = await FrozenShop.open(store, bundle, shop);
    try {
      const frozen = await scene.freezes();
      const other = await scene.start({ offset: AFTER_THE_LEASE_MS });
      await other.child.ask('recover');
      await scene.pay(other.origin, FROZEN, OTHERS);
      expect(await scene.paidOrders()).toBe(OTHERS);

      await frozen.kill();
      await other.child.ask('recover');
      const { violations, facts } = await scene.audited();
      expect(Object.values(violations).flat()).toEqual([]);
      expect(facts).toMatchObject({ paidOrders: FROZEN + OTHERS, review: 0 });
    } finally {
      await scene.close();
    }
  });
}

class FrozenShop extends ShopScene {
  static async open(store: StoreName, bundle: Bundle, shop: Partial<ShopPlan>): Promise<FrozenShop> {
    const ids = Array.from({ length: FROZEN + OTHERS }, (_, index) => idOf(index));
    return new FrozenShop(await openStage(store, bundle, shop, ids));
  }

  /** A process that has stopped inside the transactions of some hooks. */
  async freezes(): Promise<Child> {
    const { child, origin } = await this.start({
      crashAt: 'inside the transaction, before its commit',
      frozenWith: FROZEN,
    });
    // Its buyers are not answered before it is killed.
    this.pay(origin, 0, FROZEN).catch(() => undefined);
    await until(() => /\) T /.test(readFileSync(`/proc/${child.pid}/stat`, 'utf8')));
    return child;
  }

  /** So many buyers pay at once. */
  async pay(origin: string, from: number, count: number): Promise<void> {
    const buyers = Array.from({ length: count }, async (_, index) => {
      const buyer = await this.paysAtBank(origin, idOf(from + index));
      await buyer.deliver();
    });
    await Promise.all(buyers);
  }

  async paidOrders(): Promise<number> {
    return (await this.books()).orders.filter(({ paid }) => paid === 1).length;
  }
}

const idOf = (index: number): string => `order-${index}`;
