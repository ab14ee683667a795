import type { PaymentStatus } from 'express-atipay';
import type { OrderState } from './orders';

const numbers = new Intl.NumberFormat('fa-IR');
const dates = new Intl.DateTimeFormat('fa-IR-u-ca-persian', {
  timeZone: 'Asia/Tehran',
  dateStyle: 'long',
  timeStyle: 'short',
});

export const toman = (amount: number): string => `${numbers.format(amount)} تومان`;
export const when = (time: number): string => dates.format(time);
export const persian = (text: string | number): string =>
  String(text).replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)] ?? digit);

const ORDER: Record<OrderState, string> = {
  open: 'در انتظار پرداخت',
  failed: 'پرداخت ناموفق',
  paid: 'پرداخت شده',
  review: 'در دست بررسی',
  cancelled: 'لغو شده',
};

export const stateName = (state: OrderState): string => ORDER[state];

const PAYMENT: Record<PaymentStatus, string> = {
  created: 'آغاز شده',
  pending: 'در انتظار پرداخت',
  received: 'در حال تأیید',
  verifying: 'در حال تأیید',
  paid: 'پرداخت شده',
  failed: 'ناموفق',
  review: 'در دست بررسی',
};

export const paymentName = (status: PaymentStatus): string => PAYMENT[status];
