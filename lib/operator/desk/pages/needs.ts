import { html } from '../../../html';
import { attention } from '../../attention';
import { momentText } from '../../dates';
import { label } from '../../labels';
import { attentionText } from '../../texts/attention';
import { count } from '../../words';
import type { DeskPage, View } from '../view';
import { searchBox } from './parts';

/** The start: payments that need a person, most urgent first. */
export async function needsPage(view: View): Promise<DeskPage> {
  const { operator, locale, link, text } = view;
  const { items, more } = await attention(operator);
  const told = items.map((item) => {
    const { what, todo } = attentionText(item, locale, operator.now());
    const way =
      'payment' in item
        ? html`<a class="button second" href="${link(`/payments/${item.payment.invoiceNumber}`)}"
            >${text('open')}</a
          >`
        : html`<a class="button second" href="${link('/doctor')}">${text('doctor')}</a>`;
    return html`<li class="item ${item.kind}">
      <p><strong>${what}</strong> <span class="soft when">${momentText(item.since, locale)}</span></p>
      <p>${todo}</p>
      ${way}
    </li>`;
  });
  const title =
    items.length === 0
      ? text('needs')
      : `${text('needs')} (${count(items.length, locale)}${more ? '+' : ''})`;
  return {
    title,
    active: 'needs',
    body: html`<section>${searchBox(view)}</section>
      ${items.length === 0 ? html`<p class="item fine">${label('nothing', locale)}</p>` : ''}
      <ul>
        ${told}
      </ul>
      ${more ? html`<p>${label('moreAttention', locale)}</p>` : ''}`,
  };
}
