import type { Texts } from '../texts';

export const en: Texts = {
  failure: {
    CanceledByUser: 'You cancelled this payment. If you still want to buy, please pay again.',
    Failed:
      'The bank did not make this payment. Check your card’s balance and one-time password and try again, or use another card.',
    SessionIsNull: 'The time for paying on the bank’s page ran out. Please pay again.',
    InvalidParameters:
      'The payment gateway did not accept the details of this payment. Please try again; if it happens again, tell the shop.',
    MerchantIpAddressIsInvalid:
      'The payment gateway did not accept the shop’s server address. This is the shop’s fault; please tell the shop.',
    TokenNotFound:
      'The payment gateway did not find this request; it may have expired. Please start the payment again.',
    TokenRequired:
      'The shop’s terminal does not accept this way of paying. This is the shop’s fault; please tell the shop.',
    TerminalNotFound:
      'The payment gateway did not recognise the shop’s terminal. This is the shop’s fault; please tell the shop.',
    MultisettlePolicyErrors:
      'The payment gateway did not accept how the shop splits this amount. This is a problem on the shop’s side. Please let them know.',
    TokenRefused:
      'The payment gateway did not accept the request, and nothing was deducted from your account. Please try again; if it happens again, tell the shop.',
    GatewayUnavailable:
      'The payment gateway did not answer, and nothing was deducted from your account. Please try again in a few minutes.',
    Abandoned:
      'This payment was not completed in time. If an amount was deducted from your account, it returns to the same card automatically, and you may pay again.',
    WindowMissed:
      'This payment could not be confirmed in time. The deducted amount returns to your card automatically, and you may pay again.',
    OrderNotPayable:
      'This order can no longer be paid, and your payment was not accepted. The deducted amount returns to your card automatically. To place a new order, go back to the shop.',
    OrderAlreadyPaid:
      'This order had already been paid, and the second payment was not accepted. The deducted amount returns to your card automatically; there is no need to pay again.',
    OrderInReview:
      'Another payment of this order is being looked into, and this payment was not accepted. The deducted amount returns to your card automatically. Please do not pay again, and ask the shop for the outcome.',
    VerificationRefused:
      'The payment gateway did not confirm this payment. If an amount was deducted from your account, it returns to the same card automatically, and you may pay again.',
    AmountMismatch:
      'The amount reported by the payment gateway is not the amount of the order. Please do not pay again, and contact the shop with the invoice number.',
    VerificationUnclear:
      'The payment gateway’s answer is not clear, and your account may have been charged. Please do not pay again, and contact the shop with the invoice number.',
    VerificationTimedOut:
      'The payment gateway did not answer when asked to confirm, and your account may have been charged. Please do not pay again, and contact the shop with the invoice number.',
    ResolvedByHand:
      'The shop has looked into this payment and closed it as not paid. If an amount was deducted from your account and has not come back, contact the shop with the invoice number.',
  },
  error: {
    notFound: {
      title: 'This address is not valid',
      body: 'There is nothing to show here. To see how a payment went, open your order in the shop.',
    },
    orderNotFound: {
      title: 'No order to pay was found',
      body: 'The order may have been paid or cancelled already, or you may have been signed out. Go back to the shop and pay from there.',
    },
    orderInvalid: {
      title: 'Please check your mobile number',
      body: 'A mobile number such as 09123456789 is needed to pay. Nothing was deducted from your account. Go back to the shop, correct the number and pay again.',
    },
    orderTaken: {
      title: 'This order already has a payment',
      body: 'A payment of this order has been made or is being confirmed. Do not pay again; see the result of that payment.',
    },
    tooManyAttempts: {
      title: 'Too many payment attempts for this order',
      body: 'Several payments of this order have been started and not finished. Finish one of them, or try again in an hour.',
    },
    tokenRefused: {
      title: 'The payment gateway did not accept the request',
      body: 'Nothing was deducted from your account. Please try again; if it happens again, tell the shop.',
    },
    gatewayUnavailable: {
      title: 'The payment gateway is not answering',
      body: 'Nothing was deducted from your account. Please try again in a few minutes.',
    },
    methodNotAllowed: {
      title: 'This page cannot be opened directly',
      body: 'Go back to the shop and use the pay button of your order.',
    },
    unreadable: {
      title: 'The request could not be read',
      body: 'What was sent is incomplete or malformed. Go back to the shop and try again.',
    },
    internal: {
      title: 'Something went wrong',
      body: 'This is the shop’s fault. If you have paid, do not pay again, and look at your order in the shop for the outcome; otherwise try again in a few minutes.',
    },
  },
  outcome: {
    created: {
      title: 'The payment is being prepared',
      body: 'Nothing has been paid yet. Please wait a moment.',
    },
    pending: {
      title: 'No payment has arrived yet',
      body: 'If the bank’s page is open, finish paying there. Should an amount be deducted and the payment not go through, it returns to the same card automatically.',
    },
    received: {
      title: 'Your payment is being checked',
      body: 'Your payment has reached us and is not confirmed yet. Please do not pay again.',
    },
    verifying: {
      title: 'Your payment is being confirmed',
      body: 'We are waiting for the payment gateway’s answer. Please do not pay again.',
    },
    paid: { title: 'Payment successful', body: 'Please keep this receipt.' },
    failed: { title: 'Payment not made' },
    review: { title: 'Your payment needs to be looked into' },
  },
  unconfirmed: {
    title: 'Payment not confirmed',
    body: 'The payment gateway’s answer was incomplete, so no payment was recorded. Please try again; if it happens again, tell the shop.',
  },
  renew: {
    title: 'This payment link has expired',
    body: 'Start the payment again to go on. If you have already paid, do not pay again: check your order in the shop.',
  },
  redirect: {
    title: 'Taking you to the payment gateway',
    body: 'You will reach the AtiPay payment gateway in a moment. If nothing happens, use the button below.',
  },
  moneyBack: 'If an amount was deducted from your account, it returns to the same card automatically.',
  quote: 'Give this number to the shop:',
  reloads: 'This page reloads by itself.',
  movesOn: 'Taking you back to the shop…',
  unit: { rials: 'Rials', tomans: 'Tomans' },
  label: {
    amount: 'Amount',
    invoice: 'Invoice number',
    trace: 'Trace number',
    reference: 'Digital receipt',
    rrn: 'Bank reference',
    card: 'Card number',
    time: 'Time (Tehran)',
    description: 'For',
  },
  action: {
    pay: 'Go to the payment gateway',
    renew: 'Start the payment again',
    retry: 'Try again',
    back: 'Back to the shop',
    continue: 'Continue to the shop',
    reload: 'Reload this page',
    print: 'Print the receipt',
  },
};
