import Joi from 'joi';
import { normalizeCellNumber, normalizeIban } from './iran';
import type { Currency, SettlementItem } from './record';
import { isOneLine } from './text';

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
    // A value without JSON, such as a function, is undefined here and fails below, as a circular one does.
    const text = JSON.stringify(value);
    return text.length > METADATA_LIMIT ? helpers.error('metadata.form') : (JSON.parse(text) as unknown);
  } catch {
    return helpers.error('metadata.form');
  }
};

/** Shares that are valid are numbers by now. */
const figureOf = (value: unknown): number => (typeof value === 'number' ? value : NaN);

/** Says nothing while an amount is invalid. */
const addsUp: Joi.CustomValidator<(Partial<SettlementItem> | null)[]> = (items, helpers) => {
  const [{ amount }] = helpers.state.ancestors as [{ amount: unknown }];
  const sum = items.reduce((total, item) => total + figureOf(item?.amount), 0);
  const readable = Number.isSafeInteger(amount) && Number.isInteger(sum);
  return readable && sum !== amount ? helpers.error('settlement.sum', { sum, amount }) : items;
};

const amountIn = (currency: Currency): Joi.Schema =>
  Joi.any().required().custom(wholeAmount(LARGEST[currency]));

const cellNumberSchema = Joi.string().trim().custom(mobile).messages({
  'any.required': '{#label} is missing: give the buyer’s mobile number, or set cellNumberRequired: false',
});

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
  'string.base': '{#label} must be a string',
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

/** One for each pair of rules: options given to `validate` would be worked in anew with every call. */
export const ORDER_SCHEMAS = {
  withCellNumber: schemasFor(cellNumberSchema.required()),
  withoutCellNumber: schemasFor(cellNumberSchema),
};

function schemasFor(cellNumber: Joi.Schema): Record<Currency, Joi.ObjectSchema> {
  return { IRR: schemaFor(cellNumber, 'IRR'), IRT: schemaFor(cellNumber, 'IRT') };
}
