import type { PaymentRecord } from '../../core/record';
import { longestOverdueFirst } from '../sequence';
import type { DueQuery } from '../store';
import type { Row } from './client';
import { invoiceOf, toRecord } from './rows';
import type { DuePage } from './statements';

type ReadPage = (page: DuePage) => Promise<readonly Row[]>;

/** Pages that a sweep looks behind rows that it cannot read. */
const PAGES = 10;

/** Reads each status of each origin by its index, and the longest overdue of all of them. */
export async function duePayments(query: DueQuery, read: ReadPage): Promise<PaymentRecord[]> {
  const found: PaymentRecord[] = [];
  for (const origin of query.origins) {
    for (const status of query.statuses) {
      found.push(...(await readable(query, { ...query, origin, status }, read)));
    }
  }
  return found.sort(longestOverdueFirst).slice(0, query.limit);
}

/** Rows that cannot be read are named, left out, and made up for by those behind them. */
async function readable(query: DueQuery, page: DuePage, read: ReadPage): Promise<PaymentRecord[]> {
  const found: PaymentRecord[] = [];
  let after: DuePage['after'];
  for (let pages = 0; pages < PAGES && found.length < query.limit; pages++) {
    const rows = await read({ ...page, after });
    for (const row of rows) found.push(...recordOf(row, query));
    const last = rows.at(-1);
    if (!last || rows.length < query.limit) break;
    after = { dueAt: Number(last['due_at']), invoiceNumber: invoiceOf(last) };
  }
  return found.slice(0, query.limit);
}

function recordOf(row: Row, { onUnreadable }: DueQuery): PaymentRecord[] {
  try {
    return [toRecord(row)];
  } catch (error) {
    onUnreadable(invoiceOf(row), error as Error);
    return [];
  }
}
