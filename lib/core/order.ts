import type Joi from 'joi';
import { ORDER_SCHEMAS } from './order-schema';
import type { Currency, PaymentRecord, SettlementItem } from './record';

/** An order to be paid. Amounts are in the configured currency: Rials for `IRR`, Tomans for `IRT`. */
export interface OrderInput {
  /** Names one payable thing, at most 100 characters. It is paid once: an instalment or a top-up needs an id of its own. */
  orderId: string | number | bigint;
  /** A positive whole number from the shop's database, never from the browser. */
  amount: number | bigint;
  /** The buyer's mobile in any common format: `0912…`, `+98912…`, Persian digits. Required unless `cellNumberRequired` is false. */
  cellNumber?: string | null | undefined;
  /** Shown by the gateway, at most 250 characters. */
  description?: string | null | undefined;
  /** JSON of the shop, kept with the payment and given back to hooks. At most 16,000 characters as JSON. */
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

/** The settings that the check depends on. */
export interface OrderRules {
  currency: Currency;
  cellNumberRequired: boolean;
}

/** The result of the check: an order, or all of its problems. */
export type OrderCheck =
  | { order: CheckedOrder }
  | {
      problem: string;
      /** The mobile number as typed is all that is wrong: the buyer can correct it. */
      buyersFault: boolean;
    };

interface ValidOrder {
  orderId: string | number;
  amount: number;
  cellNumber?: string;
  description?: string;
  metadata?: unknown;
  settlement?: SettlementItem[];
}

/** Checks an order at the door and turns its amounts into Rials. */
export function checkOrder(input: unknown, rules: OrderRules): OrderCheck {
  const schemas = rules.cellNumberRequired ? ORDER_SCHEMAS.withCellNumber : ORDER_SCHEMAS.withoutCellNumber;
  const result = schemas[rules.currency].validate(
    ownFields(input, rules),
  ) as Joi.ValidationResult<ValidOrder>;
  if (result.error) return problemOf(result.error.details);
  const { value } = result;
  const rials = (amount: number): number => (rules.currency === 'IRT' ? amount * 10 : amount);
  return {
    order: {
      orderId: String(value.orderId),
      amount: rials(value.amount),
      currency: rules.currency,
      cellNumber: value.cellNumber ?? null,
      description: value.description ?? null,
      metadata: value.metadata ?? null,
      settlement: value.settlement?.map((item) => ({ ...item, amount: rials(item.amount) })) ?? null,
    },
  };
}

/** Fields that may be left out, by `null` too. */
const OPTIONAL = ['description', 'metadata', 'settlement', 'cellNumber'] as const;

/** An order's fields without inherited ones: any code of the process may have put something on a prototype. */
function ownFields(input: unknown, { cellNumberRequired }: OrderRules): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;
  const order = Object.assign(Object.create(null) as Record<string, unknown>, input);
  for (const field of OPTIONAL) if (order[field] === null) order[field] = undefined;
  if (isBlank(order['description'])) order['description'] = undefined;
  // A required number that the buyer left blank is the buyer's to fill in.
  if (isBlank(order['cellNumber']) && !cellNumberRequired) order['cellNumber'] = undefined;
  if (typeof order['orderId'] === 'bigint') order['orderId'] = String(order['orderId']);
  return order;
}

const isBlank = (value: unknown): boolean => typeof value === 'string' && value.trim() === '';

/** The buyer is at fault for a number that they typed; a missing one, or one of another type, is the shop's code. */
function problemOf(details: Joi.ValidationErrorItem[]): OrderCheck {
  const problem = details.map((detail) => detail.message).join('; ');
  return {
    problem,
    buyersFault: details.every(
      ({ type, path }) => type === 'cellNumber.form' || (type === 'string.empty' && path[0] === 'cellNumber'),
    ),
  };
}

/**
 * A new invoice number: 13 digits of epoch milliseconds and 7 drawn ones, so that numbers sort by time and do not show
 * how many orders a shop has. Well under the gateway's 40 characters (protocol §1).
 *
 * @param drawn - a random whole number below 10,000,000.
 */
export const newInvoiceNumber = (now: number, drawn: number): string =>
  String(now).padStart(13, '0') + String(drawn).padStart(7, '0');

/** Whether a text has the form of {@link newInvoiceNumber}. */
export const isInvoiceNumber = (text: string): boolean => /^\d{20}$/.test(text);
