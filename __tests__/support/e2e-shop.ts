import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import express, { type Request, type RequestHandler } from 'express';
import { atipayRouter, MemoryPaymentStore, type Atipay, type AtipayConfig } from 'express-atipay';
import { Orders } from './e2e-orders';
import { orderPage, programPage, PROGRAM } from './e2e-shop-pages';
import { trustingAdapter, trustingAgent, type Certificate } from './tls';

/** How a shop differs from the plainest one. */
export interface ShopOptions {
  /** Middleware in front of everything, the payment routes included: sessions, security headers. */
  before?: RequestHandler[];
  config?: Partial<AtipayConfig>;
}

/** A shop's gateway, and its pages for buyers. */
export interface Surroundings {
  certificate: Certificate;
  gatewayUrl: string;
  apiKey: string;
}

/** A running shop. */
export interface Shop {
  origin: string;
  orders: Orders;
  store: MemoryPaymentStore;
  atipay: Atipay;
  orderUrl(id: string): string;
  /** Moves the shop's clock forward, so that its sweep finds work. */
  advance(ms: number): void;
  close(): Promise<void>;
}

const HOST = 'shop.test';

/** Opens a shop at `https://shop.test:<port>`, with the router mounted at `/payment`. */
export async function openShop(surroundings: Surroundings, options: ShopOptions = {}): Promise<Shop> {
  const app = express();
  const server = createServer(surroundings.certificate, app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `https://${HOST}:${(server.address() as AddressInfo).port}`;
  const agent = trustingAgent(surroundings.certificate);
  const orders = new Orders();
  const store = new MemoryPaymentStore({ quiet: true });
  const clock = { ahead: 0 };
  const payments = atipayRouter({
    ...shopConfig(orders),
    apiKey: surroundings.apiKey,
    gatewayUrl: surroundings.gatewayUrl,
    publicUrl: `${origin}/payment`,
    store,
    http: { adapter: trustingAdapter(agent), proxy: false },
    now: () => Date.now() + clock.ahead,
    ...options.config,
  });
  for (const handler of options.before ?? []) app.use(handler);
  app.use('/payment', payments);
  addShopPages(app, orders);
  return {
    origin,
    orders,
    store,
    atipay: payments.atipay,
    orderUrl: (id) => `${origin}/orders/${id}`,
    advance: (ms) => {
      clock.ahead += ms;
    },
    close: async () => {
      await payments.atipay.close();
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type ShopsOwn = 'getOrder' | 'onSuccess' | 'onFailure' | 'recovery' | 'logger';

const shopConfig = (orders: Orders): Pick<AtipayConfig, ShopsOwn> => ({
  getOrder: (req) => {
    const { orderId } = Object(req.body) as { orderId?: unknown };
    const order = orders.find(String(orderId));
    return order && { orderId: order.id, amount: order.amount, cellNumber: '09121234567' };
  },
  onSuccess: (payment) => orders.serve(payment.orderId),
  onFailure: (payment) => orders.get(payment.orderId).failures.push(payment.failure.reason),
  recovery: false,
  logger: { warn: () => undefined, error: () => undefined },
});

/** The buyer's session, as express-session and cookie-session both show it. */
export const sessionOf = (req: Request): { user?: string; visits?: number } | undefined =>
  (req as { session?: { user?: string; visits?: number } }).session;

function addShopPages(app: express.Express, orders: Orders): void {
  app.get('/login', (req, res) => {
    const session = sessionOf(req);
    if (session) session.user = 'Sara';
    res.send('<!doctype html><title>Shop</title><h1>Welcome</h1>');
  });
  app.get('/', (req, res) => res.send(orderPage(undefined, sessionOf(req)?.user)));
  app.get('/orders/:id', (req, res) => res.send(orderPage(orders.find(req.params.id), sessionOf(req)?.user)));
  app.get('/program/:id', (req, res) => res.send(programPage(req.params.id)));
  app.get('/program.js', (_req, res) => res.type('js').send(PROGRAM));
  app.get('/favicon.ico', (_req, res) => res.status(204).end());
}
