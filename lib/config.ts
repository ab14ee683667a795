import type { Request } from 'express';
import Joi from 'joi';
import type { HttpOptions } from './gateway/client';
import { configError } from './config-problems';
import { AtipayError } from './errors';
import type { Logger } from './events';
import type { OrderInput } from './core/order';
import type { FailedPayment, PaidPayment, Payment, ReviewPayment } from './core/payment';
import type { Currency } from './core/record';
import { OPTIONS } from './options';
import { paymentOrigin } from './core/origin';
import type { ErrorView, ResultView, ShopOptions, ShopView } from './pages';
import type { HookContext } from './hook-context';
import type { PaymentStore } from './stores/store';
import type { Locale } from './texts';

/** How often unfinished payments are looked at. */
export interface RecoveryOptions {
  /** Milliseconds between sweeps. Default 30,000. */
  everyMs?: number | undefined;
  /** Payments read from the store at once. Default 50. */
  batch?: number | undefined;
  /** Payments worked on at once. Default 10. */
  concurrency?: number | undefined;
}

/** How many attempts an order may have. */
export interface AttemptOptions {
  /** Open attempts of one order at the same time; one more is answered with 429. Default 20. */
  perOrder?: number | undefined;
}

/** Renderers that replace the built-in pages. They return a whole HTML document and must escape their values. */
export interface PageRenderers {
  /** How a payment went, is going, or where the buyer goes on from there. Default: the built-in page. */
  result?: ((view: ResultView) => string) | undefined;
  /** Why there is no payment to show: not found, gateway silent and the like. Default: the built-in page. */
  error?: ((view: ErrorView) => string) | undefined;
}

/**
 * A function of the shop's. As a method it may ask for more than it is promised, for example the request as the shop's
 * middleware left it: `(req: RequestWithUser) => …`.
 */
type ShopFunction<Args extends unknown[], Result> = { call(...args: Args): Result }['call'];

/** The options of `atipayRouter`. Checked when the router is made; every problem is reported at once. */
export interface AtipayConfig<Tx = never> {
  /** The key AtiPay gave you. The type admits undefined, so that `process.env.X` compiles; it is refused at start. */
  apiKey: string | undefined;
  /**
   * Where this router is reached from outside, mount path included: `https://shop.example/payment`. It is never taken
   * from a request's Host header.
   */
  publicUrl: string;
  /**
   * Where payments are kept: the store for your database client, `new MemoryPaymentStore()` for a first try, or your
   * own.
   */
  store: PaymentStore<Tx>;
  /** Fulfils the order. Called until it returns; work in `context.transaction` is applied exactly once. */
  onSuccess: ShopFunction<[payment: PaidPayment, context: HookContext<NoInfer<Tx>>], unknown>;
  /** The order's payment failed and no other payment of the order is under way. Called until it returns. */
  onFailure?: ShopFunction<[payment: FailedPayment, context: HookContext<NoInfer<Tx>>], unknown> | undefined;
  /** The buyer may have been charged, and a person must look. Called until it returns; without it, an error is logged. */
  onReview?: ShopFunction<[payment: ReviewPayment, context: HookContext<NoInfer<Tx>>], unknown> | undefined;
  /**
   * Finds the order that `POST /pay` pays; undefined or null is answered with 404, and an error goes to the app's error
   * handler. Without it there is no `POST /pay`.
   */
  getOrder?:
    | ShopFunction<[req: Request], OrderInput | null | undefined | PromiseLike<OrderInput | null | undefined>>
    | undefined;
  /**
   * Asked right before a payment is verified; false: never verified, the money goes back to the buyer. When it throws or
   * takes over 10 seconds, it is asked again until `verifyWindowMs` is over.
   */
  stillPayable?: ShopFunction<[payment: Payment], boolean | PromiseLike<boolean>> | undefined;
  /**
   * Where the buyer ends up, decided or not: a path, an http(s) address or an app link such as `myshop://orders/17`.
   * Default: the built-in result page.
   */
  resultUrl?: string | ((payment: Payment) => string) | undefined;
  /**
   * Where a buyer whose payment failed tries again, written like `resultUrl`: a page with the order's pay button. A
   * function is called for pages about a payment only. Default: pages lead back to the shop.
   */
  retryUrl?: string | ((payment: Payment) => string) | undefined;
  /** The shop's name, address, logo and telephone number on receipts and error pages. */
  shop?: ShopOptions | undefined;
  /**
   * `'IRR'`: amounts are Rials. `'IRT'`: the shop's amounts are Tomans in orders, hooks and settlement shares; the gateway, the
   * database and `history` have Rials. Default `'IRR'`.
   */
  currency?: Currency | undefined;
  /**
   * Which AtiPay account this router serves. Routers of different accounts may share a store; one store and account has
   * one router a process. Default `'default'`.
   */
  account?: string | undefined;
  /** Your terminal; a callback that names another one is not believed. */
  terminalId?: string | undefined;
  /**
   * Whether an order needs the buyer's mobile number (protocol §1): AtiPay's document says so, a newer copy does not.
   * Default true.
   */
  cellNumberRequired?: boolean | undefined;
  /** The gateway's base address; set it to reach the simulator. Default `https://mipg.atipay.net/v1`. */
  gatewayUrl?: string | undefined;
  /** How the gateway is called. */
  http?: HttpOptions | undefined;
  /** Limits of an order's attempts. */
  attempts?: AttemptOptions | undefined;
  /**
   * Origins of earlier `publicUrl`s, for example `https://old.shop.example`, whose unfinished payments this router takes
   * over. Payments begun under any other origin are left alone: they belong to the shop that a database was copied from.
   */
  formerOrigins?: readonly string[] | undefined;
  /** Milliseconds after the callback in which verify-payment is asked while no answer comes. Default 30 minutes. */
  verifyWindowMs?: number | undefined;
  /** Milliseconds after which a buyer who has not come back has abandoned the payment. Default 60 minutes. */
  pendingTimeoutMs?: number | undefined;
  /** Milliseconds after which a hook counts as thrown. Default 1 minute. */
  hookTimeoutMs?: number | undefined;
  /** The sweep that finishes interrupted payments. `false`: no timer; call `atipay.recover()` from a scheduler. */
  recovery?: RecoveryOptions | false | undefined;
  /** Your own result and error pages, which must escape their values. The page that leads to the gateway stays ours. */
  pages?: PageRenderers | undefined;
  /** Language of pages and messages. Default `'fa'`. */
  locale?: Locale | undefined;
  /** Where log lines go, in pino's shape: `(fields, message)`. Default: a line at start, warnings and errors on the console. */
  logger?: Logger | undefined;
  /** The clock in epoch milliseconds, for tests. Default `Date.now`. */
  now?: (() => number) | undefined;
}

/** A config that passed the door, defaults filled in, without the API key. */
export type Settings = Pick<
  AtipayConfig<unknown>,
  | 'store'
  | 'publicUrl'
  | 'onSuccess'
  | 'onFailure'
  | 'onReview'
  | 'getOrder'
  | 'stillPayable'
  | 'resultUrl'
  | 'retryUrl'
  | 'terminalId'
> & {
  shop: ShopView;
  currency: Currency;
  account: string;
  cellNumberRequired: boolean;
  gatewayUrl: string;
  http: HttpOptions & { timeout: number };
  verifyWindowMs: number;
  pendingTimeoutMs: number;
  hookTimeoutMs: number;
  attempts: { perOrder: number };
  /** Origin of `publicUrl`, which new payments are begun under. */
  origin: string;
  /** Origins whose payments this router works on: that of `publicUrl` and the former ones. */
  origins: readonly string[];
  recovery: { everyMs: number; batch: number; concurrency: number } | false;
  pages: PageRenderers;
  locale: Locale;
  logger: Logger;
  now: () => number;
};

type ValidConfig = Omit<Settings, 'origin' | 'origins' | 'shop'> & {
  apiKey: string;
  formerOrigins: string[];
  shop?: ShopOptions;
};

const SCHEMA = Joi.object(
  Object.fromEntries(Object.entries(OPTIONS).map(([name, { rule }]) => [name, rule])),
).prefs({ abortEarly: false });

/**
 * Checks a config at the door. The API key comes back beside the settings, so that no object that may be printed
 * holds it.
 *
 * @throws AtipayError `ERR_ATIPAY_CONFIG` naming every problem and what to write. No value is echoed.
 */
export function checkConfig<Tx>(config: AtipayConfig<Tx>): { settings: Settings; apiKey: string } {
  if (typeof config !== 'object' || (config as unknown) === null || Array.isArray(config)) {
    throw new AtipayError('ERR_ATIPAY_CONFIG', 'atipayRouter(config) takes an object of options.');
  }
  const result = SCHEMA.validate(config) as Joi.ValidationResult<ValidConfig>;
  if (result.error) throw configError(result.error.details, config);
  const { apiKey, formerOrigins, ...rest } = result.value;
  const origin = paymentOrigin(rest.publicUrl);
  const origins = [origin, ...formerOrigins.map(paymentOrigin)];
  return { settings: { ...rest, shop: shopView(rest), origin, origins }, apiKey };
}

/** A function for `resultUrl` needs a payment, and error pages have none. */
function shopView({
  shop,
  resultUrl,
  publicUrl,
}: Pick<ValidConfig, 'shop' | 'resultUrl' | 'publicUrl'>): ShopView {
  const fallback = typeof resultUrl === 'string' ? resultUrl : new URL('/', publicUrl).href;
  return { ...shop, url: shop?.url ?? fallback };
}
