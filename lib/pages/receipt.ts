import type { Payment, ReceiptDetails } from '../core/payment';
import { texts, type Locale } from '../texts';
import { escapeHtml, identifier } from './html';

const NUMBER: Record<Locale, Intl.NumberFormat> = {
  fa: new Intl.NumberFormat('fa-IR', { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }),
};

const TEHRAN = { timeZone: 'Asia/Tehran', dateStyle: 'long', timeStyle: 'short' } as const;

const CLOCK: Record<Locale, Intl.DateTimeFormat> = {
  fa: new Intl.DateTimeFormat('fa-IR-u-ca-persian', TEHRAN),
  en: new Intl.DateTimeFormat('en-GB', TEHRAN),
};

type Amounted = Pick<Payment, 'amount' | 'currency'>;

/** A payment's amount in both units, with its unit. `payment.amount` is in `payment.currency`. */
export function receiptAmounts(payment: Amounted, locale: Locale): { rials: string; tomans: string } {
  const rials = payment.currency === 'IRT' ? Math.round(payment.amount * 10) : payment.amount;
  const { unit } = texts(locale);
  return {
    rials: `${NUMBER[locale].format(rials)} ${unit.rials}`,
    tomans: `${NUMBER[locale].format(rials / 10)} ${unit.tomans}`,
  };
}

/** The amount the shop has shown first, the other unit beside it. */
function bothAmounts(payment: Amounted, locale: Locale): [string, string] {
  const { rials, tomans } = receiptAmounts(payment, locale);
  return payment.currency === 'IRT' ? [tomans, rials] : [rials, tomans];
}

/** The amount as the first thing to see. */
export function headline(payment: Amounted, locale: Locale): string {
  const [first, second] = bothAmounts(payment, locale);
  return `<p class="amount"><strong>${escapeHtml(first)}</strong><span>${escapeHtml(second)}</span></p>`;
}

/** A moment in Tehran, by the calendar of the language. */
const moment = (time: number, locale: Locale): string =>
  `<time datetime="${new Date(time).toISOString()}">${escapeHtml(CLOCK[locale].format(time))}</time>`;

const row = (label: string, value: string): string =>
  `<div><dt>${escapeHtml(label)}</dt><dd>${value}</dd></div>`;

const receiptOf = (payment: Payment): Partial<ReceiptDetails> =>
  payment.status === 'paid' || payment.status === 'failed' || payment.status === 'review' ? payment : {};

/** What identifies a payment, as a list; `amount` and `invoice` are left out where the page shows them larger. */
export function details(payment: Payment, locale: Locale, shown: 'amount' | 'invoice' | 'none'): string {
  const { label } = texts(locale);
  const receipt = receiptOf(payment);
  const optional = (name: string, value: string | undefined): string =>
    value === undefined || value === '' ? '' : row(name, identifier(value));
  const [first, second] = bothAmounts(payment, locale);
  const rows = [
    shown === 'amount' ? '' : row(label.amount, escapeHtml(`${first} (${second})`)),
    payment.description === undefined
      ? ''
      : row(label.description, `<bdi>${escapeHtml(payment.description)}</bdi>`),
    payment.status === 'paid' ? row(label.time, moment(payment.verifiedAt, locale)) : '',
    shown === 'invoice' ? '' : row(label.invoice, identifier(payment.invoiceNumber)),
    optional(label.trace, receipt.traceNumber),
    optional(label.card, receipt.maskedPan),
    optional(label.rrn, receipt.rrn),
    optional(label.reference, receipt.referenceNumber),
  ];
  return `<dl>${rows.join('')}</dl>`;
}
