import type { PaymentStatus } from '../../core/record';
import type { Locale } from '../../texts';

const STATUSES: Record<PaymentStatus, Record<Locale, string>> = {
  created: { en: 'created', fa: 'ایجادشده' },
  pending: { en: 'at the bank', fa: 'در صفحه بانک' },
  received: { en: 'received', fa: 'دریافت‌شده' },
  verifying: { en: 'being confirmed', fa: 'در انتظار تأیید' },
  paid: { en: 'paid', fa: 'پرداخت‌شده' },
  failed: { en: 'failed', fa: 'ناموفق' },
  review: { en: 'in review', fa: 'در دست بررسی' },
};

/** A status in the words of staff. */
export const statusText = (status: PaymentStatus, locale: Locale): string => STATUSES[status][locale];
