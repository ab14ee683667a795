import type { FailureReason, PaymentStatus } from 'express-atipay';
import type { SimulatorState } from 'express-atipay/simulator';
import { until } from '../../support/until';
import { MINUTE } from '../../support/shop';
import { DEAF, type Trial, type TrialOrder } from './trial';

/** One way in which a payment goes, and how often it is met. */
export interface Case {
  count: number;
  /** The status of the latest payment of its order once all payments are made. */
  status: PaymentStatus;
  reason?: FailureReason;
  /** Payments of one order. Default 1. */
  payments?: number;
  make: (trial: Trial, order: TrialOrder) => Promise<void>;
}

const ends =
  (state: SimulatorState): Case['make'] =>
  async (trial, order) => {
    const { url } = await trial.begin(order);
    await trial.simulator.finish(url, { state });
  };

/** The buyer pays while AtiPay answers verify-payment with another amount. */
const paysAnotherAmount: Case['make'] = async (trial, order) => {
  const begun = await trial.begin(order);
  await trial.under({ on: 'verify-payment', kind: 'amount', amount: 1_000 }, () => trial.pays(order, begun));
};

const decided =
  (outcome: 'paid' | 'failed'): Case['make'] =>
  async (trial, order) => {
    await paysAnotherAmount(trial, order);
    const [payment] = await trial.shop.atipay.findByOrder(order.orderId);
    const why = 'AtiPay said so by phone';
    await trial.shop.atipay.resolve(payment?.invoiceNumber ?? '', outcome, why, 'Reza');
  };

const pays: Case['make'] = async (trial, order) => trial.pays(order, await trial.begin(order));

/** Two tabs: both are at the bank before one pays. */
const inTwoTabs =
  (first: (trial: Trial, work: () => Promise<void>) => Promise<void>): Case['make'] =>
  async (trial, order) => {
    const [one, two] = [await trial.begin(order), await trial.begin(order)];
    await first(trial, () => trial.pays(order, one));
    await first(trial, () => trial.pays(order, two));
  };

const refused = async (started: Promise<unknown>): Promise<void> => {
  await started.then(
    () => Promise.reject(new Error('AtiPay gave a token.')),
    () => undefined,
  );
};

/** Payments that are decided in the end: half an hour without an answer ends in a review. */
export const DECIDED: Record<string, Case> = {
  paid: { count: 310, status: 'paid', make: pays },
  cancelled: { count: 50, status: 'failed', reason: 'CanceledByUser', make: ends('CanceledByUser') },
  declined: { count: 30, status: 'failed', reason: 'Failed', make: ends('Failed') },
  sessionEnded: { count: 6, status: 'failed', reason: 'SessionIsNull', make: ends('SessionIsNull') },
  wrongAddress: {
    count: 3,
    status: 'failed',
    reason: 'MerchantIpAddressIsInvalid',
    make: ends('MerchantIpAddressIsInvalid'),
  },
  neverBack: {
    count: 12,
    status: 'failed',
    reason: 'Abandoned',
    make: async (trial, order) => {
      await trial.begin(order);
    },
  },
  tokenRefused: {
    count: 5,
    status: 'failed',
    reason: 'TokenRefused',
    make: (trial, order) =>
      trial.under({ on: 'get-token', kind: 'refuse', reason: 'apiKey' }, () => refused(trial.begin(order))),
  },
  unreachable: {
    count: 4,
    status: 'failed',
    reason: 'GatewayUnavailable',
    make: (trial, order) =>
      trial.under({ on: 'get-token', kind: 'http', status: 503, times: 'always' }, () =>
        refused(trial.begin(order)),
      ),
  },
  notConfirmed: {
    count: 5,
    status: 'failed',
    reason: 'VerificationRefused',
    make: async (trial, order) => {
      const begun = await trial.begin(order);
      await trial.under({ on: 'verify-payment', kind: 'refuse', code: -2 }, () => trial.pays(order, begun));
    },
  },
  unclear: {
    count: 3,
    status: 'review',
    reason: 'VerificationUnclear',
    make: async (trial, order) => {
      const begun = await trial.begin(order);
      await trial.under(DEAF, () => trial.pays(order, begun));
      await trial.under({ on: 'verify-payment', kind: 'refuse', code: -2 }, () => trial.later(MINUTE));
    },
  },
  anotherAmount: { count: 4, status: 'review', reason: 'AmountMismatch', make: paysAnotherAmount },
  withoutAnswer: {
    count: 4,
    status: 'review',
    reason: 'VerificationTimedOut',
    make: async (trial, order) => {
      const begun = await trial.begin(order);
      const { invoiceNumber } = begun.payment;
      // A review is asked about once more every hour.
      trial.simulator.faults.add({ ...DEAF, match: { invoiceNumber } });
      await trial.pays(order, begun);
      await trial.later(31 * MINUTE);
    },
  },
  confirmedLater: {
    count: 12,
    status: 'paid',
    make: async (trial, order) => {
      const begun = await trial.begin(order);
      await trial.under(DEAF, () => trial.pays(order, begun));
      await trial.later(2 * MINUTE);
    },
  },
  backTooLate: {
    count: 2,
    status: 'failed',
    reason: 'VerificationRefused',
    make: async (trial, order) => {
      const { url } = await trial.begin(order);
      const buyer = await trial.simulator.pay(url, { deliver: false });
      await trial.later(45 * MINUTE);
      await buyer.deliver();
      await trial.later(MINUTE);
    },
  },
  paidTwice: {
    count: 6,
    payments: 2,
    status: 'failed',
    reason: 'OrderAlreadyPaid',
    make: inTwoTabs((_trial, work) => work()),
  },
  secondInReview: {
    count: 2,
    payments: 2,
    status: 'failed',
    reason: 'OrderInReview',
    make: async (trial, order) => {
      const [one, two] = [await trial.begin(order), await trial.begin(order)];
      const fault = { on: 'verify-payment', kind: 'amount', amount: 1_000 } as const;
      await trial.under(fault, () => trial.pays(order, one));
      await trial.pays(order, two);
    },
  },
  withdrawn: {
    count: 2,
    status: 'failed',
    reason: 'OrderNotPayable',
    make: async (trial, order) => {
      const begun = await trial.begin(order);
      trial.withdrawn.add(order.orderId);
      await trial.pays(order, begun);
    },
  },
  replayed: {
    count: 3,
    status: 'failed',
    reason: 'Abandoned',
    make: async (trial, order) => {
      const begun = await trial.begin(order);
      await trial.under({ on: 'callback', kind: 'foreign-receipt' }, () => trial.pays(order, begun));
    },
  },
  foundPaid: { count: 2, status: 'paid', make: decided('paid') },
  foundNotPaid: { count: 2, status: 'failed', reason: 'ResolvedByHand', make: decided('failed') },
  givenBack: {
    count: 5,
    status: 'paid',
    make: async (trial, order) => {
      await pays(trial, order);
      const [payment] = await trial.shop.atipay.findByOrder(order.orderId);
      const act = { amount: 50_000, reference: '88123', by: 'Reza', text: 'damaged' };
      await trial.shop.atipay.giveBack(payment?.invoiceNumber ?? '', act);
    },
  },
  unknownToShop: {
    count: 4,
    status: 'paid',
    make: (trial, order) => {
      trial.brokenHooks.add(order.orderId);
      return pays(trial, order);
    },
  },
};

/** Not decided when the trial begins: no sweep runs after them. The last come while the callback is behind a login. */
export const OPEN: Record<string, Case> = {
  asked: {
    count: 3,
    status: 'verifying',
    make: async (trial, order) => {
      const begun = await trial.begin(order);
      await trial.under(DEAF, () => trial.pays(order, begun));
    },
  },
  waiting: {
    count: 2,
    payments: 2,
    status: 'received',
    make: inTwoTabs((trial, work) => trial.under(DEAF, work)),
  },
  behindLogin: {
    count: 8,
    status: 'pending',
    make: (trial, order) => {
      trial.locked = true;
      return pays(trial, order);
    },
  },
  beingStarted: {
    count: 1,
    status: 'created',
    make: async (trial, order) => {
      const { store } = trial.shop;
      trial.simulator.faults.add({ on: 'get-token', kind: 'no-answer', times: 'always' });
      // It ends when the trial does.
      trial.begin(order).catch(() => undefined);
      await until(async () => (await store.findByOrder('default', order.orderId)).length === 1);
    },
  },
};
