import { foldReceipt } from '../../core/receipt';
import type { PaymentRecord } from '../../core/record';
import type { PaymentFilter, TimeRange } from '../store';
import type { SqlValue } from './client';
import { storeError } from './errors';

/** A search as parts of a statement. */
export interface SearchParts {
  readonly condition: string;
  readonly order: string;
  readonly values: readonly SqlValue[];
  readonly limit: number;
}

type Condition = [sql: string, ...values: SqlValue[]];
type TimeColumn = 'created_at' | 'verified_at';

const MOST = 1_000;
const CURSOR = /^(\d{1,16}):(.{1,64})$/su;

/** @throws AtipayError `ERR_ATIPAY_STORE` for a filter that makes no sense. */
export function searchParts(filter: PaymentFilter): SearchParts {
  const { limit = 20 } = filter;
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw storeError(`search({ limit }) takes a whole number from 1 to ${MOST}.`);
  }
  const time = filter.confirmed ? 'verified_at' : 'created_at';
  const conditions = conditionsOf(filter, time);
  return {
    condition: conditions.map(([sql]) => sql).join(' and '),
    order: `${time} desc, invoice_number desc`,
    values: conditions.flatMap(([, ...values]) => values),
    limit,
  };
}

/** Where the page after this record begins. */
export const cursorAfter = (filter: PaymentFilter, record: PaymentRecord): string =>
  `${filter.confirmed ? (record.verifiedAt ?? 0) : record.createdAt}:${record.invoiceNumber}`;

function conditionsOf(filter: PaymentFilter, time: TimeColumn): Condition[] {
  const { referenceNumber: receipt } = filter;
  return [
    ['account = ?', filter.account],
    ...equal('invoice_number', filter.invoiceNumber),
    ...equal('order_id', filter.orderId),
    ...equal('receipt_key', receipt === undefined ? undefined : foldReceipt(receipt)),
    ...equal('trace_number', filter.traceNumber),
    ...equal('rrn', filter.rrn),
    ...equal('cell_number', filter.cellNumber),
    ...equal('card_end', filter.cardEnd),
    ...anyOf(filter.statuses),
    ...within('created_at', filter.begun),
    ...within('verified_at', filter.confirmed),
    ...beyond(time, filter.after),
  ];
}

const equal = (column: string, value: string | undefined): Condition[] =>
  value === undefined ? [] : [[`${column} = ?`, value]];

const anyOf = (statuses: PaymentFilter['statuses']): Condition[] =>
  statuses === undefined || statuses.length === 0
    ? []
    : [[`status in (${statuses.map(() => '?').join(', ')})`, ...statuses]];

function within(column: TimeColumn, range: TimeRange | undefined): Condition[] {
  if (range === undefined) return [];
  return [
    [`${column} is not null`],
    ...compare(`${column} >= ?`, range.from),
    ...compare(`${column} < ?`, range.before),
  ];
}

function compare(sql: string, time: number | undefined): Condition[] {
  if (time === undefined) return [];
  if (Number.isFinite(time)) return [[sql, Math.ceil(time)]];
  throw storeError('search({ begun, confirmed }) takes epoch milliseconds.');
}

function beyond(time: TimeColumn, cursor: string | undefined): Condition[] {
  if (cursor === undefined) return [];
  const [, at, invoice] = CURSOR.exec(cursor) ?? [];
  if (at === undefined || invoice === undefined) {
    throw storeError('search({ after }) takes the `next` of the page before.');
  }
  return [[`(${time} < ? or (${time} = ? and invoice_number < ?))`, Number(at), Number(at), invoice]];
}
