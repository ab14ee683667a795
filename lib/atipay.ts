import type { EventEmitter } from 'node:events';
import type { AtipayClient } from './gateway/client';
import { AtipayError } from './errors';
import type { AtipayEvents } from './events';
import type { OrderInput } from './core/order';
import { inRials, type Payment, type ReviewPayment } from './core/payment';
import type { HistoryEntry, PaymentRecord } from './core/record';
import { doctor } from './operator/doctor/doctor';
import type { Finding } from './operator/doctor/finding';
import { searchPayments, type SearchFilter, type SearchPage } from './payments/search';
import { shopResultUrl } from './http/shop-urls';
import { shopPayment, type Context } from './payments/context';
import { purge, type PurgeOptions, type PurgeReport } from './payments/purge';
import { addNote, recordGiveBack, resolve, retry, type GiveBack } from './payments/resolve';
import { startPayment } from './payments/start';
import type { SweepReport } from './core/sweep-report';
import { Sweeper } from './payments/sweeper';
import { payUrl, takenUrl } from './payments/urls';
import { historyText } from './texts/history';

/** A history entry with its sentence. */
export interface HistoryLine extends HistoryEntry {
  /** In the router's language. */
  text: string;
}

const REVIEWS = 1_000;
/** The name of acts that the shop's code gives no name for. */
const THE_SHOP = 'shop';

/** A payment that has been started, and where to send the buyer. */
export interface StartedPayment {
  /** The new payment; the one that has the order already, if one has. */
  payment: Payment;
  /** The page that takes the buyer to the gateway. For an order that is taken: the shop's `resultUrl`, or a page that says so. */
  url: string;
}

/** Payments beside the routes: for a shop's code, its scripts and its staff. */
export class Atipay {
  /** Events of payments, typed. */
  readonly events: EventEmitter<AtipayEvents>;
  /** The two web services of the gateway, for those who want to call them directly. */
  readonly client: AtipayClient;
  readonly #context: Context;
  readonly #release: () => void;
  readonly #sweeper: Sweeper;

  /** @internal Made by `atipayRouter`. */
  constructor(context: Context, release: () => void) {
    this.#context = context;
    this.#release = release;
    this.events = context.reporter.events;
    this.client = context.client;
    this.#sweeper = new Sweeper(context);
  }

  /**
   * Starts a payment for an order of the shop's: stores it and asks the gateway for a token. Send the buyer to `url`. If
   * a payment already has the order (paid, being verified or in review), that payment and the address of its result.
   *
   * @throws AtipayError `ERR_ATIPAY_ORDER`, `ERR_ATIPAY_TOKEN_REFUSED` (502), `ERR_ATIPAY_GATEWAY_UNAVAILABLE` (504).
   */
  async start(order: OrderInput): Promise<StartedPayment> {
    const context = this.#context;
    const { record, taken } = await context.tasks.track(startPayment(context, order));
    const payment = shopPayment(context, record);
    const url = taken
      ? (shopResultUrl(context, payment) ?? takenUrl(context.settings))
      : payUrl(context.settings, record);
    return { payment, url };
  }

  /** The payment of an invoice number; undefined when this account has none. */
  async find(invoiceNumber: string): Promise<Payment | undefined> {
    const record = await this.#own(invoiceNumber);
    return record && shopPayment(this.#context, record);
  }

  /** All payments of an order, newest first. */
  async findByOrder(orderId: OrderInput['orderId']): Promise<Payment[]> {
    const { store, settings } = this.#context;
    const records = await store.findByOrder(settings.account, String(orderId).trim());
    return records.map((record) => shopPayment(this.#context, record));
  }

  /** The payments that need a person, oldest first, at most 1,000. */
  async reviews(): Promise<ReviewPayment[]> {
    const { store, settings } = this.#context;
    const records = await store.inReview(settings.account, REVIEWS);
    return records
      .map((record) => shopPayment(this.#context, record))
      .filter((payment) => payment.status === 'review');
  }

  /** A payment's history, oldest first: each entry as data, and as a sentence in the router's language. */
  async history(invoiceNumber: string): Promise<HistoryLine[]> {
    const { locale } = this.#context.settings;
    const entries = (await this.#own(invoiceNumber))?.history ?? [];
    return entries.map((entry) => ({ ...entry, text: historyText(entry, locale) }));
  }

  /**
   * A person's decision on a payment in review. `paid`: the money is there, the order is fulfilled. `failed`: it is not,
   * or has been given back (by other means: the gateway has no refund call).
   *
   * @param text - why; it stays with the payment.
   * @param by - who decided; it stays with the payment.
   * @throws AtipayError `ERR_ATIPAY_RESOLUTION`, `ERR_ATIPAY_PAYMENT_NOT_FOUND`, `ERR_ATIPAY_NOT_IN_REVIEW`, and
   * `ERR_ATIPAY_PAYMENT_BUSY` while an attempt or a hook call is under way.
   */
  async resolve(
    invoiceNumber: string,
    outcome: 'paid' | 'failed',
    text: string,
    by = THE_SHOP,
  ): Promise<Payment> {
    return this.#act(resolve(this.#context, invoiceNumber, { outcome, text, by }));
  }

  /**
   * Adds a note of staff to a payment's history. Nothing else changes.
   *
   * @throws AtipayError `ERR_ATIPAY_RESOLUTION`, `ERR_ATIPAY_PAYMENT_NOT_FOUND`.
   */
  async note(invoiceNumber: string, by: string, text: string): Promise<Payment> {
    return this.#act(addNote(this.#context, invoiceNumber, by, text));
  }

  /**
   * Records money that was given back by other means; no money moves. Amounts are in the router's currency, and all
   * give-backs of a payment together at most its amount.
   *
   * @throws AtipayError `ERR_ATIPAY_GIVE_BACK`, `ERR_ATIPAY_RESOLUTION`, `ERR_ATIPAY_PAYMENT_NOT_FOUND`.
   */
  async giveBack(invoiceNumber: string, giveBack: GiveBack): Promise<Payment> {
    const amount = inRials(giveBack.amount, this.#context.settings.currency);
    return this.#act(recordGiveBack(this.#context, invoiceNumber, { ...giveBack, amount }));
  }

  /**
   * Does the next step of a payment now: asks verify-payment, or calls the pending hook.
   *
   * @throws AtipayError `ERR_ATIPAY_PAYMENT_BUSY` while an attempt or a hook call is under way,
   * `ERR_ATIPAY_NOTHING_PENDING`, `ERR_ATIPAY_PAYMENT_NOT_FOUND`.
   */
  async retry(invoiceNumber: string, by: string): Promise<Payment> {
    return this.#act(retry(this.#context, invoiceNumber, by));
  }

  /**
   * Looks payments up, newest first, page by page. Amounts are in each payment's currency.
   *
   * @throws AtipayError `ERR_ATIPAY_STORE` for a bad filter, and when the store has no `search`.
   */
  search(filter: SearchFilter = {}): Promise<SearchPage> {
    return searchPayments(this.#context, filter);
  }

  /**
   * Removes the personal data of decided payments begun before a moment: mobile, description, metadata, card, and the
   * notes and messages of the history. Receipts, sums, orders and times stay.
   *
   * @throws AtipayError `ERR_ATIPAY_STORE` when the store has no `search`.
   */
  purge(options: PurgeOptions): Promise<PurgeReport> {
    return this.#context.tasks.track(purge(this.#context, options));
  }

  /**
   * Looks for mistakes in how the shop is set up: table, gateway, key, clocks, callback address.
   *
   * @param options - `token: true` also asks AtiPay for a token of 1,000 Rials, which is never paid.
   */
  doctor(options: { token?: boolean } = {}): Promise<Finding[]> {
    return doctor(this.#context, options);
  }

  /** @internal For the staff's desk and command. */
  get context(): Context {
    return this.#context;
  }

  /** Looks at every payment that is due, once. Called by the timer, or by your scheduler; sweeps do not pile up. */
  recover(): Promise<SweepReport> {
    return this.#sweeper.recover();
  }

  /** Stops the timer and waits for work under way, at most `hookTimeoutMs`; leases cover the rest. */
  async close(): Promise<void> {
    this.#sweeper.close();
    this.#release();
    await this.#context.tasks.idle(this.#context.settings.hookTimeoutMs);
  }

  async #act(work: Promise<PaymentRecord>): Promise<Payment> {
    return shopPayment(this.#context, await this.#context.tasks.track(work));
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
}
