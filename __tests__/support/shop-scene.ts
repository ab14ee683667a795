import { startSimulator, type BuyerResult, type Simulator } from 'express-atipay/simulator';
import { readForms } from '../../lib/simulator/forms';
import { audit, type Verdict } from '../harness/chaos/audit/audit';
import { readBooks } from '../harness/chaos/audit/books';
import { post } from '../harness/chaos/buyers/web';
import { shopScript, type ShopPlan } from '../harness/chaos/shop/plan';
import type { Bundle } from '../harness/chaos/world/bundle';
import { Child } from '../harness/chaos/world/child';
import { RunDatabase, type StoreName } from '../harness/chaos/world/database';
import { paceFor } from '../harness/chaos/world/settings';

const AMOUNT = 25_000;
/** Leases are two minutes. */
export const AFTER_THE_LEASE_MS = 3 * 60_000;

type Books = Awaited<ReturnType<typeof readBooks>>;

/** A shop's database and gateway, and the settings of its processes. */
export interface Stage {
  readonly script: string;
  readonly database: RunDatabase;
  readonly simulator: Simulator;
  readonly shop: Partial<ShopPlan>;
}

/** A stage with open orders. */
export async function openStage(
  store: StoreName,
  bundle: Bundle,
  shop: Partial<ShopPlan>,
  orderIds: readonly string[],
): Promise<Stage> {
  const database = await RunDatabase.create(store);
  await database.knex(database.plan.tables.orders).insert(orderIds.map((id) => ({ id, amount: AMOUNT })));
  return {
    script: bundle.script(shopScript(shop.client)),
    database,
    simulator: await startSimulator(),
    shop,
  };
}

/** Processes of one shop that a test starts, and ends or freezes. */
export class ShopScene {
  readonly #children: Child[] = [];
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  get database(): RunDatabase {
    return this.#stage.database;
  }

  /** Starts a process that acts only on request. */
  async start(own: Partial<ShopPlan>): Promise<{ child: Child; origin: string }> {
    const { script, shop } = this.#stage;
    const child = await Child.start(script, calmPlan(this.#stage, { ...shop, ...own }));
    this.#children.push(child);
    return { child, origin: `http://127.0.0.1:${await child.ask<number>('open')}` };
  }

  /** A buyer pays an order at the bank, and stands at its last page. */
  async paysAtBank(origin: string, orderId: string): Promise<BuyerResult> {
    const page = await post(`${origin}/payment/pay`, { orderId });
    // The token alone: the form may lead to the gateway's double inside the shop's process.
    const token = readForms(page.body)[0]?.fields['token'] ?? '';
    return this.#stage.simulator.pay(token, { deliver: false });
  }

  books(): Promise<Books> {
    return readBooks(this.database.knex, this.database.plan);
  }

  async audited(): Promise<Verdict> {
    const ledger = this.#stage.simulator.ledger.payments();
    return audit({ ledger, ...(await this.books()), forgeriesBelieved: [] });
  }

  async close(): Promise<void> {
    await Promise.all(this.#children.map((child) => child.kill()));
    await this.#stage.simulator.close();
    await this.database.drop();
  }
}

const calmPlan = (
  { database, simulator: { apiKey, url: gatewayUrl } }: Stage,
  own: Partial<ShopPlan>,
): ShopPlan => ({
  kind: 'ours',
  database: database.plan,
  clock: { startedAt: Date.now(), speed: 1 },
  offset: 0,
  seed: 1,
  pace: { ...paceFor(0), callTimeoutMs: 5_000 },
  apiKey,
  gatewayUrl,
  sweeping: false,
  stumbling: false,
  ...own,
});
