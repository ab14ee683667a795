import { html, type Html } from '../../../html';
import type { PaymentRecord } from '../../../core/record';
import { STATUSES } from '../../../core/statuses';
import { money } from '../../words';
import { formToken } from '../guard';
import { resolveButton } from '../texts';
import type { View } from '../view';

/** The acts that make sense for a payment and that the person may do, as forms. */
export async function actForms(view: View, record: PaymentRecord): Promise<Html> {
  const { may, text } = view;
  const [resolve, retry, note, giveBack] = await Promise.all(
    (['resolve', 'retry', 'note', 'giveBack'] as const).map((act) => may(act)),
  );
  const forms = [
    resolve && record.status === 'review' ? resolveForms(view, record) : '',
    retry && canRetry(record) ? retryForm(view, record) : '',
    note ? noteForm(view, record) : '',
    giveBack && canGiveBack(record) ? giveBackForm(view, record) : '',
  ].filter((form) => form !== '');
  const any = resolve || retry || note || giveBack;
  return any ? html`${forms}` : html`<p class="soft">${text('readOnly')}</p>`;
}

const hookPending = ({ status, hookDeliveredAt, nextHookAt }: PaymentRecord): boolean =>
  STATUSES[status].hook !== null && hookDeliveredAt === null && nextHookAt !== null;

const canRetry = (record: PaymentRecord): boolean =>
  (STATUSES[record.status].takesOrder && !STATUSES[record.status].final) || hookPending(record);

const canGiveBack = ({ status, receiptKey, givenBack, amount }: PaymentRecord): boolean =>
  STATUSES[status].final && receiptKey !== null && givenBack < amount;

/** A form of an act, with the token of the payment as it is shown. */
function form(view: View, record: PaymentRecord, act: string, fields: Html): Html {
  const seen = record.history.at(-1)?.at ?? 0;
  return html`<form method="post" action="${view.link(`/payments/${record.invoiceNumber}/${act}`)}">
    <input type="hidden" name="token" value="${formToken(record, view.who, record.version)}" />
    <input type="hidden" name="version" value="${record.version}" />
    <input type="hidden" name="seen" value="${seen}" />
    <input type="hidden" name="entries" value="${record.history.length}" />
    ${fields}
  </form>`;
}

const why = ({ text }: View): Html =>
  html`<label
    >${text('why')} <textarea name="text" required maxlength="500" rows="2" dir="auto"></textarea>
  </label>`;

const folded = (title: string, content: Html, open = false): Html =>
  open
    ? html`<details open>
        <summary>${title}</summary>
        ${content}
      </details>`
    : html`<details>
        <summary>${title}</summary>
        ${content}
      </details>`;

const resolveForms = (view: View, record: PaymentRecord): Html =>
  html`${(['paid', 'failed'] as const).map((outcome) =>
    folded(
      view.text(outcome === 'paid' ? 'resolvePaid' : 'resolveFailed'),
      form(
        view,
        record,
        'resolve',
        html`<input type="hidden" name="outcome" value="${outcome}" />
          ${why(view)}
          <button class="${outcome === 'paid' ? '' : 'danger'}">
            ${resolveButton(record.orderId, outcome, view.locale)}
          </button>`,
      ),
      outcome === 'paid',
    ),
  )}`;

const retryForm = (view: View, record: PaymentRecord): Html =>
  form(
    view,
    record,
    'retry',
    html`<button class="second">${view.text(hookPending(record) ? 'retryHook' : 'retryAsk')}</button>`,
  );

const noteForm = (view: View, record: PaymentRecord): Html =>
  folded(
    view.text('noteTitle'),
    form(
      view,
      record,
      'note',
      html`<label
          >${view.text('noteTitle')}
          <textarea name="text" required maxlength="500" rows="2" dir="auto"></textarea></label
        ><button>${view.text('noteButton')}</button>`,
    ),
  );

const giveBackForm = (view: View, record: PaymentRecord): Html =>
  folded(
    view.text('giveBackTitle'),
    form(
      view,
      record,
      'give-back',
      html`<p class="soft">${view.text('giveBackNote')}</p>
        <label
          >${view.text('amount')} (${view.text('giveBackMost')}
          ${money(record.amount - record.givenBack, view.locale)})
          <input name="amount" required inputmode="numeric" dir="ltr"
        /></label>
        <label
          >${view.text('unit')}
          <select name="unit" required>
            <option value="">—</option>
            <option value="IRR">${view.text('rials')}</option>
            <option value="IRT">${view.text('tomans')}</option>
          </select></label
        >
        <label
          >${view.text('reference')} <input name="reference" required maxlength="100" dir="auto"
        /></label>
        ${why(view)}
        <button>${view.text('giveBackButton')}</button>`,
    ),
  );
