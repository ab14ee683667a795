import type { Effect, OrderFacts, PaymentEvent } from '../../../lib/core/event';
import type { VerifyAnswerLike } from '../../../lib/core/answer';
import type { PaymentRecord } from '../../../lib/core/record';

/** The rows of one payment in the shop's tables, in the same database. */
export interface ShopBooks {
  /** How often each hook's transaction has committed. */
  paid: number;
  failed: number;
  review: number;
  /** The pending hook turned out not to be called. */
  skipped: boolean;
}

export const NOTHING_WRITTEN: ShopBooks = { paid: 0, failed: 0, review: 0, skipped: false };

/** The database: a backup holds it, and a rewind takes it back. */
export interface Database {
  /** By payment; undefined for a row that is not there. */
  rows: readonly (PaymentRecord | undefined)[];
  shop: readonly ShopBooks[];
}

/** The state of a process. It is gone when the process dies. */
export type Work =
  | { at: 'idle' }
  /** get-token is under way. `first`: the attempt that this one replaces. */
  | { at: 'token'; held: PaymentRecord; first?: PaymentRecord }
  /** The first attempt got no answer; the second is about to be stored. */
  | { at: 'afresh'; first: PaymentRecord }
  /** The second attempt has its answer; the first is about to be failed. */
  | { at: 'replaced'; first: PaymentRecord; second: PaymentRecord; reply: TokenReply }
  /** A callback has read the row and the order. */
  | { at: 'claim'; read: PaymentRecord; receipt: string; order: OrderFacts }
  /** A sweep has read a due row. */
  | { at: 'due'; held: PaymentRecord; mayVerify: boolean }
  /** A sweep, or staff, has read a waiting row and its order. */
  | { at: 'check'; held: PaymentRecord; order: OrderFacts }
  /** An attempt is counted and leased; verify-payment is about to be called. */
  | { at: 'ask'; held: PaymentRecord; tries: number }
  /** verify-payment has answered; the answer is on its way. */
  | { at: 'asked'; held: PaymentRecord; tries: number; reply: VerifyAnswerLike }
  /** A hook call is counted and leased; the hook is about to be called. */
  | { at: 'call'; held: PaymentRecord }
  /** The hook is not to be called; that is about to be stored. */
  | { at: 'skip'; held: PaymentRecord }
  /** The hook runs. `read`: the record that its transaction has stored. */
  | { at: 'hook'; held: PaymentRecord; read: PaymentRecord; applied: boolean };

export type TokenReply = 'token' | 'refused' | 'unanswered';

/** The gateway's knowledge of a receipt: nothing yet, this payment's amount taken, another amount taken, or no such. */
export type Truth = 'open' | 'taken' | 'other' | 'bad';

/** The rules' memory beside the database. */
export interface Memory {
  /** By payment: how often verify-payment was called. */
  asked: readonly number[];
  /** By payment: a person has decided. */
  byStaff: readonly boolean[];
  /** By payment: an equal amount could not be stored, and was reported. */
  reported: readonly boolean[];
  /** Something in the database has gone back in time. */
  rewound: boolean;
}

/** The remaining events. */
export interface Budget {
  /** Callbacks of buyers. */
  visits: number;
  /** Crashes, store faults, hooks that throw, and shops that do not say "payable". */
  troubles: number;
  /** Leases that run out while their process is still at work. */
  stalls: number;
  /** Acts of staff. */
  acts: number;
  /** Rewinds. */
  rewinds: number;
}

/** The whole world at one moment. Values are never changed in place. */
export interface State {
  now: number;
  db: Database;
  /** An earlier state of the database that a rewind may bring back. */
  backup: Database | undefined;
  processes: readonly Work[];
  /** By receipt (folded). */
  gateway: Readonly<Record<string, Truth>>;
  memory: Memory;
  left: Budget;
}

/** The store's reaction to the first write of a step. */
export type Weather = 'fine' | 'locked' | 'lostApplied' | 'lostUnapplied';

/** The events of a step, for the rules. */
export interface Happened {
  /** The payment that it is about. */
  payment?: number;
  event?: PaymentEvent;
  effects?: readonly Effect[];
  changed?: boolean;
  /** The store's error that ended the step. */
  threw?: unknown;
  weather?: Weather;
  /** verify-payment or the hook was called with this record. */
  called?: { what: 'verify' | 'hook'; held: PaymentRecord };
  /** The hook's transaction has committed. */
  committed?: PaymentRecord;
  /** The database went back in time. */
  rewind?: boolean;
}

/** One transition. */
export interface Taken {
  before: State;
  after: State;
  happened: Happened;
}

/** Who acts in a step; a fair sweep is made of `process`, `sweep` and `clock`. */
export type Actor = 'process' | 'sweep' | 'clock' | 'buyer' | 'staff' | 'crash' | 'rewind';

/**
 * Possible answers of verify-payment: the equal amount, another, a refusal, nothing without or with the money taken.
 */
export type ReplyName = 'amount' | 'other' | 'refused' | 'aboutShop' | 'silent' | 'silentTaken';

/** One thing that can happen next. */
export interface Step {
  name: string;
  actor: Actor;
  /** The answer of the gateway that this step is about. */
  reply?: ReplyName | TokenReply;
  /** Something went wrong in it. */
  trouble?: boolean;
  /** Undefined when it makes no difference. */
  take: () => Taken | Promise<Taken | undefined>;
}

export const IDLE: Work = { at: 'idle' };

/** The payment that a process works on; undefined when it is idle. */
export function heldOf(work: Work): PaymentRecord | undefined {
  if ('held' in work) return work.held;
  if ('read' in work) return work.read;
  return 'first' in work ? work.first : undefined;
}

/** A list with one item replaced. */
export const withItem = <T>(list: readonly T[], index: number, item: T): T[] =>
  list.map((old, place) => (place === index ? item : old));

/** The state with one process at something else. */
export const withWork = (state: State, index: number, work: Work): State => ({
  ...state,
  processes: withItem(state.processes, index, work),
});

/** The state with less left of something. */
export const spend = (state: State, what: keyof Budget, cost: number): State =>
  cost === 0 ? state : { ...state, left: { ...state.left, [what]: state.left[what] - cost } };
