import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import {
  atipayRouter,
  MemoryPaymentStore,
  type AtipayConfig,
  type AtipayEvents,
  type AtipayRouter,
  type OrderInput,
  type Payment,
  type PaymentRecord,
  type PaymentStore,
} from 'express-atipay';
import { ScriptedGateway } from './scripted-gateway';

export const API_KEY = 'canary-api-key-5f1c';
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** Longer than a call on this machine takes, however busy it is. */
export const CALL_TIMEOUT_MS = 9_000;

type EventName = keyof AtipayEvents;

export interface HookCallSeen {
  hook: 'onSuccess' | 'onFailure' | 'onReview';
  payment: Payment;
}

/** A shop with the router mounted at /payment, a gateway under the test's control, and a clock that stands still. */
export class Shop<Tx = never> {
  readonly events: { name: EventName; detail: Record<string, unknown> }[] = [];
  readonly hooks: HookCallSeen[] = [];
  readonly logs: { level: string; fields: Record<string, unknown>; message: string }[] = [];
  now = Date.UTC(2026, 0, 1, 8);
  readonly router: AtipayRouter;
  readonly store: PaymentStore<Tx>;

  static async open<Tx = never>(
    overrides: Partial<AtipayConfig<Tx>> = {},
    build: (app: Express, router: AtipayRouter) => void = (app, router) => app.use('/payment', router),
    path = '/payment',
  ): Promise<Shop<Tx>> {
    const app = express();
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const gateway = await ScriptedGateway.open();
    try {
      const shop = new Shop<Tx>(gateway, server, overrides, path);
      build(app, shop.router);
      return shop;
    } catch (error) {
      await Promise.all([gateway.close(), new Promise((resolve) => server.close(resolve))]);
      throw error;
    }
  }

  private constructor(
    readonly gateway: ScriptedGateway,
    readonly server: Server,
    overrides: Partial<AtipayConfig<Tx>>,
    /** Where buyers find the router: the path of its public URL. */
    readonly path: string,
  ) {
    this.store = overrides.store ?? new MemoryPaymentStore({ quiet: true });
    this.router = atipayRouter<Tx>(this.#config(overrides));
    this.#listen();
  }

  #config(overrides: Partial<AtipayConfig<Tx>>): AtipayConfig<Tx> {
    return {
      apiKey: API_KEY,
      publicUrl: this.origin + this.path,
      gatewayUrl: this.gateway.url,
      http: { timeout: CALL_TIMEOUT_MS },
      recovery: false,
      locale: 'en',
      getOrder: (req) => (req.body as { order?: OrderInput }).order ?? anOrder(),
      onSuccess: (payment) => void this.hooks.push({ hook: 'onSuccess', payment }),
      onFailure: (payment) => void this.hooks.push({ hook: 'onFailure', payment }),
      onReview: (payment) => void this.hooks.push({ hook: 'onReview', payment }),
      logger: this.#logger(),
      now: () => this.now,
      ...overrides,
      store: this.store,
    };
  }

  #logger(): NonNullable<AtipayConfig['logger']> {
    const to = (level: string) => (fields: object, message: string) =>
      void this.logs.push({ level, fields: fields as Record<string, unknown>, message });
    return { debug: to('debug'), info: to('info'), warn: to('warn'), error: to('error') };
  }

  #listen(): void {
    const names: EventName[] = [
      'transition',
      'replay',
      'forged',
      'repeated',
      'late',
      'gatewayError',
      'hookError',
      'review',
    ];
    for (const name of names) {
      this.atipay.events.on(name, (detail: object) => {
        this.events.push({ name, detail: detail as Record<string, unknown> });
      });
    }
  }

  /** The lines of the log that are warnings or errors. */
  get trouble(): typeof this.logs {
    return this.logs.filter(({ level }) => level === 'warn' || level === 'error');
  }

  get atipay(): AtipayRouter['atipay'] {
    return this.router.atipay;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The details of all events of a name. */
  told(name: EventName): Record<string, unknown>[] {
    return this.events.filter((event) => event.name === name).map((event) => event.detail);
  }

  /** Starts a payment and returns its stored record. */
  async started(order: Parameters<AtipayRouter['atipay']['start']>[0] = anOrder()): Promise<PaymentRecord> {
    const { payment } = await this.atipay.start(order);
    return this.record(payment.invoiceNumber);
  }

  /** A payment whose buyer has come back and whose first ask the gateway has not answered. */
  async unanswered(order = anOrder()): Promise<{ record: PaymentRecord; receipt: string }> {
    const record = await this.started(order);
    const receipt = this.gateway.receipt(record.invoiceNumber);
    this.gateway.replies['verify-payment'].push('reset', 'reset', 'reset');
    await this.comesBack(record, { referenceNumber: receipt });
    return { record: await this.record(record.invoiceNumber), receipt };
  }

  /** A payment in review because no answer came in its window. */
  async timedOut(): Promise<PaymentRecord> {
    const { record } = await this.unanswered();
    this.gateway.replies['verify-payment'].push('reset');
    await this.sweepAfter(30 * MINUTE);
    return this.record(record.invoiceNumber);
  }

  /** The gateway's POST as the buyer's browser delivers it; OK unless the fields say otherwise. */
  async comesBack(record: PaymentRecord, fields: Partial<Record<string, string>> = {}): Promise<Response> {
    const all: Partial<Record<string, string>> = {
      state: 'OK',
      status: '2',
      reservationNumber: record.invoiceNumber,
      terminalId: '12345678',
      traceNumber: '654321',
      maskedPan: '603799******1234',
      rrn: '123456789012',
      ...fields,
    };
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(all)) if (value !== undefined) body.set(name, value);
    return this.post(`${this.path}/callback/${record.invoiceNumber}/${record.returnKey}`, body);
  }

  post(
    path: string,
    body: URLSearchParams | string,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(this.origin + path, { method: 'POST', body, headers, redirect: 'manual' });
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.origin + path, { headers, redirect: 'manual' });
  }

  /** The stored record, as operators would find it in the database. */
  async record(invoiceNumber: string): Promise<PaymentRecord> {
    const record = await this.store.find(invoiceNumber);
    if (!record) throw new Error(`no payment ${invoiceNumber}`);
    return record;
  }

  /** Lets time pass, then sweeps. */
  async sweepAfter(ms: number): ReturnType<AtipayRouter['atipay']['recover']> {
    this.now += ms;
    return this.atipay.recover();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.atipay.close();
    await this.gateway.close();
  }
}

let orders = 0;

/** A new unpaid order. */
export function anOrder(fields: { orderId?: string; amount?: number } = {}): {
  orderId: string;
  amount: number;
  cellNumber: string;
} {
  orders += 1;
  return { orderId: `order-${orders}`, amount: 25_000, cellNumber: '09123456789', ...fields };
}
