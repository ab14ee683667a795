import { isShopFault } from '../core/reasons';
import type { FailureReason, PaymentRecord } from '../core/record';
import { FINAL, UNDECIDED } from '../core/statuses';
import { DAY, HOUR, MINUTE } from './dates';
import type { Operator } from './operator';
import { cameBack } from './situation';

/** Something that a person must see to. */
export type AttentionItem =
  | {
      /**
       * `review`: a person decides. `hook`: the shop does not know the outcome for an hour. `overdue`: no sweep has looked at
       * it in time.
       */
      kind: 'review' | 'hook' | 'overdue';
      /** Since when; epoch milliseconds. */
      since: number;
      payment: PaymentRecord;
    }
  | {
      /**
       * `noCallbacks`: no buyer has come back in a row. `noTokens`: AtiPay gives no token. `shopFault`: payments fail for a
       * reason about the shop.
       */
      kind: 'noCallbacks' | 'noTokens' | 'shopFault';
      since: number;
      /** Payments in a row. */
      count: number;
      reason?: FailureReason;
    };

/** Payments that need a person, most urgent first. */
export interface Attention {
  items: AttentionItem[];
  /** There are more than are listed. */
  more: boolean;
}

/** Listed of each kind. */
const LIMIT = 100;
/** A hook that did not return for so long needs a person. */
const HOOK_MS = HOUR;
/** A sweep comes every half a minute; an outage of the gateway delays it. */
const OVERDUE_MS = 10 * MINUTE;
/** A buyer who has been at the bank for so long usually is back. */
const BACK_MS = 10 * MINUTE;
/** Payments in a row that make a pattern. */
const IN_A_ROW = 5;
const NEWEST = 100;

/** The first is the most urgent: it stops every buyer. */
const URGENCY = ['shopFault', 'noTokens', 'noCallbacks', 'review', 'hook', 'overdue'] as const;

/** Reads the payments that need a person: each part is one look-up by an index, of at most 100 payments. */
export async function attention(operator: Operator): Promise<Attention> {
  const { store, account } = operator;
  const [reviews, hooks, overdue, newest] = await Promise.all([
    store.inReview(account, LIMIT),
    undelivered(operator),
    overduePayments(operator),
    store.search({ account, limit: NEWEST }),
  ]);
  const items = [
    ...patterns(newest.payments, operator.now()),
    ...reviews.map((payment) => item('review', payment, payment.updatedAt)),
    ...hooks.map((payment) => item('hook', payment, decidedAt(payment))),
    ...overdue.map((payment) => item('overdue', payment, payment.dueAt ?? payment.updatedAt)),
  ];
  const rank = ({ kind }: AttentionItem): number => URGENCY.indexOf(kind);
  items.sort((a, b) => rank(a) - rank(b) || a.since - b.since);
  return { items, more: [reviews, hooks, overdue].some(({ length }) => length >= LIMIT) };
}

const item = (kind: 'review' | 'hook' | 'overdue', payment: PaymentRecord, since: number): AttentionItem => ({
  kind,
  since,
  payment,
});

/** When it came into its status: later entries are acts and calls. */
const decidedAt = ({ history, status, updatedAt }: PaymentRecord): number =>
  history.find((entry) => entry.status === status)?.at ?? updatedAt;

/** Decided payments whose hook has not returned. Those whose next call lies ahead are among them. */
async function undelivered(operator: Operator): Promise<PaymentRecord[]> {
  const now = operator.now();
  const due = await readDue(operator, FINAL, now + DAY);
  return due.filter((record) => record.hookDeliveredAt === null && now - decidedAt(record) >= HOOK_MS);
}

/** Undecided payments that a sweep should have looked at. */
const overduePayments = (operator: Operator): Promise<PaymentRecord[]> =>
  readDue(
    operator,
    UNDECIDED.filter((status) => status !== 'review'),
    operator.now() - OVERDUE_MS,
  );

async function readDue(
  { store, account, origins }: Operator,
  statuses: readonly PaymentRecord['status'][],
  until: number,
): Promise<PaymentRecord[]> {
  const from = await origins();
  if (from.length === 0) return [];
  return store.due({
    ...{ account, origins: from, statuses, now: until, limit: LIMIT },
    // A sweep reports such a row with its invoice number.
    onUnreadable: () => undefined,
  });
}

/** Rows of payments, newest first, that end alike: something stands between the buyers and the shop. */
function patterns(newest: readonly PaymentRecord[], now: number): AttentionItem[] {
  const recent = newest.filter(({ createdAt }) => now - createdAt < DAY);
  const { failureReason: reason } = recent[0] ?? {};
  const shopFault = run(recent, (payment) => reason !== null && payment.failureReason === reason);
  const atBank = recent.filter((payment) => payment.token !== null && now - payment.createdAt >= BACK_MS);
  return [
    ...(reason && isShopFault(reason) ? pattern('shopFault', shopFault, reason) : []),
    ...pattern('noTokens', run(recent, withoutToken)),
    ...pattern(
      'noCallbacks',
      run(atBank, (payment) => !cameBack(payment)),
    ),
  ];
}

const withoutToken = ({ failureReason }: PaymentRecord): boolean =>
  failureReason === 'TokenRefused' || failureReason === 'GatewayUnavailable';

/** The payments from the newest on for which this holds. */
function run(
  payments: readonly PaymentRecord[],
  holds: (payment: PaymentRecord) => boolean,
): PaymentRecord[] {
  const end = payments.findIndex((payment) => !holds(payment));
  return payments.slice(0, end === -1 ? payments.length : end);
}

function pattern(
  kind: 'noCallbacks' | 'noTokens' | 'shopFault',
  payments: readonly PaymentRecord[],
  reason?: FailureReason,
): AttentionItem[] {
  const oldest = payments.at(-1);
  if (!oldest || payments.length < IN_A_ROW) return [];
  return [{ kind, since: oldest.createdAt, count: payments.length, ...(reason && { reason }) }];
}
