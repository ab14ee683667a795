import type { EventEmitter } from 'node:events';
import type { AtipayClient } from './gateway/client';
import { AtipayError } from './errors';
import type { AtipayEvents } from './events';
import type { OrderInput } from './order';
import type { HistoryEntry, Payment, PaymentRecord, ReviewPayment } from './payment';
import { publicly, type Context } from './payments/context';
import { sweep, type SweepReport } from './payments/recover';
import { resolve } from './payments/resolve';
import { start } from './payments/start';
import { payUrl, resultPageUrl } from './payments/urls';
import { traced } from './tracing';

const REVIEWS = 1_000;

/** A payment that has been started, and where to send the buyer. */
export interface StartedPayment {
  /** The new payment; the one that has the order already, if one has. */
  payment: Payment;
  /** The page that takes the buyer to the gateway; the result of the payment that has the order, if one has. */
  url: string;
}

/** Payments beside the routes: what a shop's own code, its scripts and its operators call. */
export class Atipay {
  /** What happens to payments, as typed events. */
  readonly events: EventEmitter<AtipayEvents>;
  /** The two web services of the gateway, for those who want to call them directly. */
  readonly client: AtipayClient;
  readonly #context: Context;
  readonly #release: () => void;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<SweepReport> | undefined;
  #closed = false;

  /** @internal Made by `atipayRouter`. */
  constructor(context: Context, release: () => void) {
    this.#context = context;
    this.#release = release;
    this.events = context.reporter.events;
    this.client = context.client;
    this.#schedule();
  }

  /**
   * Starts a payment for an order of the shop's: stores it and asks the gateway for a token. Send the buyer to `url`. If
   * a payment already has the order (paid, being verified or in review), that payment and the address of its result.
   *
   * @throws AtipayError `ERR_ATIPAY_ORDER`, `ERR_ATIPAY_TOKEN_REFUSED` (502), `ERR_ATIPAY_GATEWAY_UNAVAILABLE` (504).
   */
  async start(order: OrderInput): Promise<StartedPayment> {
    const context = this.#context;
    const { record, taken } = await context.tasks.track(start(context, order));
    const url = taken ? resultPageUrl(context.settings, record) : payUrl(context.settings, record);
    return { payment: publicly(context, record), url };
  }

  /** The payment of an invoice number; undefined when this account has none. */
  async find(invoiceNumber: string): Promise<Payment | undefined> {
    const record = await this.#own(invoiceNumber);
    return record && publicly(this.#context, record);
  }

  /** All payments of an order, newest first. */
  async findByOrder(orderId: string | number): Promise<Payment[]> {
    const { store, settings } = this.#context;
    const records = await store.findByOrder(settings.account, String(orderId).trim());
    return records.map((record) => publicly(this.#context, record));
  }

  /** The payments that need a person, oldest first, at most 1,000. */
  async reviews(): Promise<ReviewPayment[]> {
    const { store, settings } = this.#context;
    const records = await store.inReview(settings.account, REVIEWS);
    return records
      .map((record) => publicly(this.#context, record))
      .filter((payment) => payment.status === 'review');
  }

  /** What happened to a payment, when and why. Empty for an unknown invoice number. */
  async history(invoiceNumber: string): Promise<HistoryEntry[]> {
    return (await this.#own(invoiceNumber))?.history ?? [];
  }

  /**
   * A person's decision on a payment in review. `paid`: the money is there, the order is served. `failed`: it is not, or
   * has been given back (outside: the gateway has no refund call).
   *
   * @param note - who decided and why; it stays with the payment.
   * @throws AtipayError `ERR_ATIPAY_RESOLUTION`, `ERR_ATIPAY_PAYMENT_NOT_FOUND`, `ERR_ATIPAY_NOT_IN_REVIEW`.
   */
  async resolve(invoiceNumber: string, outcome: 'paid' | 'failed', note: string): Promise<Payment> {
    const context = this.#context;
    return publicly(context, await context.tasks.track(resolve(context, invoiceNumber, outcome, note)));
  }

  /** Looks at every payment that is due, once. Called by the timer, or by a scheduler of your own; never overlaps. */
  recover(): Promise<SweepReport> {
    this.#sweeping ??= this.#context.tasks.track(this.#sweep()).finally(() => (this.#sweeping = undefined));
    return this.#sweeping;
  }

  /** Stops the timer and waits for what is under way, at most `hookTimeoutMs`; leases cover the rest. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#release();
    await this.#context.tasks.idle(this.#context.settings.hookTimeoutMs);
  }

  #sweep(): Promise<SweepReport> {
    return traced(
      'atipay:sweep',
      () => ({ account: this.#context.settings.account }),
      () => sweep(this.#context, () => this.#closed),
      (report) => ({ report }),
    );
  }

  async #own(invoiceNumber: string): Promise<PaymentRecord | undefined> {
    if (typeof (invoiceNumber as unknown) !== 'string') {
      throw new AtipayError('ERR_ATIPAY_PAYMENT_NOT_FOUND', 'An invoice number is a string.', {
        status: 404,
      });
    }
    const record = await this.#context.store.find(invoiceNumber);
    return record?.account === this.#context.settings.account ? record : undefined;
  }

  /** One sweep after another, spaced unevenly so that many processes do not sweep in step. */
  #schedule(): void {
    const { recovery } = this.#context.settings;
    if (recovery === false || this.#closed) return;
    const delay = recovery.everyMs * (0.8 + 0.4 * Math.random());
    this.#timer = setTimeout(() => void this.#sweepAndSchedule(), delay).unref();
  }

  async #sweepAndSchedule(): Promise<void> {
    try {
      const report = await this.recover();
      if (report.looked > 0) this.#context.reporter.log('info', report, 'Swept due payments.');
    } catch (error) {
      this.#context.reporter.log('error', { err: error }, 'A sweep failed; the next one comes by itself.');
    }
    this.#schedule();
  }
}
