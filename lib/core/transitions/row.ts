import type { Effect, EventName, Refused } from '../event';
import type { Guard, Input } from '../guards';
import type { FailureReason, HistoryEntry, HistoryEvent, PaymentRecord, PaymentStatus } from '../record';

/** One row of the table: the result when an event meets a payment. The first row that fits fires. */
export interface Transition<K extends EventName> {
  from: readonly PaymentStatus[];
  /** All of these hold. */
  when?: readonly Guard<K>[];
  /** None of these holds. */
  unless?: readonly Guard<K>[];
  /** The next status; the same when left out. */
  to?: PaymentStatus;
  /** Why it failed or is in review. */
  reason?: FailureReason | ((input: Input<K>) => FailureReason);
  /** Other fields that change. */
  set?: (input: Input<K>) => Partial<PaymentRecord>;
  /** The history entry, if any. */
  history?: HistoryEvent | ((input: Input<K>) => HistoryEvent | undefined);
  data?: (input: Input<K>) => NonNullable<HistoryEntry['data']>;
  /** The effects once it is stored. */
  then?: readonly Effect[];
  /** Nothing changes, and this is why. */
  refuse?: Refused;
}

/** The rows for some events. */
export type Transitions<K extends EventName> = { readonly [P in K]: readonly Transition<P>[] };
