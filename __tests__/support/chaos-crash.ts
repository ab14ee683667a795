import { startSimulator, type BuyerResult, type Simulator } from 'express-atipay/simulator';
import { readForms } from '../../lib/simulator/forms';
import { audit, type Verdict } from '../harness/chaos/audit/audit';
import { readBooks, type PaymentRow } from '../harness/chaos/audit/books';
import { post } from '../harness/chaos/buyers/web';
import type { CrashPoint } from '../harness/chaos/shop/crashes';
import { shopScript, type ShopPlan } from '../harness/chaos/shop/plan';
import type { Bundle } from '../harness/chaos/world/bundle';
import { Child } from '../harness/chaos/world/child';
import { RunDatabase, type StoreName } from '../harness/chaos/world/database';
import { paceFor } from '../harness/chaos/world/settings';

export const ORDER = 'order-1';
const AMOUNT = 25_000;
const HOOK_OWED = { status: 'paid', hookDeliveredAt: undefined };
/** Leases are two minutes. */
export const AFTER_THE_LEASE_MS = 3 * 60_000;

/** One order, one buyer, and a shop that dies at a chosen point of the buyer's way back. */
export class CrashScene {
  private readonly children: Child[] = [];

  private constructor(
    private readonly script: string,
    readonly database: RunDatabase,
    private readonly simulator: Simulator,
    private readonly shop: Partial<ShopPlan>,
  ) {}

  /** @param shop - differences of this shop's processes. */
  static async open(store: StoreName, bundle: Bundle, shop: Partial<ShopPlan> = {}): Promise<CrashScene> {
    const database = await RunDatabase.create(store);
    await database.knex(database.plan.tables.orders).insert({ id: ORDER, amount: AMOUNT });
    return new CrashScene(bundle.script(shopScript(shop.client)), database, await startSimulator(), shop);
  }

  /** The buyer pays; the process kills itself on his way back. */
  async paysIntoCrash(crashAt: CrashPoint): Promise<{ signal: NodeJS.Signals | null; buyer: BuyerResult }> {
    const { child, origin } = await this.start({ crashAt });
    const page = await post(`${origin}/payment/pay`, { orderId: ORDER });
    // The token alone: the form leads to the gateway's double inside the shop's process.
    const token = readForms(page.body)[0]?.fields['token'] ?? '';
    const buyer = await this.simulator.pay(token, { deliver: false });
    await buyer.deliver().catch(() => undefined);
    await child.exited;
    return { signal: child.signal, buyer };
  }

  /** Another process of the shop, when the dead one's lease is over; the buyer may come again before it sweeps. */
  async recovers(buyerAgain?: BuyerResult): Promise<void> {
    const { child, origin } = await this.start({ offset: AFTER_THE_LEASE_MS });
    if (buyerAgain) await post(origin + new URL(buyerAgain.redirectUrl).pathname, fieldsOf(buyerAgain));
    await child.ask('recover');
  }

  async payment(): Promise<PaymentRow | undefined> {
    return (await readBooks(this.database.knex, this.database.plan)).payments[0];
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

  private async start(own: Partial<ShopPlan>): Promise<{ child: Child; origin: string }> {
    const plan = calmPlan(this.database, this.simulator, { ...this.shop, ...own });
    const child = await Child.start(this.script, plan);
    this.children.push(child);
    return { child, origin: `http://127.0.0.1:${await child.ask<number>('open')}` };
  }
}

/** Fields of the row that the dead process leaves behind. */
const LEFT: Record<CrashPoint, object> = {
  'before the claim': { status: 'pending' },
  'after the claim': { status: 'verifying' },
  'after the gateway took effect, before its answer': { status: 'verifying' },
  'after its answer, before paid is stored': { status: 'verifying' },
  'after paid is stored, before the hook': HOOK_OWED,
  'inside the transaction, before the applied mark': HOOK_OWED,
  "inside the transaction, before the shop's first write": HOOK_OWED,
  "inside the transaction, between the shop's writes": HOOK_OWED,
  'inside the transaction, before its commit': HOOK_OWED,
  'after the commit, before the hook returns': HOOK_OWED,
  'before delivered is stored': HOOK_OWED,
  'after delivered is stored, before the buyer is answered': { status: 'paid', dueAt: undefined },
};

/** One order is paid with one effect, at whichever of these points the process dies. */
export function diesAt(points: readonly CrashPoint[], open: () => Promise<CrashScene>): void {
  test.each(points)('%s', async (point) => {
    const scene = await open();
    try {
      const { signal, buyer } = await scene.paysIntoCrash(point);
      expect(signal).toBe('SIGKILL');
      expect(await scene.payment()).toMatchObject(LEFT[point]);
      // Before the claim nothing is known of the receipt: the buyer's browser has to bring it again.
      await scene.recovers(point === 'before the claim' ? buyer : undefined);
      expect(await scene.payment()).toMatchObject({ status: 'paid', dueAt: undefined });
      const { violations, facts } = await scene.audited();
      expect(Object.values(violations).flat()).toEqual([]);
      expect(facts).toMatchObject({ paidOrders: 1, verified: 1, review: 0 });
    } finally {
      await scene.close();
    }
  });
}

/** The plan of a shop's process that acts only on request. */
export const calmPlan = (
  { plan: database }: RunDatabase,
  { apiKey, url: gatewayUrl }: Simulator,
  own: Partial<ShopPlan>,
): ShopPlan => ({
  kind: 'ours',
  database,
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

const fieldsOf = ({ callback }: BuyerResult): Record<string, string> =>
  Object.fromEntries(
    Object.entries(callback).filter((field): field is [string, string] => field[1] !== undefined),
  );
