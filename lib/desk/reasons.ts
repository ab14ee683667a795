import type { FailureReason } from '../core/record';

/** Why a payment failed or is in review, as an operator is told. */
export const REASONS: Record<FailureReason, string> = {
  CanceledByUser: 'the buyer gave up at the bank',
  Failed: 'the bank did not make the payment',
  SessionIsNull: 'the buyer did not answer at the bank in time',
  InvalidParameters: 'the gateway did not accept what it was sent',
  MerchantIpAddressIsInvalid: "the gateway does not know this server's IP address",
  TokenNotFound: 'the gateway did not know the token, which may have expired',
  TokenRequired: 'the terminal takes token payments only',
  TerminalNotFound: 'the gateway does not know the terminal',
  MultisettlePolicyErrors: "the split does not fit the merchant's contract",
  TokenRefused: 'the gateway refused a token',
  GatewayUnavailable: 'the gateway gave no token',
  Abandoned: 'the buyer did not come back in time',
  WindowMissed: 'it could not be verified in time',
  OrderNotPayable: 'the shop said that the order was no longer payable',
  OrderAlreadyPaid: 'the order had been paid already',
  OrderInReview: 'another payment of the order waits for a person',
  VerificationRefused: 'the gateway refused to confirm the receipt',
  AmountMismatch: 'another amount was confirmed',
  VerificationUnclear: 'refused after an ask that went unanswered',
  VerificationTimedOut: 'no answer to verify-payment in its window',
  ResolvedByHand: 'a person decided so',
};
