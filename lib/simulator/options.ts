import Joi from 'joi';
import { check } from './check';

/** An AtiPay account, as the company would have registered it. */
export interface SimulatorMerchant {
  /** Default of the first merchant: `test-api-key`. */
  apiKey: string;
  /** Default of the first merchant: `10000001`. */
  terminalId: string;
  /** Shown on the buyer's page. */
  name?: string;
  /** The only address get-token and verify-payment are taken from. Default: any. */
  registeredIp?: string;
  /** The only host name `redirectUrl` may have. Default: any. */
  registeredDomain?: string;
  /** The only IBANs a settlement may name. Default: any. */
  registeredIbans?: string[];
  /** True: `scatteredSettlementItems` is required; false: it is refused. Default: either way. */
  dynamicSettlement?: boolean;
}

/** What {@link startSimulator} takes. Times are milliseconds. */
export interface SimulatorOptions extends Partial<SimulatorMerchant> {
  /** Accounts beside the first one, which `apiKey`, `terminalId` and the other top-level fields describe. */
  merchants?: SimulatorMerchant[];
  /** Default 0: any free port. */
  port?: number;
  /** Default `127.0.0.1`. */
  host?: string;
  /** PEM texts; with them the simulator speaks TLS. */
  https?: {
    /** The private key. */
    key: string;
    /** The certificate, with its chain if it has one. */
    cert: string;
  };
  /**
   * Where the browser finds the bank's page, e.g. `https://bank.test:4400`. Default: another name of this machine,
   * `http://localhost:<port>`, so that the way leads over another origin as in life; with TLS the simulator's origin.
   */
  bankOrigin?: string | ((port: number) => string);
  /** Whether get-token demands `cellNumber`. Default true. */
  cellNumberRequired?: boolean;
  /** How long the buyer has from get-token on. Default 15 minutes. */
  tokenTtlMs?: number;
  /** When money that was not verified goes back. Default 30 minutes. */
  returnAfterMs?: number;
  /** How long the bank keeps the buyer after the payment, in real time. Default 0. */
  callbackDelayMs?: number;
  /** How get-token refuses: `status` with `errorCode` and `errorDescription`, or `faMessage` alone. Default `code`. */
  tokenRefusal?: 'code' | 'message';
  /** How verify-payment refuses: `errorCode` with `faMessage`, or a negative `amount`. Default `code`. */
  verifyRefusal?: 'code' | 'amount';
  /** The simulator's clock, epoch milliseconds. Default `Date.now`. */
  now?: () => number;
  /** The token for the control routes where the simulator listens on more than loopback. Default: drawn at random. */
  controlToken?: string;
  /** Starts even with `NODE_ENV=production`. Default false. */
  allowProduction?: boolean;
}

type Defaulted =
  | 'port'
  | 'host'
  | 'cellNumberRequired'
  | 'tokenTtlMs'
  | 'returnAfterMs'
  | 'callbackDelayMs'
  | 'tokenRefusal'
  | 'verifyRefusal'
  | 'now'
  | 'allowProduction';

/** Options, checked and completed; the first merchant comes first. */
export interface Settings
  extends
    Required<Pick<SimulatorOptions, Defaulted>>,
    Pick<SimulatorOptions, 'https' | 'bankOrigin' | 'controlToken'> {
  merchants: [SimulatorMerchant, ...SimulatorMerchant[]];
}

const merchantFields = {
  apiKey: Joi.string(),
  terminalId: Joi.string(),
  name: Joi.string(),
  registeredIp: Joi.string().ip(),
  registeredDomain: Joi.string().hostname(),
  registeredIbans: Joi.array().items(Joi.string()),
  dynamicSettlement: Joi.boolean(),
};

const merchantSchema = Joi.object(merchantFields).fork(['apiKey', 'terminalId'], (field) => field.required());
const accounts = Joi.array<SimulatorMerchant[]>().items(merchantSchema).unique('apiKey').unique('terminalId');
const duration = Joi.number().integer().min(0);

const schema = Joi.object<Partial<SimulatorMerchant> & Partial<Settings>>({
  ...merchantFields,
  merchants: accounts.default([]),
  port: Joi.number().integer().min(0).max(65_535).default(0),
  host: Joi.string().default('127.0.0.1'),
  https: Joi.object({ key: Joi.string().required(), cert: Joi.string().required() }),
  bankOrigin: Joi.alternatives(Joi.string().uri({ scheme: ['http', 'https'] }), Joi.function()),
  cellNumberRequired: Joi.boolean().default(true),
  tokenTtlMs: duration.default(15 * 60_000),
  returnAfterMs: duration.default(30 * 60_000),
  callbackDelayMs: duration.default(0),
  tokenRefusal: Joi.valid('code', 'message').default('code'),
  verifyRefusal: Joi.valid('code', 'amount').default('code'),
  now: Joi.function().default(() => Date.now),
  controlToken: Joi.string()
    .min(8)
    .max(200)
    .pattern(/^[\w.~-]+$/),
  allowProduction: Joi.boolean().default(false),
});

const FIRST = { apiKey: 'test-api-key', terminalId: '10000001', name: 'فروشگاه آزمایشی' };
const MERCHANT_FIELDS = Object.keys(merchantFields);

/** Checks the options and fills in the defaults. Throws `ERR_ATIPAY_SIMULATOR` naming every problem. */
export function readOptions(options: SimulatorOptions): Settings {
  const { merchants, ...rest } = check(schema, options, 'The simulator cannot start');
  const own = Object.fromEntries(Object.entries(rest).filter(([name]) => MERCHANT_FIELDS.includes(name)));
  const settings = Object.fromEntries(
    Object.entries(rest).filter(([name]) => !MERCHANT_FIELDS.includes(name)),
  );
  const all: Settings['merchants'] = [{ ...FIRST, ...own }, ...(merchants ?? [])];
  check(accounts, all, 'The simulator cannot start: first merchant and `merchants`');
  return { ...(settings as unknown as Settings), merchants: all };
}
