import type { PaymentStatus } from './record';

/** The properties of a status. */
export interface StatusFacts {
  /** No other payment of the order is verified meanwhile. */
  holdsOrder: boolean;
  /** Nothing leads out of it. */
  final: boolean;
  /** The shop's hook that is called once the payment is in it. */
  hook: 'onSuccess' | 'onFailure' | 'onReview' | null;
  /** The buyer has brought a receipt: no new attempt of the order is started. */
  takesOrder: boolean;
  /** The buyer may still pay with it. */
  open: boolean;
}

const open: StatusFacts = { holdsOrder: false, final: false, hook: null, takesOrder: false, open: true };

/** The statuses of a payment. */
export const STATUSES: Readonly<Record<PaymentStatus, StatusFacts>> = {
  created: open,
  pending: open,
  received: { holdsOrder: false, final: false, hook: null, takesOrder: true, open: false },
  verifying: { holdsOrder: true, final: false, hook: null, takesOrder: true, open: false },
  paid: { holdsOrder: true, final: true, hook: 'onSuccess', takesOrder: true, open: false },
  failed: { holdsOrder: false, final: true, hook: 'onFailure', takesOrder: false, open: false },
  review: { holdsOrder: true, final: false, hook: 'onReview', takesOrder: true, open: false },
};

/** Every status, from the first to the last. */
export const EVERY: readonly PaymentStatus[] = [
  'created',
  'pending',
  'received',
  'verifying',
  'paid',
  'failed',
  'review',
];

const statusesThat = (holds: (facts: StatusFacts) => boolean): readonly PaymentStatus[] =>
  EVERY.filter((status) => holds(STATUSES[status]));

/** The payment holds its order. */
export const HOLDING = statusesThat(({ holdsOrder }) => holdsOrder);
/** The payment has a receipt, and the order is not charged again. */
export const TAKING = statusesThat(({ takesOrder }) => takesOrder);
/** The payment is, or may still become, the one that pays its order. */
export const ALIVE = statusesThat(({ holdsOrder, final }) => holdsOrder || !final);
/** No final word has been stored. */
export const UNDECIDED = statusesThat(({ final }) => !final);
/** Nothing leads out of them. */
export const FINAL = statusesThat(({ final }) => final);
/** Statuses that call a hook. */
export const HOOKED = statusesThat(({ hook }) => hook !== null);

/** A status with a hook. */
export type Outcome = 'paid' | 'failed' | 'review';

/** Whether a status has a hook. */
export const isOutcome = (status: PaymentStatus): status is Outcome => STATUSES[status].hook !== null;

/** Whether the shop is to know how the payment stands. */
export const hasOutcome = <T extends { status: PaymentStatus }>(
  payment: T,
): payment is T & { status: Outcome } => isOutcome(payment.status);

/** The order in which a sweep works: answers that buyers wait for come before expiries. */
export const SWEEP_ORDER: readonly (readonly PaymentStatus[])[] = [
  ['verifying'],
  ['received'],
  ['paid', 'failed', 'review'],
  ['created', 'pending'],
];
