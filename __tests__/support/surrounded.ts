import type { Express } from 'express';
import type { AtipayConfig, AtipayRouter, PaymentRecord } from 'express-atipay';
import { startSimulator, type BuyerResult, type Simulator } from 'express-atipay/simulator';
import { texts } from '../../lib/texts';
import { closing, openShop } from './opened';
import { HOUR, type Shop } from './shop';

export const HTML = { Accept: 'text/html,application/xhtml+xml' };
export const JSON_PLEASE = { Accept: 'application/json' };
const AMOUNT = 25_000;

/** A shop with something around the router, and the simulator as its gateway. */
export interface Surrounded {
  shop: Shop;
  simulator: Simulator;
}

/** The shop's code around the router. It mounts the router too. */
export type Surroundings = (app: Express, router: AtipayRouter) => void;

/** How a shop differs from the plainest one; `path` is where its buyers find the router. */
export interface SurroundedOptions {
  config?: Partial<AtipayConfig>;
  path?: string;
}

/** Opens a shop whose `/pay` takes any `orderId` of a form or of JSON, and that is closed after the test. */
export async function openSurrounded(
  build: Surroundings,
  { config, path }: SurroundedOptions = {},
): Promise<Surrounded> {
  const simulator = closing(await startSimulator());
  const { apiKey, terminalId, url: gatewayUrl } = simulator;
  const getOrder: AtipayConfig['getOrder'] = (req) => orderOf((req.body as { orderId?: unknown }).orderId);
  const shop = await openShop({ apiKey, terminalId, gatewayUrl, getOrder, ...config }, build, path);
  return { shop, simulator };
}

/** The order of an id, as `getOrder` answers it; none without an id. */
export const orderOf = (
  orderId: unknown,
): { orderId: string; amount: number; cellNumber: string } | undefined =>
  typeof orderId === 'string' && orderId !== ''
    ? { orderId, amount: AMOUNT, cellNumber: '09123456789' }
    : undefined;

let orders = 0;

/** The id of a new unpaid order. */
export const newOrderId = (): string => `surrounded-${(orders += 1)}`;

/** Fields and headers that the buyer's browser adds to the form of `/pay`. */
export interface PayRequest {
  orderId?: string;
  headers?: Record<string, string>;
  fields?: Record<string, string>;
}

/** POSTs the shop's form to `/pay`. */
export function postPay({ shop }: Surrounded, request: PayRequest = {}): Promise<Response> {
  const { orderId = newOrderId(), headers, fields } = request;
  return shop.post(`${shop.path}/pay`, new URLSearchParams({ orderId, ...fields }), { ...HTML, ...headers });
}

/** The payment of an order, which must have exactly one. */
export async function paymentOf({ shop }: Surrounded, orderId: string): Promise<PaymentRecord> {
  const [record, ...others] = await shop.store.findByOrder('default', orderId);
  if (!record || others.length > 0) throw new Error(`order ${orderId} has not exactly one payment`);
  return record;
}

/** The address of one of a payment's rooms, as buyers see it. */
export const addressOf = (
  { shop }: Surrounded,
  room: 'pay' | 'callback' | 'result',
  { invoiceNumber, returnKey }: PaymentRecord,
): string => `${shop.origin}${shop.path}/${room}/${invoiceNumber}/${returnKey}`;

/** A payment under way: the buyer has posted the shop's form and sees the page that leads to the gateway. */
export async function begun(scene: Surrounded, request: PayRequest = {}): Promise<PaymentRecord> {
  const orderId = request.orderId ?? newOrderId();
  const page = await postPay(scene, { ...request, orderId });
  expect(page.status).toBe(200);
  expectOwnPage(page);
  // Chromium holds every redirect behind a form to it, and the gateway redirects to banks (protocol §2).
  expect(page.headers.get('Content-Security-Policy')).not.toContain('form-action');
  return paymentOf(scene, orderId);
}

/** Pages carry their policy in place of the app's, and are not cached. */
function expectOwnPage({ headers }: Response): void {
  expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  expect(headers.get('Cache-Control')).toBe('no-store');
}

/** A payment from the shop's form to the receipt, and its traces afterwards. */
export interface WholePayment {
  record: PaymentRecord;
  visit: BuyerResult;
  /** The answer of the result's address, its text read. */
  result: Response;
  text: string;
}

/** A line that a whole payment must not cause. In production the router names what only a trial has: a gateway on this machine. */
const isTrouble = ({ level, message }: Shop['logs'][number]): boolean =>
  level !== 'info' && !/ in production: /.test(message);

/**
 * Takes a payment from the shop's form to the receipt, its callback delivered twice, and expects all of it to be right:
 * the buyer's pages, the gateway's books, the shop's books and the hook.
 */
export async function takeWholePayment(scene: Surrounded, request: PayRequest = {}): Promise<WholePayment> {
  const begin = await begun(scene, request);
  const visit = await scene.simulator.pay(addressOf(scene, 'pay', begin), { times: 2 });
  const result = await expectReturned(visit);
  const record = await expectServed(scene, begin.invoiceNumber);
  expect(scene.shop.logs.filter(isTrouble)).toEqual([]);
  return { record, visit, result, text: await result.text() };
}

async function expectReturned(visit: BuyerResult): Promise<Response> {
  for (const { status, location, headers } of visit.responses) {
    expect([status, location]).toEqual([303, visit.redirectUrl.replace('/callback/', '/result/')]);
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(headers).not.toHaveProperty('set-cookie');
  }
  const result = await fetch(visit.response.location ?? '', { headers: HTML, redirect: 'manual' });
  expect(result.status).toBe(200);
  expectOwnPage(result);
  expect(result.headers.getSetCookie()).toEqual([]);
  expect(await result.clone().text()).toContain(texts('en').outcome.paid.title);
  return result;
}

/** The money is the shop's, the order is served once, and nothing is left to do. */
export async function expectServed(
  { shop, simulator }: Surrounded,
  invoiceNumber: string,
): Promise<PaymentRecord> {
  const record = await shop.record(invoiceNumber);
  expect(record).toMatchObject({ status: 'paid', dueAt: null, verifyAttempts: 1 });
  expect(simulator.ledger.find(invoiceNumber)).toMatchObject({ status: 'verified', amount: AMOUNT });
  const served = shop.hooks.filter(({ payment }) => payment.invoiceNumber === invoiceNumber);
  expect(served.map(({ hook }) => hook)).toEqual(['onSuccess']);
  return record;
}

/** Nothing is lost when the callback never reached the router: no verify, no sale, and the gateway returns the money. */
export async function expectReturnedByGateway(
  { shop, simulator }: Surrounded,
  { invoiceNumber }: PaymentRecord,
): Promise<void> {
  expect((await shop.record(invoiceNumber)).status).toBe('pending');
  simulator.advance(HOUR);
  await shop.sweepAfter(HOUR);
  expect(await shop.record(invoiceNumber)).toMatchObject({ status: 'failed', failureReason: 'Abandoned' });
  expect(simulator.ledger.find(invoiceNumber)).toMatchObject({ status: 'returned' });
  expect(shop.hooks.map(({ hook }) => hook)).toEqual(['onFailure']);
}
