import type { FailureReason } from '../../core/record';
import type { Locale } from '../../texts';

/** Why a payment failed or is in review, in the words of staff. */
const REASONS: Record<FailureReason, Record<Locale, string>> = {
  CanceledByUser: { en: 'the buyer cancelled at the bank', fa: 'خریدار در صفحه بانک انصراف داد' },
  Failed: { en: 'the bank declined the payment', fa: 'تراکنش از سوی بانک انجام نشد' },
  SessionIsNull: {
    en: 'the buyer ran out of time on the bank’s page',
    fa: 'مهلت خریدار در صفحه بانک تمام شد',
  },
  InvalidParameters: {
    en: 'AtiPay did not accept what it was sent',
    fa: 'آتی‌پی اطلاعات ارسالی را نپذیرفت',
  },
  MerchantIpAddressIsInvalid: {
    en: 'AtiPay does not know this server’s IP address',
    fa: 'آدرس IP سرور نزد آتی‌پی ثبت نشده است',
  },
  TokenNotFound: {
    en: 'AtiPay did not know the token, which may have expired',
    fa: 'آتی‌پی توکن را نشناخت (شاید منقضی شده بود)',
  },
  TokenRequired: {
    en: 'the terminal takes token payments only',
    fa: 'این ترمینال فقط پرداخت با توکن می‌پذیرد',
  },
  TerminalNotFound: { en: 'AtiPay does not know the terminal', fa: 'آتی‌پی ترمینال را نشناخت' },
  MultisettlePolicyErrors: {
    en: 'the split does not fit the contract with AtiPay',
    fa: 'تسهیم با قرارداد آتی‌پی سازگار نیست',
  },
  TokenRefused: { en: 'AtiPay refused a token', fa: 'آتی‌پی توکن نداد' },
  GatewayUnavailable: { en: 'AtiPay gave no token', fa: 'آتی‌پی پاسخی برای توکن نداد' },
  Abandoned: { en: 'the buyer did not come back in time', fa: 'خریدار در مهلت مقرر برنگشت' },
  WindowMissed: { en: 'it could not be verified in time', fa: 'تأیید در مهلت مقرر ممکن نشد' },
  OrderNotPayable: {
    en: 'the shop said that the order was no longer payable',
    fa: 'به گفته فروشگاه سفارش دیگر قابل پرداخت نبود',
  },
  OrderAlreadyPaid: { en: 'the order was already paid', fa: 'سفارش قبلاً پرداخت شده بود' },
  OrderInReview: {
    en: 'another payment of the order is in review',
    fa: 'پرداخت دیگری از سفارش در دست بررسی بود',
  },
  VerificationRefused: { en: 'AtiPay did not confirm the receipt', fa: 'آتی‌پی رسید را تأیید نکرد' },
  AmountMismatch: { en: 'AtiPay confirmed another amount', fa: 'آتی‌پی مبلغ دیگری را اعلام کرد' },
  VerificationUnclear: {
    en: 'refused after a question that went unanswered',
    fa: 'پس از یک درخواست بی‌پاسخ رد شد',
  },
  VerificationTimedOut: {
    en: 'AtiPay did not answer in time',
    fa: 'آتی‌پی در مهلت مقرر پاسخ نداد',
  },
  ResolvedByHand: { en: 'decided manually', fa: 'تصمیم دستی فروشگاه' },
};

/** A failure reason in the words of staff. */
export const reasonText = (reason: FailureReason, locale: Locale): string => REASONS[reason][locale];
