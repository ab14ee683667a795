import { html, type Html } from '../../../html';
import type { PaymentRecord } from '../../../core/record';
import { momentText } from '../../dates';
import { explain } from '../../explain';
import { factsOf, storyOf, type StoryLine } from '../../facts';
import { label } from '../../labels';
import { telling } from '../../situation';
import { statusText } from '../../texts/statuses';
import { money } from '../../words';
import { direction, identifier, sentence } from '../layout';
import type { DeskPage, View } from '../view';
import { actForms } from './acts';
import { badge, paymentList } from './parts';

const MOST_ATTEMPTS = 100;

/** Facts that are copied digit by digit. */
const IDENTIFIERS: ReadonlySet<string> = new Set([
  ...['invoice', 'receipt', 'trace', 'rrn', 'terminal', 'card', 'mobile'],
]);

/** One payment: the sentence, the story, the facts, the other attempts, the acts. `done`: an act was just done. */
export async function paymentPage(view: View, record: PaymentRecord, done: boolean): Promise<DeskPage> {
  const { operator, locale, text } = view;
  const attempts = await operator.store.findByOrder(operator.account, record.orderId, {
    limit: MOST_ATTEMPTS,
  });
  const others = attempts.filter(({ invoiceNumber }) => invoiceNumber !== record.invoiceNumber);
  return {
    title: `${label('order', locale)} ${record.orderId}`,
    active: 'payments',
    body: html`${done ? html`<p class="card done" role="status">${text('done')}</p>` : ''}
      <section>
        <p class="amount">${money(record.amount, locale)} ${badge(record, view)}</p>
        ${answer(view, record, attempts)}
      </section>
      <div class="columns">
        <div>
          <section>
            <h2>${text('story')}</h2>
            ${story(storyOf(record, locale), view)}
          </section>
          ${
            others.length === 0
              ? ''
              : html`<section>
                  <h2>${text('others')}</h2>
                  ${paymentList(others, view)}
                </section>`
          }
        </div>
        <div>
          <section class="acts">
            <h2>${text('acts')}</h2>
            ${await actForms(view, record)}
          </section>
          <section>
            <h2>${text('facts')}</h2>
            ${facts(record, view)}
            <details>
              <summary>${text('support')}</summary>
              <textarea readonly aria-label="${text('support')}" rows="12">
${supportText(record, view)}</textarea>
            </details>
          </section>
        </div>
      </div>`,
  };
}

function answer(view: View, record: PaymentRecord, attempts: readonly PaymentRecord[]): Html {
  const { locale, text, operator } = view;
  const { money: where, buyer } = explain(record, locale, operator.now());
  const other = locale === 'fa' ? 'en' : 'fa';
  const also = explain(record, other, operator.now());
  const holder = telling(attempts);
  const elsewhere =
    holder && holder.invoiceNumber !== record.invoiceNumber && holder.orderKey !== null
      ? html`<p>
          ${label('otherHolds', locale)}
          <a href="${view.link(`/payments/${holder.invoiceNumber}`)}">${identifier(holder.invoiceNumber)}</a>
          (${statusText(holder.status, locale)})
        </p>`
      : '';
  return html`<p class="said">${where}</p>
    ${elsewhere}
    <p class="tell"><strong>${text('tellBuyer')}:</strong> ${buyer}</p>
    <details>
      <summary>${text('otherLanguage')}</summary>
      <div lang="${other}" dir="${direction(other)}">
        <p>${also.money}</p>
        <p class="tell">${also.buyer}</p>
      </div>
    </details>`;
}

/** A payment's story as a timeline. */
export const story = (lines: readonly StoryLine[], view: View): Html => {
  const { locale } = view;
  return html`<ol class="story">
    ${lines.map(
      ({ at, pause, status, text, tone }) =>
        html`${pause === '' ? '' : html`<li class="pause">${pause} ${label('later', locale)}</li>`}
          <li class="${tone}">
            <time datetime="${new Date(at).toISOString()}">${momentText(at, locale, true)}</time>
            <span>${tone === 'trouble' ? '▲ ' : ''}${status}: ${sentence(text, view)}</span>
          </li>`,
    )}
  </ol>`;
};

const facts = (record: PaymentRecord, { locale }: View): Html =>
  html`<dl>
    ${factsOf(record, locale).map(
      ([name, value]) =>
        html`<div>
          <dt>${label(name, locale)}</dt>
          <dd>${IDENTIFIERS.has(name) ? identifier(value) : html`<bdi>${value}</bdi>`}</dd>
        </div>`,
    )}
  </dl>`;

/** Details for a developer or for AtiPay's support: in English, with times of Tehran. */
function supportText(record: PaymentRecord, { operator }: View): string {
  const lines = factsOf(record, 'en').map(([name, value]) => `${label(name, 'en')}: ${value}`);
  const told = storyOf(record, 'en').map(
    ({ at, status, text }) => `${momentText(at, 'en', true)} ${status}: ${text}`,
  );
  return [explain(record, 'en', operator.now()).money, '', ...lines, '', ...told].join('\n');
}
