import axios from 'axios';
import bodyParser from 'body-parser';
import { Router, type Request, type Response } from 'express';

/** A textbook shop's order. */
export interface TextbookOrder {
  id: string;
  /** Rials. */
  amount: number;
  paid: boolean;
}

/** The textbook handler's dependencies: the gateway, and the shop's table. */
export interface TextbookOptions {
  apiKey: string;
  gatewayUrl: string;
  publicUrl: string;
  /** Milliseconds. */
  timeout: number;
  findOrder(id: string): Promise<TextbookOrder | undefined>;
  markPaid(order: TextbookOrder, invoiceNumber: string, referenceNumber: string): Promise<void>;
  markFailed(order: TextbookOrder, invoiceNumber: string, reason: string): Promise<void>;
}

interface CallbackBody {
  state?: string;
  reservationNumber?: string;
  referenceNumber?: string;
  terminalId?: string;
}

/**
 * A payment handler as examples and tutorials write it: ask for a token, and when the buyer is back verify, compare the
 * amount, update the order. It reads well and takes money on a good day. It keeps no payments, claims nothing before it
 * verifies, takes silence for a failure, and forgets its work when its process dies. This package is measured against
 * it.
 */
export function textbookRouter(options: TextbookOptions): Router {
  const router = Router();
  const form = bodyParser.urlencoded({ extended: false });
  router.post('/pay', form, (req, res) => pay(options, req, res));
  router.post('/callback', form, (req, res) => callback(options, req, res));
  return router;
}

async function pay(options: TextbookOptions, req: Request, res: Response): Promise<void> {
  const { orderId } = req.body as { orderId: string };
  const order = await options.findOrder(orderId);
  if (!order) {
    res.status(404).send('No such order');
    return;
  }
  if (order.paid) {
    res.redirect(303, '/orders');
    return;
  }
  try {
    const { data } = await axios.post<{ token: string }>(
      `${options.gatewayUrl}/get-token`,
      {
        apiKey: options.apiKey,
        amount: order.amount,
        invoiceNumber: `${order.id}.${Date.now()}${Math.floor(Math.random() * 1_000)}`,
        cellNumber: '09120000000',
        description: order.id,
        redirectUrl: `${options.publicUrl}/callback`,
      },
      { timeout: options.timeout },
    );
    res.send(
      `<form method="post" action="${options.gatewayUrl}/redirect-to-gateway"><input type="hidden" name="token" value="${data.token}"></form><script>document.forms[0].submit()</script>`,
    );
  } catch {
    res.status(502).send('The gateway is not available');
  }
}

async function callback(options: TextbookOptions, req: Request, res: Response): Promise<void> {
  const { state, reservationNumber = '', referenceNumber = '', terminalId } = req.body as CallbackBody;
  const order = await options.findOrder(reservationNumber.split('.')[0] ?? '');
  if (!order) {
    res.status(404).send('No such order');
    return;
  }
  if (order.paid) {
    res.redirect(303, '/orders');
    return;
  }
  if (state !== 'OK') {
    await options.markFailed(order, reservationNumber, state ?? '');
    res.redirect(303, '/orders?failed');
    return;
  }
  try {
    const { data } = await axios.post<{ amount: number }>(
      `${options.gatewayUrl}/verify-payment`,
      { apiKey: options.apiKey, referenceNumber, terminalId },
      { timeout: options.timeout },
    );
    if (data.amount !== order.amount) throw new Error('The amount is not right');
    await options.markPaid(order, reservationNumber, referenceNumber);
    res.redirect(303, '/orders?paid');
  } catch {
    await options.markFailed(order, reservationNumber, 'VerificationFailed');
    res.redirect(303, '/orders?failed');
  }
}
