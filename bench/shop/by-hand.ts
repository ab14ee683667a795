import { randomBytes } from 'node:crypto';
import bodyParser from 'body-parser';
import { Router, type Request, type Response } from 'express';
import type { Ask } from './ask';
import { AMOUNT, API_KEY, MOBILE } from './plan';

/** A payment table with only the columns that the promises need. */
export interface HandRow {
  invoiceNumber: string;
  orderId: string;
  amount: number;
  status: string;
  returnKey: string;
  dueAt: number;
}

/** One statement each. The three that decide are compare-and-sets, and `claim` takes both unique keys. */
export interface HandStore {
  /** Whether a payment holds the order. */
  taken(orderId: string): Promise<boolean>;
  insert(row: HandRow): Promise<void>;
  /** Rows that a measurement begins with. */
  insertAll(rows: HandRow[]): Promise<void>;
  pend(invoiceNumber: string, token: string, dueAt: number): Promise<boolean>;
  find(invoiceNumber: string): Promise<HandRow | undefined>;
  claim(row: HandRow, receipt: Record<string, string>, dueAt: number): Promise<boolean>;
  paid(invoiceNumber: string, dueAt: number): Promise<boolean>;
  handled(invoiceNumber: string, now: number): Promise<boolean>;
  drop(): Promise<void>;
}

interface Hand {
  store: HandStore;
  /** How the gateway is called. */
  ask: Ask;
  gatewayUrl: string;
  /** Serves an order. */
  serve: (orderId: string) => void;
}

const LEASE_MS = 120_000;
const HOUR = 3_600_000;

let drawn = 0;

/** A new payment of an order. Counted, not drawn at random: thousands are made in a millisecond here. */
export const newRow = (orderId: string, status: string, dueAt: number): HandRow => ({
  invoiceNumber: `${Date.now()}${String((drawn += 1)).padStart(7, '0')}`,
  orderId,
  amount: AMOUNT,
  status,
  returnKey: randomBytes(16).toString('base64url'),
  dueAt,
});

/**
 * The least code that makes the same durable writes as the package: two for `/pay`, three for `/callback`. It writes no
 * history, has no sweep and handles nothing that goes wrong: it is the limit, not an example.
 */
export function byHandRouter(hand: Hand): Router {
  const router = Router();
  const form = bodyParser.urlencoded({ extended: false });
  router.post('/pay', form, (req, res) => pay(hand, req, res));
  router.post('/callback/:invoiceNumber/:returnKey', form, (req, res) => callback(hand, req, res));
  return router;
}

async function pay({ store, ask, gatewayUrl }: Hand, req: Request, res: Response): Promise<void> {
  const { orderId } = req.body as { orderId: string };
  if (await store.taken(orderId)) {
    res.redirect(303, '/orders');
    return;
  }
  const row = newRow(orderId, 'created', Date.now() + LEASE_MS);
  const { invoiceNumber, returnKey, amount } = row;
  await store.insert(row);
  const { token } = await ask<{ token: string }>(`${gatewayUrl}/get-token`, {
    apiKey: API_KEY,
    amount,
    invoiceNumber,
    cellNumber: MOBILE,
    redirectUrl: `http://127.0.0.1:9/payment/callback/${invoiceNumber}/${returnKey}`,
  });
  await store.pend(invoiceNumber, token, Date.now() + HOUR);
  res.send(
    `<form method="post" action="${gatewayUrl}/redirect-to-gateway"><input name="token" value="${token}"></form>`,
  );
}

async function callback({ store, ask, gatewayUrl, serve }: Hand, req: Request, res: Response): Promise<void> {
  const { invoiceNumber, returnKey } = req.params as Record<string, string>;
  const body = req.body as Record<string, string>;
  const row = await store.find(invoiceNumber ?? '');
  if (
    !row ||
    row.returnKey !== returnKey ||
    body['reservationNumber'] !== invoiceNumber ||
    body['state'] !== 'OK'
  ) {
    res.status(404).send('No such payment');
    return;
  }
  if (await store.claim(row, body, Date.now() + LEASE_MS)) {
    const { referenceNumber, terminalId } = body;
    const { amount } = await ask<{ amount: number }>(`${gatewayUrl}/verify-payment`, {
      apiKey: API_KEY,
      referenceNumber,
      terminalId,
    });
    if (amount === row.amount && (await store.paid(row.invoiceNumber, Date.now() + LEASE_MS))) {
      serve(row.orderId);
      await store.handled(row.invoiceNumber, Date.now());
    }
  }
  res.redirect(303, `http://127.0.0.1:9/payment/result/${row.invoiceNumber}/${row.returnKey}`);
}
