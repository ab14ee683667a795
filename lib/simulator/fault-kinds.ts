import Joi from 'joi';
import { check } from './check';

/** Which call a fault strikes; `callback` is the buyer's way back to the shop. */
export type FaultTarget = 'get-token' | 'redirect-to-gateway' | 'verify-payment' | 'callback';

/** When a fault strikes. */
export interface FaultTiming {
  /** How many calls it strikes. Default 1; with a `probability`: always. */
  times?: number | 'always';
  /** Strikes a matching call with this probability (0 to 1). Default 1. */
  probability?: number;
  /** Makes the probability's dice repeatable. Default 1. */
  seed?: number;
  /** Strikes only calls about a payment with these values. */
  match?: {
    /** The shop's invoice number. */
    invoiceNumber?: string;
    /** Rials. */
    amount?: number;
    /** As get-token had it. */
    cellNumber?: string;
    /** As get-token had it. */
    description?: string;
  };
}

/** Faults every call of the gateway can have. */
export type CallFault = FaultTiming & { on: Exclude<FaultTarget, 'callback'> } & (
    | /** Takes effect at once, is answered late. Milliseconds of real time. */ { kind: 'delay'; ms: number }
    | /** Has no effect; the connection stays open and silent. */ { kind: 'no-answer' }
    | /** Has no effect; the connection is reset. */ { kind: 'reset' }
    | /** Takes effect; then the connection is reset, or stays open and silent. */ {
        kind: 'answer-lost';
        by?: 'reset' | 'silence';
      }
    | /** Has no effect; answered with this status and JSON, HTML (default) or nothing. */ {
        kind: 'http';
        status: number;
        body?: 'json' | 'html' | 'empty';
      }
    | /** Takes effect; the answer is not JSON at all. */ { kind: 'garbage' }
    | /** Takes effect; the answer's text breaks off in the middle, or (`connection`) its connection does. */ {
        kind: 'truncated';
        by?: 'text' | 'connection';
      }
  );

/** A web service says no: for a given reason, or in given words. */
export type RefusalFault = FaultTiming & {
  on: 'get-token' | 'verify-payment';
  kind: 'refuse';
  /** `apiKey`: the key is refused; `address`: the server's IP address is. */
  reason?: 'apiKey' | 'address';
  /** Another `errorCode`. */
  code?: number;
  /** Another `errorDescription` or `faMessage`. */
  message?: string;
};

/** verify-payment answers another amount, or the right one in another way. */
export type AmountFault = FaultTiming & {
  on: 'verify-payment';
  kind: 'amount';
  /** Rials; default: the payment's. The payment is verified all the same, unless this is zero or negative. */
  amount?: number;
  /** How it is written. Default `float` (`10000.0`); `missing` answers `{}` and verifies nothing. */
  as?: 'float' | 'integer' | 'string' | 'missing';
};

/** Faults on the buyer's way back. */
export type CallbackFault = FaultTiming & { on: 'callback' } & (
    | /** Comes twice, one after the other. */ { kind: 'twice' }
    | /** Comes twice, both at the same time. */ { kind: 'twice-at-once' }
    | /** The bank keeps the buyer for so many milliseconds of real time. */ { kind: 'late'; ms: number }
    | /** The buyer never comes back. */ { kind: 'never' }
    | /** A failure carries a receipt nevertheless. */ { kind: 'receipt-on-failure' }
    | /** Another payment's receipt instead of this one's; default: the latest other one, or an invented one. */ {
        kind: 'foreign-receipt';
        referenceNumber?: string;
      }
    | /** Fields are replaced or added, or left out (`null`). */ {
        kind: 'fields';
        fields: Record<string, string | null>;
      }
    | /** `status` is something else: empty and `0` have been seen. */ { kind: 'status'; status: string }
  );

/** Something that goes wrong on purpose. */
export type SimulatorFault = CallFault | RefusalFault | AmountFault | CallbackFault;

const CALLS = ['get-token', 'redirect-to-gateway', 'verify-payment'];
const SERVICES = ['get-token', 'verify-payment'];
const duration = Joi.number().integer().min(0).required();

/** Every kind: the calls it can strike, and its fields. */
const KINDS: Record<SimulatorFault['kind'], { on: string[]; takes: Record<string, Joi.Schema> }> = {
  delay: { on: CALLS, takes: { ms: duration } },
  'no-answer': { on: CALLS, takes: {} },
  reset: { on: CALLS, takes: {} },
  'answer-lost': { on: CALLS, takes: { by: Joi.valid('reset', 'silence') } },
  http: {
    on: CALLS,
    takes: {
      status: Joi.number().integer().min(200).max(599).required(),
      body: Joi.valid('json', 'html', 'empty'),
    },
  },
  garbage: { on: CALLS, takes: {} },
  truncated: { on: CALLS, takes: { by: Joi.valid('text', 'connection') } },
  refuse: {
    on: SERVICES,
    takes: { reason: Joi.valid('apiKey', 'address'), code: Joi.number().integer(), message: Joi.string() },
  },
  amount: {
    on: ['verify-payment'],
    takes: { amount: Joi.number(), as: Joi.valid('float', 'integer', 'string', 'missing') },
  },
  twice: { on: ['callback'], takes: {} },
  'twice-at-once': { on: ['callback'], takes: {} },
  late: { on: ['callback'], takes: { ms: duration } },
  never: { on: ['callback'], takes: {} },
  'receipt-on-failure': { on: ['callback'], takes: {} },
  'foreign-receipt': { on: ['callback'], takes: { referenceNumber: Joi.string() } },
  fields: {
    on: ['callback'],
    takes: { fields: Joi.object().pattern(Joi.string(), Joi.string().allow('', null)).required() },
  },
  status: { on: ['callback'], takes: { status: Joi.string().allow('').required() } },
};

const timing = {
  times: Joi.alternatives(Joi.number().integer().min(1), Joi.valid('always')),
  probability: Joi.number().min(0).max(1),
  seed: Joi.number().integer(),
  match: Joi.object({
    invoiceNumber: Joi.string(),
    amount: Joi.number(),
    cellNumber: Joi.string(),
    description: Joi.string(),
  }),
};

/** Names of the kinds that can strike a call. */
export function kindsOf(on: string): SimulatorFault['kind'][] {
  return (Object.keys(KINDS) as SimulatorFault['kind'][]).filter((kind) => KINDS[kind].on.includes(on));
}

/** Checks the fields of a fault. Throws `ERR_ATIPAY_SIMULATOR` that says what may be written instead. */
export function readFault(value: unknown): SimulatorFault {
  const subject = 'The fault cannot be set';
  const target = Joi.object<{ on: string }>({ on: Joi.valid(...CALLS, 'callback').required() }).unknown();
  const { on } = check(target.required(), value, subject);
  const known = Joi.object<{ kind: SimulatorFault['kind'] }>({ kind: Joi.valid(...kindsOf(on)).required() });
  const { kind } = check(known.unknown(), value, `${subject} on ${on}`);
  const whole = Joi.object<SimulatorFault>({
    on: Joi.any(),
    kind: Joi.any(),
    ...KINDS[kind].takes,
    ...timing,
  });
  return check(whole, value, `${subject} (${kind} on ${on})`);
}
