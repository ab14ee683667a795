import type { Texts } from '../texts';

export const en: Texts = {
  failure: {
    CanceledByUser: 'You cancelled this payment. If you still want to buy, please pay again.',
    Failed:
      'Your bank declined this payment. Check your card’s balance and one-time password and try again, or pay with another card.',
    SessionIsNull: 'Your session on the bank’s page timed out. Please pay again.',
    InvalidParameters:
      'The payment gateway did not accept the details of this payment. Please try again. If it happens again, let the shop know.',
    MerchantIpAddressIsInvalid:
      'The payment gateway did not accept the shop’s server. This is a problem on the shop’s side. Please let them know.',
    TokenNotFound:
      'The payment gateway could not find this request; it may have expired. Please start the payment again.',
    TokenRequired:
      'The shop’s terminal does not accept this payment method. This is a problem on the shop’s side. Please let them know.',
    TerminalNotFound:
      'The payment gateway did not recognise the shop’s terminal. This is a problem on the shop’s side. Please let them know.',
    MultisettlePolicyErrors:
      'The payment gateway did not accept how the shop splits this amount. This is a problem on the shop’s side. Please let them know.',
    TokenRefused:
      'The payment gateway did not accept the request, and you were not charged. Please try again. If it happens again, let the shop know.',
    GatewayUnavailable:
      'The payment gateway did not answer, and you were not charged. Please try again in a few minutes.',
    Abandoned:
      'This payment was not completed in time. If you were charged, the money will be returned to your card automatically. You can pay again.',
    WindowMissed:
      'This payment could not be confirmed in time. The amount you were charged will be returned to your card automatically. You can pay again.',
    OrderNotPayable:
      'This order can no longer be paid, and your payment was not accepted. The amount you were charged will be returned to your card automatically. To place a new order, go back to the shop.',
    OrderAlreadyPaid:
      'This order had already been paid, and the second payment was not accepted. The amount you were charged will be returned to your card automatically. You do not need to pay again.',
    OrderInReview:
      'Another payment for this order is being checked, and this payment was not accepted. The amount you were charged will be returned to your card automatically. Please do not pay again, and ask the shop for the outcome.',
    VerificationRefused:
      'The payment gateway did not confirm this payment. If you were charged, the money will be returned to your card automatically. You can pay again.',
    AmountMismatch:
      'The amount reported by the payment gateway is not the amount of the order, and you may have been charged. Please do not pay again. The shop will follow it up by its invoice number.',
    VerificationUnclear:
      'The payment gateway’s answer is unclear, and you may have been charged. Please do not pay again. The shop will follow it up by its invoice number.',
    VerificationTimedOut:
      'The payment gateway did not confirm the payment in time, and you may have been charged. Please do not pay again. The shop will follow it up by its invoice number.',
    ResolvedByHand:
      'The shop checked this payment and found that it was not made. If you were charged and the money has not come back, contact the shop with the invoice number.',
  },
  error: {
    notFound: {
      title: 'This address is not valid',
      body: 'We couldn’t find a page at this address. To see how a payment went, go to your order in the shop.',
    },
    orderNotFound: {
      title: 'We couldn’t find an order to pay',
      body: 'The order may already be paid or cancelled, or you may have been signed out. Go back to the shop and pay from your order’s page.',
    },
    orderInvalid: {
      title: 'Please check your mobile number',
      body: 'You need a mobile number such as 09123456789 to pay. You were not charged. Correct the number in the shop and pay again.',
    },
    orderTaken: {
      title: 'This order already has a payment',
      body: 'This order is already paid or being confirmed. Please do not pay again. Check that payment’s status on your order’s page.',
    },
    tooManyAttempts: {
      title: 'Too many unfinished payments for this order',
      body: 'Several payments for this order were started and not finished. Finish one of them, or try again in an hour.',
    },
    tokenRefused: {
      title: 'The payment gateway did not accept the request',
      body: 'You were not charged. Please try again. If it happens again, let the shop know.',
    },
    gatewayUnavailable: {
      title: 'The payment gateway is not answering',
      body: 'You were not charged. Please try again in a few minutes.',
    },
    methodNotAllowed: {
      title: 'This page cannot be opened directly',
      body: 'Go back to the shop and use the pay button of your order.',
    },
    unreadable: {
      title: 'We couldn’t process your request',
      body: 'The details sent were incomplete or malformed. Go back to the shop and try again.',
    },
    internal: {
      title: 'Something went wrong',
      body: 'This is a problem on the shop’s side. If you have paid, do not pay again: check the outcome on your order’s page. Otherwise, try again in a few minutes.',
    },
  },
  outcome: {
    created: {
      title: 'The payment is being prepared',
      body: 'Nothing has been paid yet. Please wait a moment.',
    },
    pending: {
      title: 'We haven’t received a payment yet',
      body: 'If the bank’s page is open, finish paying there. If you are charged but the payment fails, the money will be returned to your card automatically.',
    },
    received: {
      title: 'Your payment is waiting to be confirmed',
      body: 'We have received your payment and it is waiting to be confirmed. Please do not pay again.',
    },
    verifying: {
      title: 'Your payment is being confirmed',
      body: 'We are waiting for the payment gateway’s answer. Please do not pay again.',
    },
    paid: { title: 'Payment successful', body: 'Please keep this receipt.' },
    failed: { title: 'Payment failed' },
    review: { title: 'We need to check your payment' },
  },
  next: {
    pending: 'You can complete this payment until {time}.',
    received:
      'You will have an answer by {time}. You can close this page: the shop gets the result either way.',
    verifying:
      'We keep asking the payment gateway until {time}. You can close this page: the shop gets the result either way.',
    review: 'You do not need to do anything. If you have not heard from the shop by {time}, contact them.',
  },
  unconfirmed: {
    title: 'Payment not confirmed',
    body: 'The payment gateway’s answer was incomplete, so no payment was recorded. Please try again. If it happens again, let the shop know.',
  },
  renew: {
    title: 'This payment link has expired',
    body: 'To continue, start the payment again. If you have already paid, do not pay again: check your order in the shop.',
  },
  redirect: {
    title: 'Taking you to the payment gateway',
    body: 'You will reach the AtiPay payment gateway in a moment. If nothing happens, use the button below.',
  },
  moneyBack: 'If you were charged, the money will be returned to your card automatically.',
  quote: 'When you contact the shop, give this number:',
  phone: 'Shop’s phone: {phone}',
  reloads: 'This page updates automatically.',
  movesOn: 'Taking you back to the shop…',
  via: 'Payment through the AtiPay gateway',
  printed: 'Printed: {time}',
  zone: 'Tehran time',
  copied: 'Copied',
  unit: { rials: 'Rials', tomans: 'Tomans' },
  label: {
    amount: 'Amount',
    order: 'Order number',
    invoice: 'Invoice number',
    trace: 'Trace number',
    reference: 'Digital receipt',
    rrn: 'Bank reference',
    card: 'Card number',
    time: 'Date and time',
    started: 'Started',
    description: 'For',
  },
  action: {
    pay: 'Go to the payment gateway',
    renew: 'Start the payment again',
    retry: 'Try again',
    toBank: 'Go to the bank’s page',
    back: 'Back to the shop',
    continue: 'Continue to the shop',
    reload: 'Reload this page',
    print: 'Print the receipt',
    copy: 'Copy',
  },
};
