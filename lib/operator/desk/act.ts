import type { Request } from 'express';
import { html } from '../../html';
import { latinDigits } from '../../core/iran';
import type { PaymentRecord } from '../../core/record';
import { AtipayError } from '../../errors';
import { ChangedMeanwhile } from '../../payments/resolve';
import { perform, type Act, type ActName } from '../acts';
import { storyOf } from '../facts';
import { refusalText } from '../texts/refusals';
import { isSameOrigin, isToken } from './guard';
import { story } from './pages/payment';
import type { DeskPage, View } from './view';

type Fields = Readonly<Record<string, string>>;

const ACTS: Readonly<Record<string, ActName>> = {
  resolve: 'resolve',
  retry: 'retry',
  note: 'note',
  'give-back': 'giveBack',
};

/** Does an act that was sent by a form: the page that says why not, or the address to go on to. */
export async function doAct(
  view: View,
  req: Request,
  record: PaymentRecord,
  name: string,
): Promise<DeskPage | string | undefined> {
  const kind = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
  if (kind === undefined) return undefined;
  const fields = fieldsOf(req.body);
  const version = Number(fields['version']);
  if (!isSameOrigin(req) || !isToken(fields['token'] ?? '', record, view.who, version)) return foreign(view);
  if (!(await view.may(kind))) return forbidden(view);
  const path = `/payments/${record.invoiceNumber}`;
  try {
    await perform(view.operator, record.invoiceNumber, actOf(kind, fields, view.who), version);
    return view.link(path, { done: kind });
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return changed(view, error.record, fields);
    if (error instanceof AtipayError && error.status < 500) return refused(view, error, path);
    throw error;
  }
}

/** The fields of a form; a field that came twice is its first value. */
export function fieldsOf(body: unknown): Fields {
  if (typeof body !== 'object' || body === null) return {};
  const entries = Object.entries(body as Record<string, unknown>);
  const first = (value: unknown): unknown => (Array.isArray(value) ? (value as unknown[])[0] : value);
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      const text = first(value);
      return typeof text === 'string' ? [[name, text]] : [];
    }),
  );
}

function actOf(kind: ActName, fields: Fields, by: string): Act {
  const text = (fields['text'] ?? '').replace(/\r\n?/g, '\n');
  switch (kind) {
    case 'resolve':
      // Anything else is refused as no outcome.
      return { act: 'resolve', outcome: fields['outcome'] as 'paid' | 'failed', by, text };
    case 'retry':
      return { act: 'retry', by };
    case 'note':
      return { act: 'note', by, text };
    case 'giveBack':
      return { act: 'giveBack', amount: amountOf(fields), reference: fields['reference'] ?? '', by, text };
  }
}

/** Rials; NaN, which is refused, without a unit or for a text that is no whole number. */
function amountOf({ amount = '', unit }: Fields): number {
  const digits = latinDigits(amount).replace(/[\s,٬،]/g, '');
  if (!/^\d{1,15}$/.test(digits)) return NaN;
  return unit === 'IRT' ? Number(digits) * 10 : unit === 'IRR' ? Number(digits) : NaN;
}

/** The page for a form of another site, of another person, or without its token. */
export const foreign = ({ text, link }: View): DeskPage => ({
  status: 403,
  title: text('foreignTitle'),
  body: html`<p class="item" role="alert">${text('foreignBody')}</p>
    <p><a class="button second" href="${link('/')}">${text('toStart')}</a></p>`,
});

/** The page for a person who may not do this. */
export const forbidden = ({ text, link }: View): DeskPage => ({
  status: 403,
  title: text('forbiddenTitle'),
  body: html`<p class="item" role="alert">${text('readOnly')}</p>
    <p><a class="button second" href="${link('/')}">${text('toStart')}</a></p>`,
});

/** Changes by another person or a sweep since the form was made. */
function changed(view: View, record: PaymentRecord, fields: Fields): DeskPage {
  const { text, link, locale } = view;
  const seen = Number(fields['seen'] ?? 0);
  const entries = Number(fields['entries'] ?? 0);
  const lines = storyOf(record, locale);
  const fresh = lines.filter(({ at }, index) => at > seen || index >= entries);
  return {
    status: 409,
    title: text('changedTitle'),
    body: html`<section role="alert">
      <p>${text('changedBody')}</p>
      ${story(fresh.length > 0 ? fresh : lines.slice(-1), view)}
      <p>
        <a class="button" href="${link(`/payments/${record.invoiceNumber}`)}">${text('backToPayment')}</a>
      </p>
    </section>`,
  };
}

const refused = ({ text, link, locale }: View, error: AtipayError, path: string): DeskPage => ({
  status: error.status,
  title: text('refusedTitle'),
  body: html`<p class="item" role="alert">${refusalText(error, locale)}</p>
    <p><a class="button" href="${link(path)}">${text('backToPayment')}</a></p>`,
});
