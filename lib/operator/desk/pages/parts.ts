import { html, type Html } from '../../../html';
import type { PaymentRecord } from '../../../core/record';
import { momentText } from '../../dates';
import { statusText } from '../../texts/statuses';
import { rials } from '../../words';
import { field, identifier } from '../layout';
import type { View } from '../view';

/** A status in words and colour. */
export const badge = ({ status }: PaymentRecord, { locale }: View): Html =>
  html`<span class="badge ${status}">${statusText(status, locale)}</span>`;

/** Payments as a list of links: cards on a phone, a line each on a desk. */
export const paymentList = (payments: readonly PaymentRecord[], view: View): Html =>
  html`<ul class="payments">
    ${payments.map((payment) => row(payment, view))}
  </ul>`;

const row = (payment: PaymentRecord, view: View): Html =>
  html`<li>
    <a href="${view.link(`/payments/${encodeURIComponent(payment.invoiceNumber)}`)}">
      <strong><bdi>${payment.orderId}</bdi></strong>
      <span class="end">${badge(payment, view)}</span>
      <span>${rials(payment.amount, view.locale)}</span>
      <span class="end">${momentText(payment.createdAt, view.locale)}</span>
      <span class="soft">${payment.cardEnd === null ? '' : identifier(`…${payment.cardEnd}`)}</span>
    </a>
  </li>`;

/** The box that finds anything; with the query of a search, also by time. */
export const searchBox = (view: View, query?: URLSearchParams): Html =>
  html`<form class="line" method="get" action="${view.link('/find')}" role="search">
    ${languageField(view)}
    <label
      >${view.text('searchLabel')} <input name="q" type="search" value="${query?.get('q') ?? ''}" dir="auto"
    /></label>
    ${query && [field(view.text('from'), input('from', query)), field(view.text('until'), input('until', query))]}
    <button>${view.text('find')}</button>
  </form>`;

/** An input that keeps the query's value. */
export const input = (name: string, query: URLSearchParams): Html =>
  html`<input name="${name}" value="${query.get(name) ?? ''}" dir="auto" />`;

/** Forms that are sent by GET replace the address' query: the language goes along as a field. */
export const languageField = ({ link, locale }: View): Html | undefined =>
  link('/').includes('lang=') ? html`<input type="hidden" name="lang" value="${locale}" />` : undefined;
