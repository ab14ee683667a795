import type { AxiosProxyConfig } from 'axios';
import Joi from 'joi';
import type { AtipayConfig } from './config';
import { DEFAULT_RECOVERY } from './core/policy';
import { consoleLogger } from './events';
import { addressProblem, DEFAULT_TIMEOUT_MS, GATEWAY_URL, withoutSlashes } from './gateway/address';
import { optionProblem } from './gateway/proxy';
import { isSafeAddress, isWebUrl } from './safe-url';

const MINUTE = 60_000;

const httpUrl = Joi.string().uri({ scheme: ['http', 'https'] });
const bareUrl: Joi.CustomValidator<string> = (text, helpers) => {
  const bare = URL.canParse(text) && !/[?#]|\/\/[^/]*@/.test(text) && isDecodable(text);
  return bare ? withoutSlashes(text) : helpers.error('any.invalid');
};
function isDecodable(url: string): boolean {
  try {
    return decodeURI(url) !== '';
  } catch {
    return false;
  }
}
const callableUrl: Joi.CustomValidator<string> = (text, helpers) =>
  addressProblem(text) === undefined ? text : helpers.error('any.invalid');
const usableProxy: Joi.CustomValidator<AxiosProxyConfig> = (proxy, helpers) =>
  optionProblem(proxy) === undefined ? proxy : helpers.error('any.invalid');
const text = (holds: (text: string) => boolean): Joi.StringSchema =>
  Joi.string().custom((value: string, helpers) => (holds(value) ? value : helpers.error('any.invalid')));
/** A path, an http(s) address or an app link. */
const address = text(isSafeAddress);
/** An address that a browser can load: no app link. */
const picture = text((url) => isSafeAddress(url) && isWebUrl(url));
/** As people write telephone numbers, with at least three digits. */
const telephone = Joi.string()
  .trim()
  .max(40)
  .pattern(/^(?:[^\p{Nd}]*\p{Nd}){3}/u);
/** At most a week, well within the range of Node's timers. */
const milliseconds = Joi.number()
  .unit('milliseconds')
  .strict()
  .integer()
  .min(1)
  .max(7 * 24 * 60 * MINUTE);
const count = (of: string): Joi.NumberSchema => Joi.number().unit(of).strict().integer().min(1).max(10_000);
const looksLikeStore: Joi.CustomValidator = (value: unknown, helpers) => {
  const methods = ['insert', 'find', 'findByOrder', 'update', 'due', 'inReview'] as const;
  const store = value as Record<string, unknown>;
  return methods.every((name) => typeof store[name] === 'function') ? value : helpers.error('any.invalid');
};
const looksLikeLogger: Joi.CustomValidator = (value: unknown, helpers) => {
  const logger = value as Record<string, unknown>;
  const complete = typeof logger['warn'] === 'function' && typeof logger['error'] === 'function';
  return complete ? value : helpers.error('any.invalid');
};
/** Of null, too, the check ends in an error. */
const instance = (check: Joi.CustomValidator): Joi.Schema => Joi.any().custom(check);

const ADDRESS = "a path such as '/orders', an http(s) address or an app link such as 'myshop://orders'";

/** An option: its rule with the default, and the expectation for error messages. */
interface Option {
  rule: Joi.Schema;
  expected: string;
  /** A base URL: an error says what is wrong with it. */
  isUrl?: boolean;
}

/** Every option, once. */
export const OPTIONS: Record<keyof AtipayConfig, Option> = {
  apiKey: {
    rule: Joi.string().trim().required(),
    expected: 'the key AtiPay gave you, for example process.env.ATIPAY_API_KEY (is it set?)',
  },
  publicUrl: {
    rule: httpUrl.required().custom(bareUrl),
    expected: "the router's public address with the mount path, for example 'https://shop.example/payment'",
    isUrl: true,
  },
  store: {
    rule: instance(looksLikeStore).required(),
    expected: 'a payment store: new KnexPaymentStore(knex), or new MemoryPaymentStore() for a first try',
  },
  onSuccess: {
    rule: Joi.function().required(),
    expected: 'a function (payment, context) that marks the order paid',
  },
  onFailure: { rule: Joi.function(), expected: 'a function (payment, context) or nothing' },
  onReview: { rule: Joi.function(), expected: 'a function (payment, context) or nothing' },
  getOrder: {
    rule: Joi.function(),
    expected: 'a function (req) that returns { orderId, amount, cellNumber } or nothing',
  },
  stillPayable: {
    rule: Joi.function(),
    expected: 'a function (payment) that returns true or false or nothing',
  },
  resultUrl: {
    rule: Joi.alternatives(Joi.function(), address),
    expected: `${ADDRESS}, or a function (payment) that returns one`,
  },
  retryUrl: {
    rule: Joi.alternatives(Joi.function(), address),
    expected: `${ADDRESS}, or a function (payment) that returns one`,
  },
  shop: {
    rule: Joi.object({
      name: Joi.string().trim().max(80).required(),
      url: address,
      logo: picture,
      phone: telephone,
    }),
    expected:
      'an object with name, and if you have them url (a path, an http(s) address or an app link), ' +
      'logo (a path or an http(s) address) and phone (a string)',
  },
  currency: {
    rule: Joi.valid('IRR', 'IRT').default('IRR'),
    expected: "'IRR' for Rials or 'IRT' for Tomans",
  },
  account: {
    rule: Joi.string().trim().max(40).default('default'),
    expected: 'a name of 1 to 40 characters',
  },
  terminalId: {
    rule: Joi.string().trim().max(64),
    expected: 'the terminal number AtiPay gave you, as a string',
  },
  cellNumberRequired: { rule: Joi.boolean().strict().default(true), expected: 'true or false' },
  gatewayUrl: {
    rule: httpUrl.custom(bareUrl).custom(callableUrl).default(GATEWAY_URL),
    expected: `the gateway's base address with https:, for example '${GATEWAY_URL}' (http: only for loopback, as the simulator's)`,
    isUrl: true,
  },
  http: {
    rule: Joi.object({
      timeout: milliseconds.default(DEFAULT_TIMEOUT_MS),
      proxy: Joi.alternatives(Joi.valid(false), Joi.object().unknown().custom(usableProxy)),
      adapter: Joi.alternatives(Joi.valid('http'), Joi.function()),
    }).default({ timeout: DEFAULT_TIMEOUT_MS }),
    expected:
      "an object with timeout (milliseconds), proxy (false, or { protocol: 'http' or 'https', host, port, auth: { username, password } }) and adapter ('http', or a function that takes an axios config: agents of your own go in there)",
  },
  attempts: {
    rule: Joi.object({ perOrder: count('attempts').default(20) }).default({ perOrder: 20 }),
    expected: 'an object with perOrder, a whole number above 0',
  },
  formerOrigins: {
    rule: Joi.array().items(httpUrl).default([]),
    expected: "an array of origins, for example ['https://old.shop.example']",
  },
  verifyWindowMs: { rule: milliseconds.default(30 * MINUTE), expected: 'whole milliseconds, more than 0' },
  pendingTimeoutMs: { rule: milliseconds.default(60 * MINUTE), expected: 'whole milliseconds, more than 0' },
  hookTimeoutMs: { rule: milliseconds.default(MINUTE), expected: 'whole milliseconds, more than 0' },
  recovery: {
    rule: Joi.alternatives()
      .conditional(Joi.valid(false), {
        then: Joi.any(),
        otherwise: Joi.object({
          everyMs: milliseconds.default(DEFAULT_RECOVERY.everyMs),
          batch: count('payments').default(DEFAULT_RECOVERY.batch),
          concurrency: count('payments').default(DEFAULT_RECOVERY.concurrency),
        }),
      })
      .default(DEFAULT_RECOVERY),
    expected: 'false, or an object with everyMs, batch and concurrency, each a whole number above 0',
  },
  pages: {
    rule: Joi.object({ result: Joi.function(), error: Joi.function() }).default({}),
    expected: 'an object with result and error, each a function (view) that returns HTML',
  },
  locale: { rule: Joi.valid('fa', 'en').default('fa'), expected: "'fa' or 'en'" },
  logger: {
    rule: instance(looksLikeLogger).default(() => consoleLogger),
    expected: 'an object with warn and error, each called as (fields, message)',
  },
  now: {
    rule: Joi.function().default(() => Date.now),
    expected: 'a function that returns epoch milliseconds',
  },
};
