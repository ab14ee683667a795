import type { Payment, ReceiptDetails } from '../core/payment';
import { hasOutcome } from '../core/statuses';
import { html, type Html, type Part } from '../html';
import { texts, type Locale } from '../texts';
import { grouped, identifier, moment } from './parts';

const NUMBER: Record<Locale, Intl.NumberFormat> = {
  fa: new Intl.NumberFormat('fa-IR', { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }),
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

/** The amount, large: first in the unit that the shop has shown, then in the other. */
export function headline(payment: Amounted, locale: Locale): Html {
  const { rials, tomans } = receiptAmounts(payment, locale);
  const [first, second] = payment.currency === 'IRT' ? [tomans, rials] : [rials, tomans];
  return html`<p class="amount"><strong>${first}</strong> <span>${second}</span></p>`;
}

/** A row; nothing without a value. */
const row = (label: string, value: Part): Html | undefined =>
  value === undefined
    ? undefined
    : html`<div>
        <dt>${label}</dt>
        <dd>${value}</dd>
      </div>`;

/** A long number in groups, with a button that copies it; the button sleeps until a script wakes it. */
function copied(label: string, value: string, size: number, copy: string): Html {
  const button = html`<button type="button" class="copy" value="${value}" hidden>
    ${copy}<span class="unseen"> ${label}</span>
  </button>`;
  return html`<div class="long">
    <dt>${label}</dt>
    <dd>${grouped(value, size)}${button}</dd>
  </div>`;
}

const receiptOf = (payment: Payment): Partial<ReceiptDetails> => (hasOutcome(payment) ? payment : {});

const ifAny = (value: string | undefined): Html | undefined =>
  value === undefined || value === '' ? undefined : identifier(value);

/** `6104 33** **** 1234`, as banks print it. */
const card = (pan: string | undefined): Html | undefined =>
  pan?.length === 16 ? grouped(pan, 4) : ifAny(pan);

/** Details of a payment beside its outcome. */
interface Shown {
  payment: Payment;
  locale: Locale;
  /** When it was decided; for an undecided payment, when it was started. */
  at: number;
}

/** The numbers of a payment: first those that buyers look for, then, small, those that staff and banks ask for. */
export function details({ payment, locale, at }: Shown, quoted = false): Html {
  const { label, action } = texts(locale);
  const { traceNumber, maskedPan, rrn, referenceNumber = '' } = receiptOf(payment);
  const undecided = !hasOutcome(payment);
  const { description } = payment;
  const main = [
    row(label.order, identifier(payment.orderId)),
    row(label.description, description === undefined ? undefined : html`<bdi>${description}</bdi>`),
    row(undecided ? label.started : label.time, moment(at, locale)),
    row(label.trace, ifAny(traceNumber)),
    row(label.card, card(maskedPan)),
  ];
  const small = [
    row(label.rrn, ifAny(rrn)),
    quoted ? undefined : copied(label.invoice, payment.invoiceNumber, 4, action.copy),
    referenceNumber === '' ? undefined : copied(label.reference, referenceNumber, 5, action.copy),
  ];
  const rest = small.some((part) => part !== undefined) && html`<dl class="small">${small}</dl>`;
  return html`<dl>${main}</dl>
    ${rest}`;
}

/** Announces that a number has been copied. */
export const announcer = (locale: Locale): Html =>
  html`<p class="soft said" role="status" id="said" data-text="${texts(locale).copied}"></p>`;
