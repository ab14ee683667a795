import { randomInt } from 'node:crypto';
import Joi from 'joi';
import { AtipayError } from './errors';
import type { Currency, PaymentRecord, SettlementItem } from './payment';
import { isOneLine } from './core/text';

/** What the shop wants paid. Amounts are in the configured currency: Rials for `IRR`, Tomans for `IRT`. */
export interface OrderInput {
  /** Names one payable thing, at most 100 characters. It is paid once: an instalment or a top-up needs an id of its own. */
  orderId: string | number;
  /** A positive whole number. The shop's own figure, never one from the browser. */
  amount: number | bigint;
  /** The buyer's mobile as typed: `0912…`, `+98912…`, Persian digits, spaces. Required unless `cellNumberRequired` is false. */
  cellNumber?: string | null | undefined;
  /** Shown by the gateway, at most 250 characters. */
  description?: string | null | undefined;
  /** JSON of the shop's own, kept with the payment and given back to hooks. At most 16,000 characters as JSON. */
  metadata?: unknown;
  /** Shares of a dynamic split settlement; their amounts add up to `amount` (protocol §1). */
  settlement?:
    | readonly {
        /** IBAN (Sheba), `IR` and 24 digits; spaces, dashes and Persian digits are taken. */
        iban: string;
        /** A positive whole number in the configured currency. */
        amount: number | bigint;
      }[]
    | null
    | undefined;
}

/** An order that passed the door: trimmed, normalized, and in Rials. */
export type CheckedOrder = Pick<
  PaymentRecord,
  'orderId' | 'amount' | 'currency' | 'cellNumber' | 'description' | 'metadata' | 'settlement'
>;

/** What the check depends on. */
export interface OrderRules {
  currency: Currency;
  cellNumberRequired: boolean;
}

const METADATA_LIMIT = 16_000;

/** Control characters other than tab and line breaks: databases and logs choke on them. */
const hasControl = (text: string): boolean => /[^\P{Cc}\t\r\n]/u.test(text);

/** An id ends up in log lines, which a line break of a buyer's making must not forge. */
const oneLine: Joi.CustomValidator<string> = (text, helpers) =>
  isOneLine(text) ? text : helpers.error('text.control');

const plainText: Joi.CustomValidator<string> = (text, helpers) =>
  hasControl(text) ? helpers.error('text.control') : text;

/** The largest amounts whose Rials are exact. */
const LARGEST: Record<Currency, number> = {
  IRR: Number.MAX_SAFE_INTEGER,
  IRT: Math.floor(Number.MAX_SAFE_INTEGER / 10),
};

const wholeAmount =
  (largest: number): Joi.CustomValidator =>
  (value: unknown, helpers) => {
    if (typeof value !== 'number' && typeof value !== 'bigint') return helpers.error('amount.type');
    const amount = Number(value);
    const exact = Number.isSafeInteger(amount) && amount > 0 && amount <= largest;
    return exact ? amount : helpers.error('amount.range', { largest: largest.toLocaleString('en') });
  };

const mobile: Joi.CustomValidator<string> = (text, helpers) =>
  normalizeCellNumber(text) ?? helpers.error('cellNumber.form');

const iban: Joi.CustomValidator<string> = (text, helpers) =>
  normalizeIban(text) ?? helpers.error('iban.form');

const json: Joi.CustomValidator = (value: unknown, helpers) => {
  try {
    // What has no JSON, as functions, is undefined here and caught below, as a circle is.
    const text = JSON.stringify(value);
    return text.length > METADATA_LIMIT ? helpers.error('metadata.form') : (JSON.parse(text) as unknown);
  } catch {
    return helpers.error('metadata.form');
  }
};

/** Shares that are right by themselves are numbers by now. */
const figureOf = (value: unknown): number => (typeof value === 'number' ? value : NaN);

/** Says nothing while an amount is wrong by itself. */
const addsUp: Joi.CustomValidator<(Partial<SettlementItem> | null)[]> = (items, helpers) => {
  const [{ amount }] = helpers.state.ancestors as [{ amount: unknown }];
  const sum = items.reduce((total, item) => total + figureOf(item?.amount), 0);
  const readable = Number.isSafeInteger(amount) && Number.isInteger(sum);
  return readable && sum !== amount ? helpers.error('settlement.sum', { sum, amount }) : items;
};

const amountIn = (currency: Currency): Joi.Schema =>
  Joi.any().required().custom(wholeAmount(LARGEST[currency]));

const cellNumberSchema = Joi.string().trim().custom(mobile);

const settlementIn = (currency: Currency): Joi.Schema =>
  Joi.array()
    .min(1)
    .max(50)
    .unique('iban', { ignoreUndefined: true })
    .items(Joi.object({ iban: Joi.string().required().custom(iban), amount: amountIn(currency) }))
    .custom(addsUp);

const schemaFor = (cellNumber: Joi.Schema, currency: Currency): Joi.ObjectSchema =>
  Joi.object({
    orderId: Joi.alternatives()
      .try(Joi.string().trim().max(100).custom(oneLine), Joi.number().strict().integer())
      .required(),
    amount: amountIn(currency),
    cellNumber,
    description: Joi.string().trim().max(250).custom(plainText),
    metadata: Joi.any().custom(json),
    settlement: settlementIn(currency),
  })
    .required()
    .label('order')
    .prefs({ convert: true, abortEarly: false, messages: MESSAGES, errors: { wrap: { label: false } } });

const MESSAGES = {
  'any.required': '{#label} is missing',
  'object.unknown': '{#label} is not a field of an order',
  'text.control': '{#label} has control characters',
  'amount.type': '{#label} must be a number or a bigint (not a string): a positive whole number',
  'amount.range': '{#label} must be a positive whole number, without a fraction and at most {#largest}',
  'cellNumber.form': '{#label} must be an Iranian mobile number such as 09123456789',
  'iban.form': '{#label} must be IR and 24 digits, with right check digits',
  'array.unique': '{#label} names an IBAN a second time',
  'settlement.sum': '{#label} adds up to {#sum}, but amount is {#amount}: they must be equal',
  'metadata.form': `{#label} must be JSON of at most ${METADATA_LIMIT} characters`,
  'alternatives.types': '{#label} must be a whole number or a text of 1 to 100 characters',
};

/** One for each of the rules, with all that Joi is told: what is given to `validate` it works in anew each time. */
const WITH_CELL_NUMBER = schemasFor(cellNumberSchema.required());
const WITHOUT_CELL_NUMBER = schemasFor(cellNumberSchema);

function schemasFor(cellNumber: Joi.Schema): Record<Currency, Joi.ObjectSchema> {
  return { IRR: schemaFor(cellNumber, 'IRR'), IRT: schemaFor(cellNumber, 'IRT') };
}

interface ValidOrder {
  orderId: string | number;
  amount: number;
  cellNumber?: string;
  description?: string;
  metadata?: unknown;
  settlement?: SettlementItem[];
}

/**
 * Checks an order at the door and turns its amounts into Rials.
 *
 * @throws AtipayError `ERR_ATIPAY_ORDER` naming every problem. It may be shown to the buyer (status 422, `expose`)
 * when the mobile number is all that is wrong; otherwise the shop's code is at fault (status 500).
 */
export function checkOrder(input: unknown, rules: OrderRules): CheckedOrder {
  const schemas = rules.cellNumberRequired ? WITH_CELL_NUMBER : WITHOUT_CELL_NUMBER;
  const result = schemas[rules.currency].validate(saidIn(input)) as Joi.ValidationResult<ValidOrder>;
  if (result.error) throw orderError(result.error.details);
  const { value } = result;
  const rials = (amount: number): number => (rules.currency === 'IRT' ? amount * 10 : amount);
  return {
    orderId: String(value.orderId),
    amount: rials(value.amount),
    currency: rules.currency,
    cellNumber: value.cellNumber ?? null,
    description: value.description ?? null,
    metadata: value.metadata ?? null,
    settlement: value.settlement?.map((item) => ({ ...item, amount: rials(item.amount) })) ?? null,
  };
}

/** Fields that may be left out, as null says too. A text of nothing but spaces says no more than that. */
const OPTIONAL = ['cellNumber', 'description', 'metadata', 'settlement'] as const;
const TEXTS: ReadonlySet<string> = new Set(['cellNumber', 'description']);

/**
 * What an order says by itself. What stands on a prototype is no word of the shop's: any code of the process may have
 * put it there. Joi's own `empty` would try every value against a schema more.
 */
function saidIn(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;
  const order = Object.assign(Object.create(null) as Record<string, unknown>, input);
  for (const field of OPTIONAL) {
    const value = order[field];
    if (value === null || (TEXTS.has(field) && isBlank(value))) order[field] = undefined;
  }
  return order;
}

const isBlank = (value: unknown): boolean => typeof value === 'string' && value.trim() === '';

function orderError(details: Joi.ValidationErrorItem[]): AtipayError {
  const problems = details.map((detail) => detail.message).join('; ');
  const buyers = details.every((detail) => detail.path[0] === 'cellNumber');
  return new AtipayError('ERR_ATIPAY_ORDER', `The order cannot be paid: ${problems}.`, {
    status: buyers ? 422 : 500,
    expose: buyers,
  });
}

const latinDigits = (text: string): string =>
  text.replace(/[\u06F0-\u06F9\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) & 0xf));

/** A mobile number as people type it, as `09xxxxxxxxx`; undefined when it is none. */
export function normalizeCellNumber(text: string): string | undefined {
  const compact = latinDigits(text).replace(/[\s\p{Cf}\p{Pd}\u0640().]/gu, '');
  const national = /^(?:\+98|0098|98|0)?(9\d{9})$/.exec(compact)?.[1];
  return national === undefined ? undefined : `0${national}`;
}

/** An Iranian IBAN in compact form; undefined when form or check digits (ISO 13616, modulo 97) are wrong. */
export function normalizeIban(text: string): string | undefined {
  const compact = latinDigits(text).replace(/[\s-]/g, '').toUpperCase();
  if (!/^IR\d{24}$/.test(compact)) return undefined;
  // I and R stand for 18 and 27; country and check digits move to the end.
  const number = BigInt(`${compact.slice(4)}1827${compact.slice(2, 4)}`);
  return number % 97n === 1n ? compact : undefined;
}

/**
 * A new invoice number: 13 digits of epoch milliseconds and 7 random ones, so that numbers sort by time and do not
 * tell how many orders a shop has. Well under the gateway's 40 characters (protocol §1).
 */
export function newInvoiceNumber(now: number): string {
  return String(now).padStart(13, '0') + String(randomInt(10_000_000)).padStart(7, '0');
}
