import { foldReceipt } from '../../core/receipt';
import type { PaymentRecord } from '../../core/record';
import type { PaymentFilter, TimeRange } from '../store';
import type { SqlValue } from './client';
import { storeError } from './errors';

/** A condition on a column of the payments table. */
export type Condition =
  | { readonly is: '=' | '>=' | '<'; readonly column: string; readonly value: string | number }
  | { readonly is: 'among'; readonly column: string; readonly values: readonly string[] }
  | { readonly is: 'present'; readonly column: string }
  | { readonly is: 'beyond'; readonly column: TimeColumn; readonly at: number; readonly invoice: string };

/** A search, checked: all of its conditions, newest first by a time. */
export interface SearchPlan {
  readonly conditions: readonly Condition[];
  readonly time: TimeColumn;
  readonly limit: number;
}

/** A search as parts of a statement. */
export interface SearchParts {
  readonly condition: string;
  readonly order: string;
  readonly values: readonly SqlValue[];
  readonly limit: number;
}

type TimeColumn = (typeof TIMES)[keyof typeof TIMES];
/** A time of a payment that a search can be about. */
type Time = keyof typeof TIMES;

const TIMES = {
  createdAt: 'created_at',
  verifiedAt: 'verified_at',
  givenBackAt: 'given_back_at',
} as const;

/** The time by which the payments of a search are ordered, newest first. */
export const timeOf = ({ confirmed, givenBack }: PaymentFilter): Time =>
  confirmed ? 'verifiedAt' : givenBack ? 'givenBackAt' : 'createdAt';

const MOST = 1_000;
const CURSOR = /^(\d{1,16}):(.{1,64})$/su;

/** @throws AtipayError `ERR_ATIPAY_STORE` for a filter that makes no sense. */
export function searchPlan(filter: PaymentFilter): SearchPlan {
  const { limit = 20 } = filter;
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw storeError(`search({ limit }) takes a whole number from 1 to ${MOST}.`);
  }
  const time = TIMES[timeOf(filter)];
  return { conditions: conditionsOf(filter, time), time, limit };
}

/** {@link searchPlan} as SQL. */
export function searchParts(filter: PaymentFilter): SearchParts {
  const { conditions, time, limit } = searchPlan(filter);
  const parts = conditions.map(toSql);
  return {
    condition: parts.map(([sql]) => sql).join(' and '),
    order: `${time} desc, invoice_number desc`,
    values: parts.flatMap(([, ...values]) => values),
    limit,
  };
}

/** Where the page after this record begins. */
export const cursorAfter = (filter: PaymentFilter, record: PaymentRecord): string =>
  `${record[timeOf(filter)] ?? 0}:${record.invoiceNumber}`;

function toSql(condition: Condition): [sql: string, ...values: SqlValue[]] {
  const { column } = condition;
  switch (condition.is) {
    case 'among':
      return [`${column} in (${condition.values.map(() => '?').join(', ')})`, ...condition.values];
    case 'present':
      return [`${column} is not null`];
    case 'beyond': {
      const { at, invoice } = condition;
      // The first half alone lets an index begin here: databases do not look into an `or`.
      return [`${column} <= ? and (${column} < ? or invoice_number < ?)`, at, at, invoice];
    }
    default:
      return [`${column} ${condition.is} ?`, condition.value];
  }
}

function conditionsOf(filter: PaymentFilter, time: TimeColumn): Condition[] {
  const { referenceNumber: receipt } = filter;
  return [
    ...equal('account', filter.account),
    ...equal('invoice_number', filter.invoiceNumber),
    ...equal('order_id', filter.orderId),
    ...equal('receipt_key', receipt === undefined ? undefined : foldReceipt(receipt)),
    ...equal('trace_number', filter.traceNumber),
    ...equal('rrn', filter.rrn),
    ...equal('cell_number', filter.cellNumber),
    ...equal('card_end', filter.cardEnd),
    ...among('status', filter.statuses),
    ...within('created_at', filter.begun),
    ...within('verified_at', filter.confirmed),
    ...within('given_back_at', filter.givenBack),
    ...beyond(time, filter.after),
  ];
}

const equal = (column: string, value: string | undefined): Condition[] =>
  value === undefined ? [] : [{ is: '=', column, value }];

const among = (column: string, values: readonly string[] | undefined): Condition[] =>
  values === undefined || values.length === 0 ? [] : [{ is: 'among', column, values }];

const within = (column: TimeColumn, range: TimeRange | undefined): Condition[] =>
  range === undefined
    ? []
    : [
        { is: 'present', column },
        ...compare('>=', column, range.from),
        ...compare('<', column, range.before),
      ];

function compare(is: '>=' | '<', column: TimeColumn, time: number | undefined): Condition[] {
  if (time === undefined) return [];
  if (Number.isFinite(time)) return [{ is, column, value: Math.ceil(time) }];
  throw storeError('search({ begun, confirmed, givenBack }) takes epoch milliseconds.');
}

function beyond(column: TimeColumn, cursor: string | undefined): Condition[] {
  if (cursor === undefined) return [];
  const [, at, invoice] = CURSOR.exec(cursor) ?? [];
  if (at !== undefined && invoice !== undefined) return [{ is: 'beyond', column, at: Number(at), invoice }];
  throw storeError('search({ after }) takes the `next` of the page before.');
}
