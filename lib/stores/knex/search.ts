import type { PaymentStatus } from '../../payment';
import { storeError, type Dialect, type TableName } from './dialect';
import { selectFrom } from './statements';

/** Which payments an operator looks for: those that meet every condition given. */
export interface PaymentFilter {
  /** With it, an index finds orders, receipts and reviews; without it, the table is read. */
  account?: string | undefined;
  /** One attempt. */
  invoiceNumber?: string | undefined;
  /** All attempts of an order. */
  orderId?: string | undefined;
  /** The receipt, whole. */
  referenceNumber?: string | undefined;
  /** The number the buyer saw at the bank. */
  traceNumber?: string | undefined;
  /** Any of these. */
  statuses?: readonly PaymentStatus[] | undefined;
  /** The last digits of the card. */
  cardEnd?: string | undefined;
  /** Begun at this time or later, in epoch milliseconds. */
  since?: number | undefined;
  /** Begun before this time, in epoch milliseconds. */
  until?: number | undefined;
  /** At most so many, the newest. Default 20. */
  limit?: number | undefined;
}

const MOST = 10_000;

/** The statement that finds them, newest first, and its values. @throws AtipayError `ERR_ATIPAY_STORE` for a bad filter. */
export function searchStatement(
  dialect: Dialect,
  name: TableName,
  filter: PaymentFilter,
): { sql: string; values: (string | number)[] } {
  const { limit = 20 } = filter;
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw storeError(`search({ limit }) takes a whole number from 1 to ${MOST}.`);
  }
  const conditions = conditionsOf(filter);
  const where = conditions.length === 0 ? '' : ` where ${conditions.map(([sql]) => sql).join(' and ')}`;
  // Invoice numbers begin with the time, and theirs is the one index that covers every account.
  const sql = `${selectFrom(dialect, name)}${where} order by invoice_number desc limit ?`;
  return { sql, values: [...conditions.flatMap(([, values]) => values), limit] };
}

type Condition = [sql: string, values: readonly (string | number)[]];

function conditionsOf(filter: PaymentFilter): Condition[] {
  const { account, invoiceNumber, orderId, referenceNumber, traceNumber } = filter;
  return [
    ...equal('account', account),
    ...equal('invoice_number', invoiceNumber),
    ...equal('order_id', orderId),
    ...equal('reference_number', referenceNumber),
    ...equal('trace_number', traceNumber),
    ...anyOf(filter.statuses),
    ...endsWith(filter.cardEnd),
    ...compare('>=', filter.since),
    ...compare('<', filter.until),
  ];
}

const equal = (column: string, value: string | undefined): Condition[] =>
  value === undefined ? [] : [[`${column} = ?`, [value]]];

const anyOf = (statuses: readonly PaymentStatus[] | undefined): Condition[] =>
  statuses === undefined || statuses.length === 0
    ? []
    : [[`status in (${statuses.map(() => '?').join(', ')})`, statuses]];

function endsWith(digits: string | undefined): Condition[] {
  if (digits === undefined) return [];
  if (!/^\d{1,6}$/.test(digits)) throw storeError('search({ cardEnd }) takes the last digits of a card.');
  return [['masked_pan like ?', [`%${digits}`]]];
}

/** A time as invoice numbers begin: 13 digits, so that text compares as time does. */
function compare(operator: '>=' | '<', time: number | undefined): Condition[] {
  if (time === undefined) return [];
  if (!Number.isFinite(time)) throw storeError('search({ since, until }) takes epoch milliseconds.');
  const digits = String(Math.max(0, Math.ceil(time))).padStart(13, '0');
  return [[`invoice_number ${operator} ?`, [digits]]];
}
