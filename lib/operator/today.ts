import type { FailureReason, PaymentStatus } from '../core/record';
import { EVERY } from '../core/statuses';
import type { TallyQuery, TallyRow } from '../stores/store';
import { DAY, HOUR, daysLater, startOfDay } from './dates';
import type { Operator } from './operator';
import { eachPayment } from './pages';

/** A count and the Rials of it. */
export interface Sum {
  count: number;
  amount: number;
}

/** The figures of one day in Tehran. */
export interface DayFigures {
  /** The day's first moment, and that of the next day. */
  from: number;
  before: number;
  /** Payments begun on the day, by their present status. */
  begun: Record<PaymentStatus, Sum>;
  started: Sum;
  /** Payments confirmed on the day, whenever they were begun. */
  confirmed: Sum;
  /** Given back by now of the payments confirmed on the day. */
  givenBack: number;
  /** Of the payments begun, the share that is paid: 0 to 1; null when none was begun. */
  conversion: number | null;
  /** Confirmed by hour, from the day's first one. */
  hours: Sum[];
  /** Why payments begun on the day failed or are in review, the most frequent first. */
  reasons: (Sum & { reason: FailureReason })[];
}

/** A day, the day before and the same weekday of the week before. */
export interface Today {
  day: DayFigures;
  yesterday: DayFigures;
  lastWeek: DayFigures;
}

const HOURS = 24;

/** The figures of the day that `at` is in, and what to compare them with. */
export async function today(operator: Operator, at: number): Promise<Today> {
  const [day, yesterday, lastWeek] = await Promise.all(
    [0, -1, -7].map((days) => dayFigures(operator, daysLater(startOfDay(at), days))),
  );
  // Three promises resolve to three values.
  return { day, yesterday, lastWeek } as Today;
}

/** The figures of the day that begins at `from`. */
export async function dayFigures(operator: Operator, from: number): Promise<DayFigures> {
  const before = daysLater(from, 1);
  const { account } = operator;
  const range = { account, from, before };
  const [begun, confirmed] = await Promise.all([
    tally(operator, { ...range, by: 'begun', everyMs: DAY + HOUR }),
    tally(operator, { ...range, by: 'confirmed', everyMs: HOUR }),
  ]);
  const paid = confirmed.filter(({ status }) => status === 'paid');
  const byStatus = Object.fromEntries(
    EVERY.map((status) => [status, sumOf(begun.filter((row) => row.status === status))]),
  ) as Record<PaymentStatus, Sum>;
  const started = sumOf(begun);
  return {
    from,
    before,
    begun: byStatus,
    started,
    confirmed: sumOf(paid),
    givenBack: paid.reduce((sum, row) => sum + row.givenBack, 0),
    conversion: started.count === 0 ? null : byStatus.paid.count / started.count,
    hours: Array.from({ length: HOURS }, (_, hour) =>
      sumOf(paid.filter((row) => row.at === from + hour * HOUR)),
    ),
    reasons: reasonsOf(begun),
  };
}

const sumOf = (rows: readonly TallyRow[]): Sum => ({
  count: rows.reduce((sum, row) => sum + row.count, 0),
  amount: rows.reduce((sum, row) => sum + row.amount, 0),
});

function reasonsOf(rows: readonly TallyRow[]): DayFigures['reasons'] {
  const reasons = [...new Set(rows.flatMap(({ failureReason }) => failureReason ?? []))];
  return reasons
    .map((reason) => ({ reason, ...sumOf(rows.filter((row) => row.failureReason === reason)) }))
    .sort((a, b) => b.count - a.count);
}

/** By the store, or by reading the payments where it cannot count. */
export async function tally(operator: Operator, query: TallyQuery): Promise<TallyRow[]> {
  const { store } = operator;
  if (store.tally) return store.tally(query);
  const { account, by, from, before, everyMs } = query;
  const rows = new Map<string, TallyRow>();
  for await (const payment of eachPayment(store, { account, [by]: { from, before } })) {
    const time = (by === 'begun' ? payment.createdAt : payment.verifiedAt) ?? from;
    const at = time - ((time - from) % everyMs);
    const { status, failureReason, amount, givenBack } = payment;
    const key = [at, status, failureReason].join(' ');
    const row = rows.get(key) ?? { at, status, failureReason, count: 0, amount: 0, givenBack: 0 };
    row.count += 1;
    row.amount += amount;
    row.givenBack += givenBack;
    rows.set(key, row);
  }
  return [...rows.values()].sort((a, b) => a.at - b.at);
}
