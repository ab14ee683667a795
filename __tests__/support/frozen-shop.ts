import { readFileSync } from 'node:fs';
import { startSimulator, type Simulator } from 'express-atipay/simulator';
import { readForms } from '../../lib/simulator/forms';
import { audit, type Verdict } from '../harness/chaos/audit/audit';
import { readBooks } from '../harness/chaos/audit/books';
import { post } from '../harness/chaos/buyers/web';
import { shopScript, type ShopPlan } from '../harness/chaos/shop/plan';
import type { Bundle } from '../harness/chaos/world/bundle';
import { Child } from '../harness/chaos/world/child';
import { RunDatabase, type StoreName } from '../harness/chaos/world/database';
import { AFTER_THE_LEASE_MS, calmPlan } from './chaos-crash';
import { until } from './until';

const FROZEN = 4;
const OTHERS = 10;
const AMOUNT = 25_000;

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

class FrozenShop {
  private readonly children: Child[] = [];

  private constructor(
    private readonly script: string,
    private readonly database: RunDatabase,
    private readonly simulator: Simulator,
    private readonly shop: Partial<ShopPlan>,
  ) {}

  static async open(store: StoreName, bundle: Bundle, shop: Partial<ShopPlan>): Promise<FrozenShop> {
    const database = await RunDatabase.create(store);
    const ids = Array.from({ length: FROZEN + OTHERS }, (_, index) => idOf(index));
    await database.knex(database.plan.tables.orders).insert(ids.map((id) => ({ id, amount: AMOUNT })));
    return new FrozenShop(bundle.script(shopScript(shop.client)), database, await startSimulator(), shop);
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

  async start(own: Partial<ShopPlan>): Promise<{ child: Child; origin: string }> {
    const child = await Child.start(
      this.script,
      calmPlan(this.database, this.simulator, { ...this.shop, ...own }),
    );
    this.children.push(child);
    return { child, origin: `http://127.0.0.1:${await child.ask<number>('open')}` };
  }

  /** So many buyers pay at once. */
  async pay(origin: string, from: number, count: number): Promise<void> {
    const buyers = Array.from({ length: count }, async (_, index) => {
      const page = await post(`${origin}/payment/pay`, { orderId: idOf(from + index) });
      const token = readForms(page.body)[0]?.fields['token'] ?? '';
      const buyer = await this.simulator.pay(token, { deliver: false });
      await buyer.deliver();
    });
    await Promise.all(buyers);
  }

  async paidOrders(): Promise<number> {
    const { orders } = await readBooks(this.database.knex, this.database.plan);
    return orders.filter(({ paid }) => paid === 1).length;
  }

  async audited(): Promise<Verdict> {
    const books = await readBooks(this.database.knex, this.database.plan);
    return audit({ ledger: this.simulator.ledger.payments(), ...books, forgeriesBelieved: [] });
  }

  async close(): Promise<void> {
    await Promise.all(this.children.map((child) => child.kill()));
    await this.simulator.close();
    await this.database.drop();
  }
}

const idOf = (index: number): string => `order-${index}`;
