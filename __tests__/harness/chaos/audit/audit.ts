import type { SimulatorPayment } from 'express-atipay/simulator';
import type { Evidence, OrderRow, PaymentRow } from './books';

/** Offences that must never be found. */
export const OFFENCES = {
  moneyWithoutOrder: 'money taken, order not paid',
  orderWithoutMoney: 'order paid, money not taken',
  chargedTwice: 'order charged twice',
  receiptTwice: 'receipt used twice',
  effectMissing: 'order paid, effect missing',
  effectTwice: 'effect applied twice',
  failureReported: 'failure reported of an order that is paid',
  undecided: 'payment left undecided',
  forgeryBelieved: 'forged callback believed',
  strayTransition: 'stored transition not in the table',
} as const;

export type Offence = keyof typeof OFFENCES;

export interface Verdict {
  /** The findings, by offence: orders, receipts or invoice numbers. */
  violations: Record<Offence, string[]>;
  /** Counts that may be above zero. */
  facts: {
    orders: number;
    paidOrders: number;
    attempts: number;
    taken: number;
    verified: number;
    returned: number;
    /** Payments that wait for a person, and how many of them hold verified money. */
    review: number;
    reviewWithMoney: number;
  };
}

/** Compares the gateway's ledger with the shop's orders and payments, once everything has come to rest. */
export function audit(evidence: Evidence): Verdict {
  const money = new Money(evidence);
  const paid = evidence.orders.filter((order) => order.paid > 0);
  return {
    violations: {
      moneyWithoutOrder: money.unaccounted(),
      orderWithoutMoney: paid.filter((order) => !money.covers(order)).map(({ id }) => id),
      chargedTwice: money.chargedTwice(),
      receiptTwice: receiptsUsedTwice(evidence),
      effectMissing: paid.filter(({ id }) => !money.effects.has(id)).map(({ id }) => id),
      effectTwice: evidence.orders
        .filter(({ id, paid: times }) => times > 1 || (money.effects.get(id)?.length ?? 0) > 1)
        .map(({ id }) => id),
      failureReported: toldAlthoughPaid(evidence),
      undecided: evidence.payments.filter(isUndecided).map(({ invoiceNumber }) => invoiceNumber),
      forgeryBelieved: evidence.forgeriesBelieved,
      strayTransition: evidence.strays,
    },
    facts: facts(evidence, paid.length),
  };
}

export const isClean = ({ violations }: Verdict): boolean =>
  Object.values(violations).every((found) => found.length === 0);

/** Whose the verified money is. A receipt belongs to the order it was used for, which need not be the one it was paid for. */
class Money {
  readonly effects: Map<string, string[]>;
  private readonly verified: SimulatorPayment[];
  private readonly ownerOf = new Map<string, string>();
  private readonly inReview: Set<string>;
  private readonly paidOrders: Set<string>;

  constructor({ ledger, orders, effects, payments }: Evidence) {
    this.verified = ledger.filter(({ status }) => status === 'verified');
    this.effects = grouped(effects.map(({ orderId, referenceNumber }) => [orderId, referenceNumber]));
    this.paidOrders = new Set(orders.filter(({ paid }) => paid > 0).map(({ id }) => id));
    this.inReview = new Set(
      payments
        .filter(({ status }) => status === 'review')
        .map(({ referenceNumber }) => referenceNumber ?? ''),
    );
    for (const row of payments) this.ownerOf.set(row.referenceNumber ?? '', row.orderId);
    for (const row of effects) this.ownerOf.set(row.referenceNumber, row.orderId);
  }

  unaccounted(): string[] {
    return this.verified
      .filter((entry) => !this.inReview.has(entry.referenceNumber ?? ''))
      .filter((entry) => !this.paidOrders.has(this.owner(entry)))
      .map(({ invoiceNumber }) => invoiceNumber);
  }

  /** Exactly one verified payment of the right amount stands behind a paid order. */
  covers(order: OrderRow): boolean {
    return this.verified.some((entry) => this.owner(entry) === order.id && entry.amount === order.amount);
  }

  chargedTwice(): string[] {
    const charges = grouped(this.verified.map((entry) => [this.owner(entry), entry.invoiceNumber]));
    return [...charges].filter(([, invoices]) => invoices.length > 1).map(([orderId]) => orderId);
  }

  private owner(entry: SimulatorPayment): string {
    return this.ownerOf.get(entry.referenceNumber ?? '') ?? entry.description ?? '';
  }
}

function grouped(pairs: [string, string][]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [key, value] of pairs) groups.set(key, [...(groups.get(key) ?? []), value]);
  return groups;
}

function receiptsUsedTwice({ effects, payments }: Evidence): string[] {
  const uses: [string, string][] = effects.map((row) => [row.referenceNumber, row.orderId]);
  for (const row of payments) {
    if (row.referenceNumber !== undefined && row.status !== 'failed')
      uses.push([row.referenceNumber, row.orderId]);
  }
  return [...grouped(uses)].filter(([, orders]) => new Set(orders).size > 1).map(([receipt]) => receipt);
}

const isUndecided = (row: PaymentRow): boolean =>
  !['paid', 'failed', 'review'].includes(row.status) || row.hookDeliveredAt === undefined;

/** Longer than a shop process was ever seen to stand still, in the run's time. */
const STANDSTILL_MS = 3 * 60_000;

/**
 * The shop's hook reported that an order's payment failed, although the payment that paid it was already under way, or
 * the order was paid long before. An order whose failure was reported and that is then paid by a new attempt is no
 * offence.
 */
function toldAlthoughPaid({ told, orders, payments }: Evidence): string[] {
  const byInvoice = new Map(payments.map((row) => [row.invoiceNumber, row]));
  const paying = new Map(payments.filter(({ status }) => status === 'paid').map((row) => [row.orderId, row]));
  const paidAt = new Map(orders.map(({ id, paidAt: at }) => [id, at]));
  return told
    .filter(({ orderId, invoiceNumber, at }) => {
      const failed = byInvoice.get(invoiceNumber)?.history.find(({ status }) => status === 'failed')?.at;
      // A token is asked for when the row is there for all to see; `createdAt` is from before that.
      const begun = paying.get(orderId)?.history.find(({ status }) => status === 'pending')?.at;
      const underWay = failed !== undefined && begun !== undefined && begun < failed;
      return underWay || (paidAt.get(orderId) ?? Infinity) < at - STANDSTILL_MS;
    })
    .map(({ invoiceNumber }) => invoiceNumber);
}

function facts({ ledger, orders, payments }: Evidence, paidOrders: number): Verdict['facts'] {
  const count = (...statuses: SimulatorPayment['status'][]): number =>
    ledger.filter(({ status }) => statuses.includes(status)).length;
  const verified = new Set(
    ledger.filter(({ status }) => status === 'verified').map(({ referenceNumber }) => referenceNumber),
  );
  const review = payments.filter(({ status }) => status === 'review');
  return {
    orders: orders.length,
    paidOrders,
    attempts: ledger.length,
    taken: count('taken', 'verified', 'returned'),
    verified: count('verified'),
    returned: count('returned'),
    review: review.length,
    reviewWithMoney: review.filter(({ referenceNumber }) => verified.has(referenceNumber)).length,
  };
}
