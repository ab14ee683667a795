import type { FailureReason, GatewayFailure } from './record';

/** The properties of a failure reason. */
export interface ReasonFacts {
  /** The status that the reason belongs to. */
  status: 'failed' | 'review';
  /** Who caused it: `shop` means its configuration at AtiPay or its code, which staff must hear of. */
  fault: 'buyer' | 'bank' | 'shop' | 'gateway' | 'none';
  /** Whether the buyer's account may have been debited when this is decided. */
  moneyMayHaveMoved: boolean;
  /** Whether a new attempt by the buyer can succeed. */
  mayRetry: boolean;
  /** Whether the buyer's text for it says what becomes of a debited amount. */
  tellsMoney: boolean;
}

const failed = (facts: Partial<ReasonFacts>): ReasonFacts => ({
  status: 'failed',
  fault: 'none',
  moneyMayHaveMoved: true,
  mayRetry: true,
  tellsMoney: false,
  ...facts,
});

const shopSetUp = failed({ fault: 'shop', mayRetry: false });
const notVerified = (facts: Partial<ReasonFacts>): ReasonFacts => failed({ tellsMoney: true, ...facts });
const unclear: ReasonFacts = {
  status: 'review',
  fault: 'gateway',
  moneyMayHaveMoved: true,
  mayRetry: false,
  tellsMoney: true,
};

/** One row for each failure reason. */
export const REASONS: Record<FailureReason, ReasonFacts> = {
  CanceledByUser: failed({ fault: 'buyer' }),
  Failed: failed({ fault: 'bank' }),
  SessionIsNull: failed({ fault: 'buyer' }),
  InvalidParameters: failed({ fault: 'shop' }),
  MerchantIpAddressIsInvalid: shopSetUp,
  TokenNotFound: failed({ fault: 'gateway' }),
  TokenRequired: shopSetUp,
  TerminalNotFound: shopSetUp,
  MultisettlePolicyErrors: shopSetUp,
  TokenRefused: notVerified({ fault: 'gateway', moneyMayHaveMoved: false }),
  GatewayUnavailable: notVerified({ fault: 'gateway', moneyMayHaveMoved: false }),
  Abandoned: notVerified({ fault: 'buyer' }),
  WindowMissed: notVerified({ fault: 'gateway' }),
  OrderNotPayable: notVerified({ mayRetry: false }),
  OrderAlreadyPaid: notVerified({ mayRetry: false }),
  OrderInReview: notVerified({ mayRetry: false }),
  VerificationRefused: notVerified({ fault: 'gateway' }),
  AmountMismatch: unclear,
  VerificationUnclear: unclear,
  VerificationTimedOut: unclear,
  ResolvedByHand: notVerified({ mayRetry: false }),
};

/** Table 1 of the protocol without OK: the number and the name of each state. */
export const TABLE_1: Readonly<Record<string, GatewayFailure>> = {
  '1': 'CanceledByUser',
  '3': 'Failed',
  '4': 'SessionIsNull',
  '5': 'InvalidParameters',
  '8': 'MerchantIpAddressIsInvalid',
  '10': 'TokenNotFound',
  '11': 'TokenRequired',
  '12': 'TerminalNotFound',
  '21': 'MultisettlePolicyErrors',
};

/** The number that goes with the state OK (protocol §3). */
export const STATUS_OK = '2';

/** Whether staff must hear of a failure: the shop is set up wrongly, so every buyer may fail. */
export const isShopFault = (reason: FailureReason): boolean => REASONS[reason].fault === 'shop';
