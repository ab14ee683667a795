import type {
  FailedPayment,
  PaidPayment,
  Payment,
  PaymentBase,
  ReceiptDetails,
  ReviewPayment,
} from 'express-atipay';
import type { FailureReason } from '../../lib/core/record';
import type { ResultView, ShopView } from '../../lib/pages';
import { texts, type Locale } from '../../lib/texts';

export const LOCALES: Locale[] = ['fa', 'en'];

export const base: PaymentBase = {
  invoiceNumber: '17640000001234567890',
  orderId: '42',
  account: 'default',
  amount: 125_000,
  currency: 'IRT',
  createdAt: Date.UTC(2025, 10, 24, 15, 50),
  updatedAt: Date.UTC(2025, 10, 24, 16, 0),
};

export const receipt: ReceiptDetails = {
  referenceNumber: 'AbCdEf0123456789/AbCdEf0123456789+AbCdEf0123456789',
  traceNumber: '483920',
  terminalId: '2001',
  rrn: '330291847263',
  maskedPan: '610433******1234',
};

export const paid: PaidPayment = {
  ...base,
  ...receipt,
  status: 'paid',
  verifiedAt: Date.UTC(2025, 10, 24, 16, 0),
};

export const undecided = (status: 'created' | 'pending' | 'received' | 'verifying'): Payment => ({
  ...base,
  status,
});

export const failed = (reason: FailureReason, locale: Locale): FailedPayment => ({
  ...base,
  status: 'failed',
  failure: { reason, message: texts(locale).failure[reason] },
});

export const inReview = (locale: Locale): ReviewPayment => ({
  ...base,
  ...receipt,
  status: 'review',
  failure: { reason: 'VerificationTimedOut', message: texts(locale).failure.VerificationTimedOut },
});

export const everyStatus = (locale: Locale): Payment[] => [
  undecided('created'),
  undecided('pending'),
  undecided('received'),
  undecided('verifying'),
  paid,
  failed('Failed', locale),
  inReview(locale),
];

/** The shop of every page below, with all that it can say of itself. */
export const shop: ShopView = {
  url: '/shop',
  name: 'Shoes & Sons',
  logo: 'https://cdn.example/logo.png?a=1',
  phone: '+98 21 8877 6655',
};

/** A view of a result: decided at four, looked at a minute later. */
export const viewOf = (payment: Payment, locale: Locale, more: Partial<ResultView> = {}): ResultView => ({
  payment,
  locale,
  shop,
  at: base.updatedAt,
  now: base.updatedAt + 60_000,
  ...more,
});
