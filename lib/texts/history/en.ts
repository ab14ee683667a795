import type { HistoryTexts } from '../history';
import { reason, words } from './words';

/** History entries in English, as logs, the command and the desk show them. */
export const historyEn: HistoryTexts = {
  created: ({ order, amount }) => `order ${order}: ${amount} Rials to pay`,
  tokenGiven: () => 'AtiPay gave a token',
  tokenRefused: ({ code, description }) => `AtiPay refused a token${reason(code, description)}`,
  tokenUnanswered: ({ problem }) => (problem === '' ? 'AtiPay gave no usable answer to get-token' : problem),
  tokenNeverCame: () => 'no token came: the process that asked for it has ended',
  buyerNeverReturned: () => 'the buyer did not return in time',
  buyerFailed: ({ state }) => `the gateway sent the buyer back${words(state)}`,
  claimed: ({ receipt }) => `the buyer is back with receipt ${receipt}; verify-payment is asked`,
  orderTaken: ({ receipt }) => `${back(receipt)}another payment holds the order`,
  payableUnknown: ({ receipt }) =>
    `${back(receipt)}the shop could not say whether the order is still payable`,
  orderPaid: ({ receipt }) => `${back(receipt)}never verified: another payment of the order is paid`,
  orderInReview: ({ receipt }) => `${back(receipt)}never verified: another payment of the order is in review`,
  orderNotPayable: ({ receipt }) =>
    `${back(receipt)}never verified: the shop says that the order is no longer payable`,
  windowMissed: () => 'never verified: its window is over',
  verifyRepeated: ({ attempt }) => `verify-payment is asked again (attempt ${attempt})`,
  verifyLost: ({ attempt }) =>
    `attempt ${attempt} has no result: its process ended or lost the database; verify-payment is asked again`,
  verifyUnanswered: ({ attempt }) => `no answer to verify-payment (attempt ${attempt}); asked again later`,
  verifyTimedOut: ({ attempt }) => `no answer to verify-payment in its window (${attempt} attempts)`,
  verifyRefused: ({ code, description }) => `verify-payment refused${reason(code, description)}`,
  shopRefused: ({ code, description }) =>
    `verify-payment refused for a reason about the shop${reason(code, description)}; asked again later`,
  amountConfirmed: ({ amount }) => `verify-payment answered ${amount} Rials, as expected`,
  amountDiffers: ({ amount, expected }) => `verify-payment answered ${amount} Rials instead of ${expected}`,
  hookDelivered: () => 'the shop’s hook returned',
  hookSkipped: () => 'the hook is not called: another payment of the order is under way or paid',
  hookThrew: ({ call, problem }) => `the shop’s hook failed (call ${call})${words(problem)}`,
  hookLost: ({ call }) =>
    `call ${call} of the shop’s hook has no result: its process ended or lost the database; it is called again`,
  hookUndone: ({ call }) => `the database lost what call ${call} of the hook had stored; it is called again`,
  resolved: ({ text }, { status, by }) => `resolved as ${status} by ${by ?? 'the shop'}${words(text)}`,
  retried: (_data, { by }) => `${by ?? 'the shop'} asked for the next step now`,
  noted: ({ text }, { by }) => `note by ${by ?? 'the shop'}${words(text)}`,
  gaveBack: ({ amount, reference, text }, { by }) =>
    `${by ?? 'the shop'} recorded a give-back of ${amount} Rials (${reference})${words(text)}`,
  purged: (_data, { by }) => `personal data removed by ${by ?? 'the shop'}`,
};

const back = (receipt: string): string =>
  receipt === '' ? '' : `the buyer is back with receipt ${receipt}; `;
