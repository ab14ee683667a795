import type { FailureReason, PaymentStatus } from '../../core/record';
import type { LookUpQuery, TallyQuery, TallyRow } from '../store';
import type { Row } from './client';
import { placed, type Dialect } from './dialect';
import type { Statement } from './statements';

/** The columns that a tally's periods are about. */
export const TIMES = { begun: 'created_at', confirmed: 'verified_at' } as const;
/** The columns that payments are looked up by. */
export const LOOKED_UP = {
  invoiceNumber: 'invoice_number',
  receiptKey: 'receipt_key',
  rrn: 'rrn',
  traceNumber: 'trace_number',
} as const;

/** Counts and sums of payments. Steps are made with `%`, which every dialect has for whole numbers. */
export function tallyStatement(dialect: Dialect, table: string, query: TallyQuery): Statement {
  const { account, by, from, before, everyMs } = query;
  const time = TIMES[by];
  const sql =
    `select ${time} - ((${time} - ?) % ?) as step, status, failure_reason as reason, count(*) as payments, ` +
    `sum(amount) as total, sum(given_back) as returned from ${table} ` +
    `where account = ? and ${time} >= ? and ${time} < ? group by 1, 2, 3 order by 1`;
  return { sql: placed(dialect, sql), values: [from, everyMs, account, from, before] };
}

/** One row of the answer. PostgreSQL answers sums as text. */
export const toTallyRow = (row: Row): TallyRow => ({
  at: Number(row['step']),
  status: row['status'] as PaymentStatus,
  failureReason: row['reason'] as FailureReason | null,
  count: Number(row['payments']),
  amount: Number(row['total']),
  givenBack: Number(row['returned']),
});

/** The condition and the values of a look-up. */
export const lookUpCondition = ({ account, field, values }: LookUpQuery): [string, string[]] => [
  `account = ? and ${LOOKED_UP[field]} in (${values.map(() => '?').join(', ')})`,
  [account, ...values],
];
