import type {
  FailedPayment,
  FailureReason,
  PaidPayment,
  Payment,
  PaymentBase,
  ReceiptDetails,
  ReviewPayment,
} from 'express-atipay';
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
