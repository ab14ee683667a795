import { Router } from 'express';
import { askByUndici } from './ask';
import { API_KEY, form, type ShopPlan } from './plan';
import { newIds, type Side } from './side';

/** Express and a call of the gateway, and nothing else: the least that a payment handler needs. */
export function expressSide({ gatewayUrl }: ShopPlan): Side {
  const router = Router();
  let served = 0;
  router.post('/pay', async (_req, res) => {
    await askByUndici(`${gatewayUrl}/get-token`, { apiKey: API_KEY });
    res.end();
  });
  router.post('/callback', async (_req, res) => {
    await askByUndici(`${gatewayUrl}/verify-payment`, { apiKey: API_KEY });
    served += 1;
    res.end();
  });
  return {
    handler: router,
    prepare: (route, count) =>
      Promise.resolve(newIds(count).map((orderId) => form(`/${route}`, { orderId }))),
    served: () => served,
    end: () => Promise.resolve(),
  };
}
