import express, { type Express } from 'express';
import { MemoryPaymentStore, type PaymentRecord, type PaymentStore } from 'express-atipay';
import { delegate } from '../../chaos/shop/delegate';
import { anOrder, Shop } from '../../../support/shop';
import { handedTo } from '../exchange/handed';
import { overSockets } from '../exchange/sockets';
import type { Exchange } from '../exchange/exchange';

export const TERMINAL = '12345678';

/** A payment in every status, some twice, and the amount that the gateway would confirm for it. */
export interface Aim {
  row: PaymentRecord;
  genuine: string;
}

/** A stored payment, and its earlier state. */
export interface Write {
  before: PaymentRecord | undefined;
  after: PaymentRecord;
}

/** The target of callbacks: a shop with the router mounted three times, and payments in every status. */
export class Target {
  readonly handed: Exchange;
  readonly sockets: Exchange;
  aims: Aim[] = [];

  private constructor(
    readonly shop: Shop,
    app: Express,
    /** The writes since the last look. */
    readonly writes: Write[],
  ) {
    this.handed = handedTo(app);
    this.sockets = overSockets(shop.server);
  }

  static async open(): Promise<Target> {
    const writes: Write[] = [];
    const store = recording(new MemoryPaymentStore({ quiet: true }), writes);
    const apps: Express[] = [];
    const shop = await Shop.open({ terminalId: TERMINAL, store }, (app, router) => {
      apps.push(app.set('env', 'test'));
      app.use('/payment', router);
      app.use('/parsed/payment', express.urlencoded({ extended: true }), express.json(), router);
      app.use('/raw/payment', express.raw({ type: () => true }), router);
    });
    const [app = express()] = apps;
    const target = new Target(shop, app, writes);
    await target.#fill();
    return target;
  }

  async #fill(): Promise<void> {
    const { shop } = this;
    const rows = [
      await shop.started(order()),
      await shop.started(order()),
      await shop.started(order()),
      await this.#created(),
      await this.#paid(),
      await this.#failed(),
      await this.#inReview(),
      ...(await this.#verifyingAndReceived()),
    ];
    for (const { invoiceNumber } of rows) {
      this.aims.push({ row: await shop.record(invoiceNumber), genuine: shop.gateway.receipt(invoiceNumber) });
    }
    this.forget();
  }

  /** As a crash leaves it, between storing it and asking for its token. */
  async #created(): Promise<PaymentRecord> {
    const pending = await this.shop.started(order());
    const { orderId } = order();
    const invoiceNumber = `1${pending.invoiceNumber.slice(1, -7)}${'0'.repeat(7)}`;
    const row: PaymentRecord = { ...pending, invoiceNumber, orderId, status: 'created', token: null };
    await this.shop.store.insert(row);
    return row;
  }

  async #paid(): Promise<PaymentRecord> {
    const record = await this.shop.started(order());
    await this.shop.comesBack(record, { referenceNumber: this.shop.gateway.receipt(record.invoiceNumber) });
    return record;
  }

  async #failed(): Promise<PaymentRecord> {
    const record = await this.shop.started(order());
    await this.shop.comesBack(record, { state: 'Failed', status: '3' });
    return record;
  }

  async #inReview(): Promise<PaymentRecord> {
    const record = await this.shop.started(order());
    this.shop.gateway.replies['verify-payment'].push({ body: { amount: 1 } });
    await this.shop.comesBack(record, { referenceNumber: this.shop.gateway.receipt(record.invoiceNumber) });
    return record;
  }

  async #verifyingAndReceived(): Promise<PaymentRecord[]> {
    const wanted = order();
    const second = await this.shop.started(wanted);
    const { record } = await this.shop.unanswered(wanted);
    await this.shop.comesBack(second, { referenceNumber: this.shop.gateway.receipt(second.invoiceNumber) });
    return [record, second];
  }

  /** Puts a payment back to its earlier state, so that the next callback finds the same. */
  async restore({ row }: Aim): Promise<void> {
    await this.shop.store.update(row, await this.shop.record(row.invoiceNumber));
    this.forget();
  }

  /** Forgets the observations. */
  forget(): void {
    const { shop } = this;
    for (const seen of [this.writes, shop.events, shop.hooks, shop.logs, shop.gateway.calls]) seen.length = 0;
  }

  /** The payments that are not as they were; versions count putting back too. */
  async strays(): Promise<string[]> {
    const now = await Promise.all(this.aims.map(({ row }) => this.shop.record(row.invoiceNumber)));
    return this.aims
      .filter(({ row }, index) => asText(row) !== asText(now[index]))
      .map(({ row }) => row.invoiceNumber);
  }
}

const asText = (row: PaymentRecord | undefined): string => JSON.stringify({ ...row, version: 0 });

/** Orders differ in their amounts, so that a receipt of one is worth another amount than the other's. */
let amounts = 10_000;
const order = (): ReturnType<typeof anOrder> => anOrder({ amount: (amounts += 1_000) });

function recording(inner: PaymentStore, writes: Write[]): PaymentStore {
  return delegate(inner, {
    insert: (record) => {
      writes.push({ before: undefined, after: record });
      return inner.insert(record);
    },
    update: async (next, read, options) => {
      const stored = await inner.update(next, read, options);
      if (stored) writes.push({ before: read, after: next });
      return stored;
    },
  });
}
