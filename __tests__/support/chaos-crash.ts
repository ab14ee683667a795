import type { BuyerResult } from 'express-atipay/simulator';
import type { PaymentRow } from '../harness/chaos/audit/books';
import { post } from '../harness/chaos/buyers/web';
import type { CrashPoint } from '../harness/chaos/shop/crashes';
import type { ShopPlan } from '../harness/chaos/shop/plan';
import type { Bundle } from '../harness/chaos/world/bundle';
import type { StoreName } from '../harness/chaos/world/database';
import { AFTER_THE_LEASE_MS, openStage, ShopScene } from './shop-scene';

export const ORDER = 'order-1';
const HOOK_OWED = { status: 'paid', hookDeliveredAt: undefined };

/** One order, one buyer, and a shop that dies at a chosen point of the buyer's way back. */
export class CrashScene extends ShopScene {
  /** @param shop - differences of this shop's processes. */
  static async open(store: StoreName, bundle: Bundle, shop: Partial<ShopPlan> = {}): Promise<CrashScene> {
    return new CrashScene(await openStage(store, bundle, shop, [ORDER]));
  }

  /** The buyer pays; the process kills itself on his way back. */
  async paysIntoCrash(crashAt: CrashPoint): Promise<{ signal: NodeJS.Signals | null; buyer: BuyerResult }> {
    const { child, origin } = await this.start({ crashAt });
    const buyer = await this.paysAtBank(origin, ORDER);
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
    return (await this.books()).payments[0];
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

const fieldsOf = ({ callback }: BuyerResult): Record<string, string> =>
  Object.fromEntries(
    Object.entries(callback).filter((field): field is [string, string] => field[1] !== undefined),
  );
