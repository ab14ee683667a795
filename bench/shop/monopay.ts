import { Router } from 'express';
import { getPaymentDriver } from 'monopay';
import { AMOUNT, type BuyerRequest, type ShopPlan } from './plan';
import { newIds, type Side } from './side';

/**
 * monopay as its own Express example has it: a driver made for each request, a redirecting script, a callback that is
 * verified and answered with JSON. It has no driver for AtiPay; Zibal's speaks the same two JSON calls, and its
 * addresses can be set, so that it reaches the same double.
 */
export function monopaySide({ gatewayUrl }: ShopPlan): Side {
  const router = Router();
  const payments = new Map<string, { amount: number }>();
  let served = 0;
  let trackId = Date.now();
  const driver = (): ReturnType<ReturnType<typeof getPaymentDriver<'zibal'>>> =>
    getPaymentDriver('zibal')({
      merchantId: 'bench',
      links: {
        request: `${gatewayUrl}/request`,
        verify: `${gatewayUrl}/verify`,
        payment: `${gatewayUrl}/start/`,
      },
    });

  router.get('/purchase', async (_req, res) => {
    const info = await driver().request({
      amount: AMOUNT,
      callbackUrl: 'http://127.0.0.1:9/payment/callback',
    });
    payments.set(String(info.referenceId), { amount: AMOUNT });
    res.send(`<html><body><script>${info.getScript()}</script></body></html>`);
  });
  router.get('/callback', async (req, res) => {
    const amount = payments.get(req.query['trackId'] as string)?.amount ?? 0;
    const receipt = await driver().verify({ amount }, req.query);
    served += 1;
    res.send({ success: true, transactionId: receipt.transactionId });
  });

  const callback = (): BuyerRequest => {
    trackId += 1;
    payments.set(String(trackId), { amount: AMOUNT });
    return { method: 'GET', path: `/payment/callback?success=1&status=2&trackId=${trackId}&orderId=1` };
  };
  return {
    handler: router,
    prepare: (route, count) =>
      Promise.resolve(
        newIds(count).map(() =>
          route === 'pay' ? { method: 'GET', path: '/payment/purchase' } : callback(),
        ),
      ),
    served: () => served,
    end: () => Promise.resolve(),
  };
}
