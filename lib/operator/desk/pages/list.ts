import { html, raw, type Html } from '../../../html';
import { latinDigits } from '../../../core/iran';
import type { PaymentStatus } from '../../../core/record';
import { EVERY } from '../../../core/statuses';
import type { PaymentFilter, TimeRange } from '../../../stores/store';
import { parseWhen, type When } from '../../dates';
import { label } from '../../labels';
import { statusText } from '../../texts/statuses';
import { valueProblems } from '../../texts/problems';
import { BadInput } from '../problem';
import { field } from '../layout';
import type { DeskPage, View } from '../view';
import { input, languageField, paymentList } from './parts';

const PAGE = 50;

/** Payments, newest first, with filters that can be bookmarked. */
export async function listPage(view: View, query: URLSearchParams): Promise<DeskPage> {
  const { operator, locale, text, link } = view;
  const { store, account } = operator;
  const filter = filterOf(view, query);
  const { payments, next } = isEmpty(filter)
    ? { payments: [], next: null }
    : await store.search({ account, limit: PAGE, ...filter });
  const kept = Object.fromEntries(FIELDS.map((name) => [name, query.get(name) ?? undefined]));
  return {
    title: text('payments'),
    active: 'payments',
    body: html`<section>${filterForm(view, query)}</section>
      <section>
        ${payments.length === 0 ? html`<p>${label('noMatch', locale)}</p>` : paymentList(payments, view)}
      </section>
      <p class="buttons">
        ${query.has('after') ? html`<a class="button second" href="${link('/payments', kept)}">${text('newer')}</a>` : ''}
        ${
          next === null
            ? ''
            : html`<a class="button second" href="${link('/payments', { ...kept, after: next })}"
                >${text('older')}</a
              >`
        }
      </p>
      ${exportForm(view, query)}
      ${(await view.may('purge')) && html`<p class="buttons"><a href="${link('/purge')}">${text('purge')}</a></p>`}`,
  };
}

const FIELDS = ['status', 'time', 'from', 'until', 'card', 'order'] as const;

function filterOf(view: View, query: URLSearchParams): Partial<PaymentFilter> {
  const status = EVERY.find((known) => known === query.get('status'));
  const range = rangeOf(view, query);
  const card = latinDigits(query.get('card') ?? '').replace(/\D/g, '');
  const after = query.get('after') ?? undefined;
  return {
    ...(status && { statuses: [status] satisfies PaymentStatus[] }),
    ...(range && { [query.get('time') === 'confirmed' ? 'confirmed' : 'begun']: range }),
    ...(card !== '' && { cardEnd: card.slice(-4) }),
    ...(query.get('order') && { orderId: latinDigits(query.get('order') ?? '').trim() }),
    ...(after !== undefined && { after }),
  };
}

/** Only paid payments have a time of confirmation: all of them would be read for nothing. */
const isEmpty = ({ confirmed, statuses = ['paid'] }: Partial<PaymentFilter>): boolean =>
  confirmed !== undefined && !statuses.includes('paid');

/** The days of a form; undefined when none is given. @throws BadInput for a text that is no day. */
export function rangeOf(view: View, query: URLSearchParams): TimeRange | undefined {
  const from = whenOf(view, query, 'from');
  const until = whenOf(view, query, 'until');
  return from || until ? { from: from?.from, before: until?.before } : undefined;
}

/** A day or time of a form; undefined when it is empty. @throws BadInput for any other text. */
export function whenOf({ operator }: View, query: URLSearchParams, name: string): When | undefined {
  const written = query.get(name)?.trim() ?? '';
  if (written === '') return undefined;
  const when = parseWhen(written, operator.now());
  if (when) return when;
  throw new BadInput(valueProblems.when, written);
}

const option = (value: string, text: string, chosen: string | null): Html =>
  html`<option value="${value}" ${value === chosen ? raw('selected') : ''}>${text}</option>`;

function filterForm(view: View, query: URLSearchParams): Html {
  const { text, locale } = view;
  const chosen = query.get('status');
  return html`<form class="line filter" method="get" action="${view.link('/payments')}">
    ${languageField(view)}
    ${field(
      text('status'),
      html`<select name="status">
        ${option('', text('anyStatus'), chosen)}
        ${EVERY.map((status) => option(status, statusText(status, locale), chosen))}
      </select>`,
    )}
    ${field(
      text('time'),
      html`<select name="time">
        ${option('begun', text('begunTime'), query.get('time'))}
        ${option('confirmed', text('confirmedTime'), query.get('time'))}
      </select>`,
    )}
    ${field(text('from'), input('from', query))} ${field(text('until'), input('until', query))}
    ${field(text('card'), input('card', query))}
    <button>${text('show')}</button>
  </form>`;
}

const exportForm = (view: View, query: URLSearchParams): Html =>
  html`<section>
    <h2>${view.text('export')}</h2>
    <p class="soft">${view.text('exportNote')}</p>
    <form class="line" method="get" action="${view.link('/export')}">
      ${languageField(view)}
      <label
        >${view.text('from')} <input name="from" required value="${query.get('from') ?? ''}" dir="auto"
      /></label>
      <label
        >${view.text('until')} <input name="until" required value="${query.get('until') ?? ''}" dir="auto"
      /></label>
      <button>${view.text('export')}</button>
    </form>
  </section>`;
