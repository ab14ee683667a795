import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Payment, PaymentRecord } from 'express-atipay';
import { atipayDesk } from 'express-atipay/desk';
import { startSimulator, type Simulator, type SimulatorFault } from 'express-atipay/simulator';
import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import { sqliteFile } from '../../support/databases';
import { Shop } from '../../support/shop';
import { shopModule } from '../../support/desk';

/** The order of a case. */
export interface TrialOrder {
  orderId: string;
  /** Rials. */
  amount: number;
  cellNumber: string;
  /** As the bank shows it. */
  maskedPan: string;
}

/** A payment that was begun, and where its buyer goes on. */
export interface Begun {
  payment: Payment;
  url: string;
}

/** A shop over SQLite, its desk and a simulated AtiPay, whose clocks stand still while payments are made. */
export class Trial {
  /** Orders whose hook throws. */
  readonly brokenHooks = new Set<string>();
  /** Orders that the shop does not let be paid any more. */
  readonly withdrawn = new Set<string>();
  /** The shop has put a login in front of the callback. */
  locked = false;
  /** Undefined: the time of the machine. */
  at: number | undefined;

  static async open(): Promise<Trial> {
    const file = sqliteFile();
    await createPaymentsTable(file.knex);
    const clock: { trial?: Trial } = {};
    const now = (): number => clock.trial?.at ?? Date.now();
    const simulator = await startSimulator({ now });
    const store = new KnexPaymentStore(file.knex);
    const holds = (orders: 'brokenHooks' | 'withdrawn', { orderId }: Payment): boolean =>
      clock.trial?.[orders].has(orderId) === true;
    const shop = await Shop.open<unknown>(
      {
        ...{ store, now, apiKey: simulator.apiKey, gatewayUrl: simulator.url },
        onSuccess: (payment) => {
          if (holds('brokenHooks', payment)) throw new Error('stock is undefined');
        },
        stillPayable: (payment) => !holds('withdrawn', payment),
      },
      (app, router) => {
        app.use('/payment/callback', (_req, res, next) => {
          if (clock.trial?.locked === true) res.redirect('/login');
          else next();
        });
        app.use('/payment', router);
        app.use('/desk', atipayDesk(router, { who: () => 'Sara', may: () => true }));
      },
    );
    clock.trial = new Trial(shop, simulator, file);
    return clock.trial;
  }

  private constructor(
    readonly shop: Shop<unknown>,
    readonly simulator: Simulator,
    private readonly file: ReturnType<typeof sqliteFile>,
  ) {}

  /** Arguments of the command: the database, and a module with the shop's router for the commands that need it. */
  get place(): { database: string[]; app: string[] } {
    const { filename } = this.file;
    const path = join(dirname(filename), 'payments.cjs');
    const { url: gatewayUrl } = this.simulator;
    const publicUrl = `${this.shop.origin}/payment`;
    writeFileSync(path, shopModule({ filename, publicUrl, gatewayUrl, apiKey: this.simulator.apiKey }));
    return { database: ['--database', filename], app: ['--app', path] };
  }

  begin({ orderId, amount, cellNumber }: TrialOrder): Promise<Begun> {
    return this.shop.atipay.start({ orderId, amount, cellNumber });
  }

  /** The buyer pays and comes back, at once. */
  async pays(order: TrialOrder, { url }: Begun): Promise<void> {
    await this.simulator.pay(url, { fields: { maskedPan: order.maskedPan } });
  }

  /** Has something go wrong for as long as the work takes. */
  async under<T>(fault: SimulatorFault, work: () => Promise<T>): Promise<T> {
    const { id } = this.simulator.faults.add(fault);
    try {
      return await work();
    } finally {
      this.simulator.faults.clear(id);
    }
  }

  /** Lets time pass, and the shop's sweep run. */
  async later(ms: number): Promise<void> {
    this.at = (this.at ?? Date.now()) + ms;
    await this.shop.atipay.recover();
  }

  /** Every payment that the store holds. */
  async records(): Promise<PaymentRecord[]> {
    const rows = await this.file
      .knex('atipay_payments')
      .select<{ invoice_number: string }[]>('invoice_number');
    return Promise.all(rows.map((row) => this.shop.record(row.invoice_number)));
  }

  async close(): Promise<void> {
    await this.simulator.close();
    await this.shop.close();
    await this.file.remove();
  }
}

/** Every answer of AtiPay to verify-payment is lost. */
export const DEAF: SimulatorFault = { on: 'verify-payment', kind: 'http', status: 503, times: 'always' };
