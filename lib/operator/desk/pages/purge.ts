import type { Request } from 'express';
import { html, type Html } from '../../../html';
import type { PaymentRecord } from '../../../core/record';
import { FINAL } from '../../../core/statuses';
import { purging, type PurgeStep } from '../../../payments/purge';
import { dayText, momentText } from '../../dates';
import { label } from '../../labels';
import { purgeText } from '../../texts/purge';

import { fieldsOf, foreign, forbidden } from '../act';
import { formToken, isSameOrigin, isToken } from '../guard';
import { purgeButton } from '../texts';
import type { DeskPage, View } from '../view';
import { badge, input, languageField } from './parts';
import { whenOf } from './list';

/** Payments of one request: more are removed by the next one. */
const MOST = 5_000;

/** Which payments would lose their personal data, and the form that removes it. */
export async function purgePage(view: View, query: URLSearchParams): Promise<DeskPage> {
  if (!(await view.may('purge'))) return forbidden(view);
  const when = whenOf(view, query, 'before');
  const newest = when && (await newestBefore(view, { before: when.from }));
  return page(
    view,
    html`<section>
        <p>${view.text('purgeNote')}</p>
        <form class="line" method="get" action="${view.link('/purge')}">
          ${languageField(view)}
          <label>${view.text('purgeBefore')} ${input('before', query)}</label>
          <button class="second">${view.text('show')}</button>
        </form>
      </section>
      ${when && confirmation(view, newest, when.from)}`,
  );
}

/** Removes the personal data of a payment and of all that were begun before it, up to a limit. */
export async function doPurge(view: View, req: Request): Promise<DeskPage> {
  const { acts, store } = view.operator;
  const { invoice = '', token = '', before } = fieldsOf(req.body);
  const newest = await store.find(invoice);
  const fits = newest && isToken(token, newest, view.who, newest.version);
  if (!isSameOrigin(req) || !fits) return foreign(view);
  if (!(await view.may('purge'))) return forbidden(view);
  let done: PurgeStep | undefined;
  for await (const step of purging(acts, { before: newest.createdAt + 1, by: view.who })) {
    done = step;
    if (step.report.read >= MOST) break;
  }
  if (!done) return foreign(view);
  const left = done.next === null ? undefined : await newestBefore(view, { after: done.next });
  return page(
    view,
    html`<p class="card done" role="status">${purgeText(done.report, view.locale)}</p>
      ${left && confirmation(view, left, Number(before))}`,
  );
}

const page = (view: View, body: Html): DeskPage => ({ title: view.text('purge'), active: 'payments', body });

/** The first payment that a purge would come to. */
async function newestBefore(
  { operator: { store, account } }: View,
  { before, after }: { before?: number; after?: string },
): Promise<PaymentRecord | undefined> {
  const { payments } = await store.search({ account, statuses: FINAL, begun: { before }, after, limit: 1 });
  return payments[0];
}

function confirmation(view: View, newest: PaymentRecord | undefined, before: number): Html {
  const { text, locale, link } = view;
  if (!newest) return html`<p class="item" role="status">${text('purgeNone')}</p>`;
  return html`<section>
    <p>
      ${text('purgeNewest')}
      <a href="${link(`/payments/${newest.invoiceNumber}`)}"
        >${label('order', locale)} <bdi>${newest.orderId}</bdi></a
      >
      ${momentText(newest.createdAt, locale)} ${badge(newest, view)}
    </p>
    <form method="post" action="${link('/purge')}">
      <input type="hidden" name="token" value="${formToken(newest, view.who, newest.version)}" />
      <input type="hidden" name="invoice" value="${newest.invoiceNumber}" />
      <input type="hidden" name="before" value="${before}" />
      <div class="buttons">
        <button class="danger">${purgeButton(dayText(before, locale), locale)}</button>
      </div>
    </form>
  </section>`;
}
