import { randomUUID } from 'node:crypto';
import express, { Router } from 'express';
import { getPaymentDriver } from 'monopay';
import { AMOUNT, form, type BuyerRequest, type ShopPlan } from './plan';
import { newIds, type Side } from './side';

/**
 * monopay as its Express example has it: a form's fields read and merged with the query's, a driver made for each
 * request, a redirecting script, a callback that is verified and answered with JSON. It has no driver for AtiPay;
 * IDPay's is the nearest whose addresses can be set: two JSON calls, and a callback that is a POST of a form.
 */
export function monopaySide({ gatewayUrl }: ShopPlan): Side {
  const router = Router();
  const payments = new Map<string, { amount: number }>();
  let served = 0;
  const driver = () =>
    getPaymentDriver('idpay')({
      apiKey: 'bench',
      links: { request: `${gatewayUrl}/request`, verify: `${gatewayUrl}/verify` },
    });

  router.use(express.urlencoded({ extended: true }));
  router.get('/purchase', async (_req, res) => {
    const info = await driver().request({
      amount: AMOUNT,
      callbackUrl: 'http://127.0.0.1:9/payment/callback',
    });
    payments.set(String(info.referenceId), { amount: AMOUNT });
    res.send(`<html><body><h1>To the gateway</h1><script>${info.getScript()}</script></body></html>`);
  });
  router.all('/callback', async (req, res) => {
    const sent = { ...req.query, ...(req.body as object) } as Record<string, string>;
    const amount = payments.get(sent['id'] ?? '')?.amount ?? 0;
    const receipt = await driver().verify({ amount }, sent);
    served += 1;
    res.json({ success: true, transactionId: receipt.transactionId });
  });

  return {
    handler: router,
    prepare: (route, count) =>
      Promise.resolve(
        newIds(count).map((orderId) => {
          if (route === 'pay') return { method: 'GET', path: '/payment/purchase' };
          const id = randomUUID();
          payments.set(id, { amount: AMOUNT });
          return returned(id, orderId);
        }),
      ),
    served: () => served,
    end: () => Promise.resolve(),
  };
}

/** The form that IDPay has the browser send. */
const returned = (id: string, orderId: string): BuyerRequest =>
  form('/callback', {
    status: '200',
    track_id: '10012',
    id,
    order_id: orderId,
    amount: String(AMOUNT),
    card_no: '603799******1234',
    hashed_card_no: 'E59FA6241C94B8836E3D03120DF33E80FD988888BBA0A122240C2E7D23B48295',
    date: '1546288200',
  });
