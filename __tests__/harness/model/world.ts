import { checkConfig } from '../../../lib/config';
import { newPayment } from '../../../lib/core/new-payment';
import { makePolicy, type Policy } from '../../../lib/core/policy';
import { foldReceipt } from '../../../lib/core/receipt';
import type { PaymentRecord } from '../../../lib/core/record';
import { Reporter } from '../../../lib/events';
import { makeContext, type Context } from '../../../lib/payments/context';
import { MemoryPaymentStore } from '../../../lib/stores/memory';
import { IDLE, NOTHING_WRITTEN, type Budget, type ReplyName, type State } from './state';

/** A closed world: who is in it, and how much may happen. */
export interface World {
  name: string;
  /** The order of each payment. */
  orders: readonly string[];
  /** The receipts that the buyer of each payment may bring. */
  receipts: readonly (readonly string[])[];
  /** The status that each payment starts in; undefined: it is not stored yet. */
  starts: readonly ('created' | 'pending' | undefined)[];
  processes: number;
  /** How often one callback asks. */
  tries: number;
  left: Budget;
  /** Buyers also bring failures. */
  failures: boolean;
  /** Possible answers of verify-payment. */
  replies: readonly ReplyName[];
  /** The store also fails. */
  weather: boolean;
}

/** Deadlines of the model: few of each, and in the order of the real ones. */
export const POLICY: Policy = {
  ...makePolicy({
    verifyWindowMs: 15,
    pendingTimeoutMs: 40,
    hookTimeoutMs: 5,
    callTimeoutMs: 5,
    sweepEveryMs: 8,
    concurrency: 1,
    hooks: { paid: 'now', failed: 'now', review: 'now' },
  }),
  leaseMs: 12,
  tokenTimeoutMs: 12,
  verifySpacingMs: 8,
  reviewSpacingMs: 15,
  reviewForMs: 16,
  firstHookRetryMs: 8,
  longestHookRetryMs: 8,
  immediateHookRetries: 1,
};

export const ACCOUNT = 'default';
export const AMOUNT = 1_000;

class SilentReporter extends Reporter {
  override log(): void {}
  override isLogged(): boolean {
    return false;
  }
  override isHeard(): boolean {
    return false;
  }
  override emit(): void {}
}

const { settings, apiKey } = checkConfig({
  apiKey: 'model',
  publicUrl: 'https://shop.example/payment',
  store: new MemoryPaymentStore({ quiet: true }),
  onSuccess: () => undefined,
  onFailure: () => undefined,
  onReview: () => undefined,
  recovery: false,
  logger: { warn: () => undefined, error: () => undefined },
});

/** Everything that `run` and the reads of an order need, except the store and the clock. */
export const CONTEXT: Context = {
  ...makeContext(settings, apiKey),
  policy: POLICY,
  reporter: new SilentReporter(settings.logger),
};

const invoiceOf = (payment: number): string => String(payment).padStart(20, '0');

/** The place of a record's payment in the world. */
export const placeOf = ({ invoiceNumber }: PaymentRecord): number => Number(invoiceNumber);

/** A payment as `start` stores it. */
export function createdPayment(world: World, payment: number, now: number): PaymentRecord {
  const order = {
    orderId: world.orders[payment] ?? '',
    amount: AMOUNT,
    currency: 'IRR' as const,
    cellNumber: null,
    description: null,
    metadata: null,
    settlement: null,
  };
  const keys = {
    invoiceNumber: invoiceOf(payment),
    account: ACCOUNT,
    origin: settings.origin,
    returnKey: '',
    version: payment,
  };
  return newPayment(order, keys, POLICY, now);
}

/** A payment whose buyer is at the bank. The buyers of a world began at different times. */
function pendingPayment(world: World, payment: number): PaymentRecord {
  const expiresAt = POLICY.pendingTimeoutMs - 15 * payment;
  return {
    ...createdPayment(world, payment, expiresAt - POLICY.pendingTimeoutMs),
    status: 'pending',
    token: 'token',
    expiresAt,
    dueAt: expiresAt,
  };
}

/** The state that a world starts in. */
export function firstState(world: World): State {
  const rows = world.starts.map((start, payment) => {
    if (start === undefined) return undefined;
    return start === 'created' ? createdPayment(world, payment, 0) : pendingPayment(world, payment);
  });
  const receipts = world.receipts.flat().map(foldReceipt);
  return {
    now: 0,
    db: { rows, shop: rows.map(() => NOTHING_WRITTEN) },
    backup: undefined,
    processes: Array.from({ length: world.processes }, (_, index) => {
      const row = rows[index];
      return row?.status === 'created' ? { at: 'token' as const, held: row } : IDLE;
    }),
    gateway: Object.fromEntries(receipts.map((receipt) => [receipt, 'open' as const])),
    memory: {
      asked: rows.map(() => 0),
      byStaff: rows.map(() => false),
      reported: rows.map(() => false),
      rewound: false,
    },
    left: world.left,
  };
}
