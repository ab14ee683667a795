import type { Ask } from './ask';
import { byHandRouter, newRow } from './by-hand';
import { handStore, type Driver } from './hand-stores';
import { form, okCallback, type ShopPlan } from './plan';
import { newIds, type Side } from './side';

/** The hand-written shop, with the methods that a measurement needs. */
export function handSide(plan: ShopPlan, ask: Ask, driver: Driver): Side {
  const store = handStore(driver);
  let served = 0;
  return {
    handler: byHandRouter({ store, ask, gatewayUrl: plan.gatewayUrl, serve: () => void (served += 1) }),
    prepare: async (route, count) => {
      const ids = newIds(count);
      if (route === 'pay') return ids.map((orderId) => form('/pay', { orderId }));
      const rows = ids.map((id) => newRow(id, 'pending', Date.now() + 3_600_000));
      await store.insertAll(rows);
      return rows.map(({ invoiceNumber, returnKey }) =>
        okCallback(`/callback/${invoiceNumber}/${returnKey}`, invoiceNumber),
      );
    },
    served: () => served,
    end: () => store.drop(),
  };
}
