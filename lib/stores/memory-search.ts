import { foldReceipt } from '../core/receipt';
import type { PaymentRecord } from '../core/record';
import { searchParts, cursorAfter, timeOf } from './sql/search';
import type { LookUpQuery, PaymentFilter, PaymentPage, TallyQuery, TallyRow, TimeRange } from './store';

type Rows = Iterable<PaymentRecord>;
type Time = ReturnType<typeof timeOf>;

/** {@link PaymentSearch.search} over rows in memory. Reads them all: these are the payments of a first try. */
export function searchRows(rows: Rows, filter: PaymentFilter): PaymentPage {
  const { limit } = searchParts(filter);
  const time = timeOf(filter);
  const found = [...rows]
    .filter((row) => fits(row, filter, time))
    .sort((a, b) => (b[time] ?? 0) - (a[time] ?? 0) || (a.invoiceNumber < b.invoiceNumber ? 1 : -1));
  const payments = found.slice(0, limit);
  const last = payments.at(-1);
  return { payments, next: found.length > limit && last ? cursorAfter(filter, last) : null };
}

/** {@link PaymentSearch.tally} over rows in memory. */
export function tallyRows(rows: Rows, { account, by, from, before, everyMs }: TallyQuery): TallyRow[] {
  const tally = new Map<string, TallyRow>();
  for (const row of rows) {
    const time = by === 'begun' ? row.createdAt : row.verifiedAt;
    if (row.account !== account || time === null || time < from || time >= before) continue;
    const at = time - ((time - from) % everyMs);
    const { status, failureReason } = row;
    const key = [at, status, failureReason].join(' ');
    const sum = tally.get(key) ?? { at, status, failureReason, count: 0, amount: 0, givenBack: 0 };
    const { count, amount, givenBack } = sum;
    tally.set(key, {
      ...sum,
      count: count + 1,
      amount: amount + row.amount,
      givenBack: givenBack + row.givenBack,
    });
  }
  return [...tally.values()].sort((a, b) => a.at - b.at);
}

/** {@link PaymentSearch.lookUp} over rows in memory. */
export function lookUpRows(rows: Rows, { account, field, values, limit }: LookUpQuery): PaymentRecord[] {
  const wanted = new Set<string | null>(values);
  return [...rows]
    .filter((row) => row.account === account && wanted.has(row[field]))
    .sort((a, b) => b.createdAt - a.createdAt)
    .slice(0, limit);
}

function fits(row: PaymentRecord, filter: PaymentFilter, time: Time): boolean {
  const { statuses, referenceNumber } = filter;
  return (
    row.account === filter.account &&
    EQUAL.every((field) => filter[field] === undefined || filter[field] === row[field]) &&
    (referenceNumber === undefined || row.receiptKey === foldReceipt(referenceNumber)) &&
    (!statuses?.length || statuses.includes(row.status)) &&
    within(row.createdAt, filter.begun) &&
    within(row.verifiedAt, filter.confirmed) &&
    within(row.givenBackAt, filter.givenBack) &&
    (filter.after === undefined || isBeyond(row, filter.after, time))
  );
}

const EQUAL = ['invoiceNumber', 'orderId', 'traceNumber', 'rrn', 'cellNumber', 'cardEnd'] as const;

const within = (time: number | null, range: TimeRange | undefined): boolean =>
  range === undefined ||
  (time !== null && time >= (range.from ?? -Infinity) && time < (range.before ?? Infinity));

function isBeyond(row: PaymentRecord, cursor: string, time: Time): boolean {
  const [at = '', invoice = ''] = cursor.split(':');
  const own = row[time] ?? 0;
  return own < Number(at) || (own === Number(at) && row.invoiceNumber < invoice);
}
