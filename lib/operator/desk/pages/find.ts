import { html } from '../../../html';
import { find } from '../../find';
import { label } from '../../labels';
import { guessText } from '../../texts/find';
import type { DeskPage, View } from '../view';
import { rangeOf } from './list';
import { paymentList, searchBox } from './parts';

/** The pasted text and the payments found, within a range of time if one is given. One hit is an address to go to. */
export async function findPage(view: View, query: URLSearchParams): Promise<DeskPage | string> {
  const { operator, locale, text } = view;
  const pasted = (query.get('q') ?? '').slice(0, 200);
  const form = html`<section>${searchBox(view, query)}</section>`;
  if (pasted.trim() === '') return { title: text('find'), active: 'find', body: form };
  const { guesses, findings, payments } = await find(operator, pasted, rangeOf(view, query));
  const [only] = payments;
  if (only && payments.length === 1) return view.link(`/payments/${only.invoiceNumber}`);
  const read = findings.length > 0 ? findings : guesses;
  const words = read
    .map(({ kind, value }) => guessText(kind, value, locale))
    .join(locale === 'fa' ? '، ' : ', ');
  return {
    title: text('find'),
    active: 'find',
    body: html`${form}
    ${
      payments.length === 0
        ? html`<p class="item" role="status">${label('notFound', locale)} <bdi>${words}</bdi></p>`
        : html`<section>
            <p role="status">${label('takenFor', locale)} <bdi>${words}</bdi></p>
            ${paymentList(payments, view)}
          </section>`
    }`,
  };
}
