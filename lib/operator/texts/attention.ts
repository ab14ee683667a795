import type { Locale } from '../../texts';
import type { AttentionItem } from '../attention';
import { momentText } from '../dates';
import { latest } from '../situation';
import { oneLine } from '../../core/text';
import { duration, money, times } from '../words';
import { reasonText } from './reasons';

/** Reasons why payments need a person, with the next step. */
export interface AttentionText {
  what: string;
  todo: string;
}

const LIMIT = 500;

/** An item of "needs you" in words. */
export function attentionText(item: AttentionItem, locale: Locale, now: number): AttentionText {
  const text = 'payment' in item ? paymentText(item, locale, now) : patternText(item, locale, now);
  return { what: oneLine(text.what, LIMIT), todo: oneLine(text.todo, LIMIT) };
}

type PaymentItem = Extract<AttentionItem, { payment: unknown }>;
type PatternItem = Extract<AttentionItem, { count: number }>;

function paymentText({ kind, payment, since }: PaymentItem, locale: Locale, now: number): AttentionText {
  const order = payment.orderId;
  const amount = money(payment.amount, locale);
  const reason = reasonText(payment.failureReason ?? 'VerificationTimedOut', locale);
  const receipt = payment.referenceNumber ?? '-';
  const ago = duration(now - since, locale);
  const calls = times(payment.hookAttempts, locale);
  const problem = String(latest(payment, 'hookThrew')?.data?.['problem'] ?? '');
  const fa = locale === 'fa';
  const paid = payment.status === 'paid';
  switch (kind) {
    case 'review':
      return fa
        ? {
            what: `سفارش ${order}\u200f: ${amount}؛ ${reason}`,
            todo: `رسید ${receipt} را در پنل آتی‌پی پیدا کنید یا تلفنی بپرسید که مبلغ واریز شده است یا نه، سپس نتیجه را ثبت کنید.`,
          }
        : {
            what: `Order ${order}: ${amount}; ${reason}`,
            todo: `Look up receipt ${receipt} in AtiPay’s panel, or call AtiPay: is the money there? Then record the answer.`,
          };
    case 'hook':
      return fa
        ? {
            what: `سفارش ${order}\u200f ${paid ? 'پرداخت شده' : 'ناموفق بوده'} و سایت فروشگاه خبر ندارد: ${calls} اعلام شد و به نتیجه نرسید${problem && `: ${problem}`}`,
            todo: 'این خطا را به برنامه‌نویس فروشگاه بدهید؛ پس از رفع آن «همین حالا دوباره اعلام شود» را بزنید.',
          }
        : {
            what: `Order ${order} is ${paid ? 'paid' : 'failed'} and the shop does not know it: ${paid ? 'onSuccess' : 'onFailure'} was called ${calls} and did not return${problem && `: ${problem}`}`,
            todo: 'Give this error to the shop’s developer; once it is fixed, call the hook again.',
          };
    case 'overdue':
      return fa
        ? {
            what: `سفارش ${order}\u200f: ${ago} از موعد بازبینی آن گذشته است`,
            todo: 'بازبینی دوره‌ای کار نمی‌کند یا آتی‌پی پاسخ نمی‌دهد: صفحه «معاینه» را ببینید.',
          }
        : {
            what: `Order ${order}: its next step has been overdue for ${ago}`,
            todo: 'No sweep is running, or AtiPay does not answer: see Doctor.',
          };
  }
}

function patternText(
  { kind, count, since, reason }: PatternItem,
  locale: Locale,
  now: number,
): AttentionText {
  const time = momentText(since, locale);
  const ago = duration(now - since, locale);
  const why = reason ? reasonText(reason, locale) : '';
  const fa = locale === 'fa';
  const buyers = fa ? new Intl.NumberFormat('fa-IR').format(count) : String(count);
  switch (kind) {
    case 'noCallbacks':
      return fa
        ? {
            what: `از ${time} (${ago} پیش) هیچ خریداری از بانک برنگشته است: ${buyers} پرداخت پشت سر هم`,
            todo: 'آیا چیزی جلوی آدرس callback را گرفته است (ورود کاربر، CSRF، فایروال)؟ صفحه «معاینه» را ببینید.',
          }
        : {
            what: `No buyer has come back from the bank since ${time} (${ago} ago): ${buyers} payments in a row`,
            todo: 'Is something in front of the callback (a login, CSRF, a firewall)? See Doctor.',
          };
    case 'noTokens':
      return fa
        ? {
            what: `از ${time} (${ago} پیش) آتی‌پی توکن نمی‌دهد: ${buyers} پرداخت پشت سر هم شروع نشد`,
            todo: 'کلید، آدرس IP ثبت‌شده و دسترسی سرور به آتی‌پی را در صفحه «معاینه» بررسی کنید؛ سپس با آتی‌پی تماس بگیرید.',
          }
        : {
            what: `AtiPay has given no token since ${time} (${ago} ago): ${buyers} payments in a row could not start`,
            todo: 'Check the key, the registered IP address and the way to AtiPay in Doctor; then call AtiPay.',
          };
    case 'shopFault':
      return fa
        ? {
            what: `${buyers} پرداخت پشت سر هم به دلیلی مربوط به فروشگاه ناموفق بود: ${why}`,
            todo: 'کلید، ترمینال و آدرس IP ثبت‌شده را در پنل آتی‌پی بررسی کنید.',
          }
        : {
            what: `${buyers} payments in a row failed for a reason about the shop: ${why}`,
            todo: 'Check the key, the terminal and the registered IP address in AtiPay’s panel.',
          };
  }
}
