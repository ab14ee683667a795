import type { PaymentRecord } from '../../core/record';
import type { ExportRange } from '../export';
import { daysLater, startOfDay } from '../dates';
import type { Operator } from '../operator';
import { eachPayment } from '../pages';
import { DailySums, type DailySum } from './daily';
import { matchRows } from './match';
import { readReport, type Report, type ReportOptions, type ReportRow } from './report';

/**
 * `matched`; `amountDiffers`; `notPaidHere`: in the report, and not paid here; `notInReport`: paid here; `twice`: a payment
 * that the report holds more than once; `outside`: confirmed outside the period.
 */
export const LISTS = ['matched', 'amountDiffers', 'notPaidHere', 'notInReport', 'twice', 'outside'] as const;
export type ListName = (typeof LISTS)[number];

/** What to do about a line that is not paid here. */
export type Advice = 'resolve' | 'giveBack' | 'wait' | 'unknown';

/** One line of a list. */
export interface ReconcileLine {
  list: ListName;
  /** Missing for a payment that is not in the report. */
  row?: ReportRow;
  /** Missing for a row that no payment fits. */
  payment?: PaymentRecord;
  advice?: Advice;
}

/** A list: its sums, and its first lines. Amounts are Rials. */
export interface ReconcileList {
  count: number;
  /** By the report; of `notInReport`, by the shop. */
  amount: number;
  lines: ReconcileLine[];
}

/** A report compared with the shop's payments. Nothing was changed. */
export interface Reconciliation {
  lists: Record<ListName, ReconcileList>;
  /** Rows with negative amounts. */
  reversals: { count: number; amount: number };
  /** Sums and empty rows that were left out. */
  left: number;
  rows: number;
  /** Undefined when neither the caller nor the report names one: `notInReport` is empty then. */
  period: ExportRange | undefined;
  columns: Report['columns'];
  unit: Report['unit'];
  daily: DailySum[];
}

/** How a report is compared. */
export interface ReconcileOptions extends ReportOptions {
  /** The period of the report; by the dates of its rows when left out. */
  period?: ExportRange | undefined;
  /** Lines kept of each list. Default 500. */
  keep?: number;
  /** Called for each line of each list. */
  onLine?: (line: ReconcileLine) => void;
  /** Called with the rows compared so far. */
  onProgress?: (rows: number) => void;
}

const BATCH = 400;

/**
 * Compares the facilitator's report with the payments, as a stream.
 *
 * @throws ReportProblem for a report that cannot be read.
 */
export async function reconcile(
  operator: Operator,
  bytes: AsyncIterable<Uint8Array>,
  options: ReconcileOptions = {},
): Promise<Reconciliation> {
  const report = await readReport(bytes, options);
  const work = new Work(operator, options);
  let batch: ReportRow[] = [];
  for await (const row of report.rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    await work.compare(batch);
    batch = [];
  }
  await work.compare(batch);
  await work.lookForMissing();
  return work.result(report);
}

class Work {
  readonly #operator: Operator;
  readonly #options: ReconcileOptions;
  readonly #met = new Set<string>();
  readonly #daily = new DailySums();
  readonly #lists = Object.fromEntries(
    LISTS.map((list) => [list, { count: 0, amount: 0, lines: [] }]),
  ) as unknown as Record<ListName, ReconcileList>;
  readonly #reversals = { count: 0, amount: 0 };
  #rows = 0;
  #first = Infinity;
  #last = -Infinity;

  constructor(operator: Operator, options: ReconcileOptions) {
    this.#operator = operator;
    this.#options = options;
  }

  async compare(rows: readonly ReportRow[]): Promise<void> {
    if (rows.length === 0) return;
    const payments = await matchRows(
      this.#operator,
      rows.filter(({ amount }) => amount > 0),
    );
    let next = 0;
    for (const row of rows) {
      if (row.at !== undefined) this.#first = Math.min(this.#first, row.at);
      if (row.at !== undefined) this.#last = Math.max(this.#last, row.at);
      if (row.amount > 0) this.#place(row, payments[next++]);
      else this.#reverse(row);
    }
    this.#rows += rows.length;
    this.#options.onProgress?.(this.#rows);
  }

  /** Reads payments that are paid here in the period and missing in the report. */
  async lookForMissing(): Promise<void> {
    const period = this.#period;
    if (!period) return;
    const { store, account } = this.#operator;
    for await (const payment of eachPayment(store, { account, statuses: ['paid'], confirmed: period })) {
      this.#daily.add('shop', payment.verifiedAt ?? period.from, payment.terminalId, payment.amount);
      if (!this.#met.has(payment.invoiceNumber)) this.#add({ list: 'notInReport', payment }, payment.amount);
    }
  }

  result({ columns, unit, left }: Report): Reconciliation {
    return {
      ...{ columns, unit, left: left.count, rows: this.#rows, period: this.#period },
      ...{ lists: this.#lists, reversals: this.#reversals, daily: this.#daily.all() },
    };
  }

  get #period(): ExportRange | undefined {
    const { period } = this.#options;
    if (period || this.#last < this.#first) return period;
    return { from: startOfDay(this.#first), before: daysLater(this.#last, 1) };
  }

  #place(row: ReportRow, payment: PaymentRecord | undefined): void {
    const at = row.at ?? payment?.verifiedAt;
    this.#daily.add('report', at ?? undefined, row.terminal || (payment?.terminalId ?? null), row.amount);
    if (!payment) {
      this.#add({ list: 'notPaidHere', row, advice: 'unknown' }, row.amount);
      return;
    }
    const list = this.#listOf(row, payment);
    this.#met.add(payment.invoiceNumber);
    const advice = list === 'notPaidHere' ? { advice: ADVICE[payment.status] ?? 'wait' } : {};
    this.#add({ list, row, payment, ...advice }, row.amount);
  }

  #listOf(row: ReportRow, payment: PaymentRecord): ListName {
    const { period } = this.#options;
    const { status, verifiedAt } = payment;
    if (this.#met.has(payment.invoiceNumber)) return 'twice';
    if (status !== 'paid') return 'notPaidHere';
    if (row.amount !== payment.amount) return 'amountDiffers';
    const at = verifiedAt ?? 0;
    return period && (at < period.from || at >= period.before) ? 'outside' : 'matched';
  }

  #reverse({ amount }: ReportRow): void {
    this.#reversals.count += 1;
    this.#reversals.amount += amount;
  }

  #add(line: ReconcileLine, amount: number): void {
    const list = this.#lists[line.list];
    list.count += 1;
    list.amount += amount;
    if (list.lines.length < (this.#options.keep ?? 500)) list.lines.push(line);
    this.#options.onLine?.(line);
  }
}

const ADVICE: Partial<Record<PaymentRecord['status'], Advice>> = { review: 'resolve', failed: 'giveBack' };
