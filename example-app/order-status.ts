import type { Payment } from 'express-atipay';
import type { Order, OrderState } from './orders';

/** How an order stands, as its page says it. */
export interface OrderStatus {
  tone: OrderState | 'wait';
  title: string;
  text: string;
  /** The payment that decided, or is about to. */
  payment?: Payment | undefined;
  /** The text of the pay button; none when there is nothing to pay. */
  pay?: string;
}

const HOLDING: readonly Payment['status'][] = ['paid', 'review', 'verifying', 'received'];

/** An order and its payments, newest first, put in words. */
export function statusOf(order: Order, payments: readonly Payment[]): OrderStatus {
  const payment = payments.find(({ status }) => HOLDING.includes(status));
  if (order.state === 'paid') {
    return {
      tone: 'paid',
      title: 'سفارش پرداخت شد',
      text: 'سفارش شما ثبت شد و به‌زودی فرستاده می‌شود.',
      payment,
    };
  }
  if (payment?.status === 'review') {
    return { tone: 'review', title: 'پرداخت در دست بررسی است', text: payment.failure.message, payment };
  }
  if (payment) {
    const text = 'منتظر تأیید درگاه پرداخت هستیم. دوباره پرداخت نکنید؛ این صفحه خودبه‌خود به‌روز می‌شود.';
    return { tone: 'wait', title: 'پرداخت در حال تأیید است', text, payment };
  }
  if (order.state === 'cancelled') {
    const text = 'این سفارش لغو شده است. اگر مبلغی از حساب شما کسر شده باشد، به همان کارت بازمی‌گردد.';
    return { tone: 'cancelled', title: 'سفارش لغو شد', text };
  }
  return unpaid(payments[0]);
}

function unpaid(latest: Payment | undefined): OrderStatus {
  if (latest?.status === 'failed') {
    return { tone: 'failed', title: 'پرداخت انجام نشد', text: latest.failure.message, pay: 'پرداخت دوباره' };
  }
  const text = latest
    ? 'هنوز پرداختی نرسیده است. اگر صفحهٔ بانک باز است، همان‌جا پرداخت را کامل کنید.'
    : 'برای نهایی شدن سفارش، آن را پرداخت کنید.';
  return { tone: 'open', title: 'سفارش در انتظار پرداخت است', text, pay: 'پرداخت' };
}
