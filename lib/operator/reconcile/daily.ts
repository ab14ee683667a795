import { startOfDay } from '../dates';

/** The sum of one terminal on one day of Tehran, which the bank deposits. */
export interface DailySum {
  /** The day's first moment; undefined for rows without a date. */
  day: number | undefined;
  /** Null where it is not known. */
  terminal: string | null;
  report: { count: number; amount: number };
  shop: { count: number; amount: number };
}

/** Sums by day and terminal. */
export class DailySums {
  readonly #sums = new Map<string, DailySum>();

  add(side: 'report' | 'shop', at: number | undefined, terminal: string | null, amount: number): void {
    const day = at === undefined ? undefined : this.#dayOf(at);
    const key = `${day} ${terminal}`;
    const sum = this.#sums.get(key) ?? { day, terminal, report: none(), shop: none() };
    this.#sums.set(key, sum);
    sum[side].count += 1;
    sum[side].amount += amount;
  }

  /** By day, then terminal. */
  all(): DailySum[] {
    return [...this.#sums.values()].sort(
      (a, b) => (a.day ?? 0) - (b.day ?? 0) || (a.terminal ?? '').localeCompare(b.terminal ?? ''),
    );
  }

  #known = { from: NaN, before: NaN };

  /** Rows of one day come together: the calendar is asked once for them. */
  #dayOf(at: number): number {
    if (!(at >= this.#known.from && at < this.#known.before)) {
      const from = startOfDay(at);
      this.#known = { from, before: from + SHORTEST_DAY };
    }
    return this.#known.from;
  }
}

/** A day on which clocks are put forward. */
const SHORTEST_DAY = 23 * 3_600_000;
const none = (): DailySum['report'] => ({ count: 0, amount: 0 });
