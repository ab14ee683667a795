import type { ExplainTexts, Facts } from '../explain';

/** "trace number 812551", where the gateway gave one. */
const trace = ({ trace: number }: Facts): string => (number === '' ? '' : ` Your trace number is ${number}.`);
const RETURNS = 'If you were charged, the money is returned to your card automatically.';

/** Where the money is, in English. */
export const explainEn: ExplainTexts = {
  after: (time) => `after ${time}`,
  overdue: (ago) => `with the next sweep (overdue for ${ago})`,
  money: {
    created: () => 'No money has moved: AtiPay has not given a token yet, so the buyer could not pay.',
    pending: ({ begunAgo }) =>
      `No money has reached the shop: the buyer went to the bank ${begunAgo} ago and has not come back. ` +
      'If the buyer paid but never returned, the money is refunded automatically.',
    received: ({ waits }) =>
      `AtiPay holds the money: the buyer has paid, and the shop has not asked for it yet` +
      `${waits === '' ? '' : `: ${waits}`}. What is not asked for is refunded automatically.`,
    verifying: ({ amount, attempts, next }) =>
      `Waiting for AtiPay to confirm ${amount}: asked ${attempts}, not answered yet. ` +
      (next === '' ? '' : `It is asked again ${next}.`),
    paid: (facts) => `${has(facts)}: ${confirmed(facts)}. The shop was informed at ${facts.deliveredAt}.`,
    paidNotDelivered: (facts) => `${has(facts)}: ${confirmed(facts)}. ${undelivered(facts)}`,
    failedByHand: ({ byHand }) =>
      `Not with the shop, decided manually by ${byHand || 'the shop'}. AtiPay has no refund call: what it held was returned by other means.`,
    failedWithoutReceipt: ({ reason }) =>
      `No money has reached the shop: ${reason}. If the bank took any, it is refunded automatically.`,
    failedUntouched: ({ reason }) => `No money has moved: ${reason}, so the buyer never reached the bank.`,
    failedRefused: ({ gatewaySaid }) =>
      `Not with the shop: AtiPay did not confirm the receipt (${gatewaySaid || 'no reason stored'}). ` +
      'What was taken is refunded automatically.',
    failedReturned: ({ reason }) =>
      `On its way back to the buyer: the receipt was never verified (${reason}), so AtiPay refunds it automatically.`,
    reviewAmount: ({ gatewaySaid, amount }) =>
      `Probably with the shop, and not in the right amount: ${gatewaySaid || `another amount than ${amount}`}. ` +
      'The order is not fulfilled. A person must decide.',
    reviewUnclear: ({ amount }) =>
      `Unknown: AtiPay refused the receipt after an earlier question went unanswered that may have taken ${amount}. ` +
      'The order is not fulfilled. A person must decide.',
    reviewTimedOut: ({ amount, attempts, next }) =>
      `Unknown: the buyer has paid ${amount}, and AtiPay, asked ${attempts}, has not answered. ` +
      `The order is not fulfilled. A person must decide. ` +
      (next === '' ? 'It is not asked any more.' : `Meanwhile AtiPay is asked hourly, next ${next}.`),
  },
  buyer: {
    created: () => 'We have not received a payment yet. Please start the payment again from your order.',
    pending: () =>
      `We have not received a payment yet. If the bank's page is still open, finish there. ${RETURNS}`,
    received: () => 'We have received your payment and are confirming it. Please do not pay again.',
    verifying: () =>
      'We have received your payment and are waiting for confirmation. Please do not pay again; you will see the result in your order.',
    paid: (facts) => `Your payment is recorded.${trace(facts)}`,
    paidNotDelivered: (facts) =>
      `Your payment has arrived; your order is updated shortly. Please do not pay again.${trace(facts)}`,
    failedByHand: () =>
      'We checked this payment: it was not completed. If you were charged and the money has not come back, please tell us the invoice number.',
    failedWithoutReceipt: () => `The payment was not completed. ${RETURNS} You can pay again.`,
    failedUntouched: () => 'The payment could not be started and you were not charged. Please pay again.',
    failedRefused: () => `The payment was not confirmed. ${RETURNS} You can pay again.`,
    failedReturned: () => 'This payment was not accepted. The money is returned to your card automatically.',
    reviewAmount: () => 'We are checking your payment. Please do not pay again; we will call you.',
    reviewUnclear: () => 'We are checking your payment. Please do not pay again; we will call you.',
    reviewTimedOut: () =>
      'We are waiting for the bank to confirm your payment. Please do not pay again; we will call you.',
  },
  givenBack: ({ givenBack, whole }) =>
    whole ? `All of it has been given back: ${givenBack}.` : `Of it, ${givenBack} have been given back.`,
  buyerGivenBack: ({ givenBack, whole }) =>
    whole
      ? `We have given your payment back: ${givenBack}.`
      : `Your payment is recorded, and we have given back ${givenBack} of it.`,
};

const has = ({ whole }: Facts): string => `The shop ${whole ? 'had' : 'has'} the money`;

const confirmed = ({ amount, confirmedAt, byHand }: Facts): string =>
  byHand === ''
    ? `AtiPay confirmed ${amount} at ${confirmedAt}`
    : `${amount}, confirmed manually at ${confirmedAt} by ${byHand}`;

function undelivered({ uncalled, calls, applied, next }: Facts): string {
  const due = next === '' ? '' : uncalled ? ` Its hook is called ${next}.` : ` It is called again ${next}.`;
  if (uncalled) return `The shop does not know it yet.${due}`;
  const done = applied ? ' (its transaction is done)' : '';
  return `The shop does not know it yet: its hook was called ${calls} and has not returned${done}.${due}`;
}
