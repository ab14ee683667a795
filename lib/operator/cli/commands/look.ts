import type { PaymentRecord } from '../../../core/record';
import type { PaymentFilter, TimeRange } from '../../../stores/store';
import { attention } from '../../attention';
import { momentText } from '../../dates';
import { explain } from '../../explain';
import { find } from '../../find';
import type { Operator } from '../../operator';
import { telling } from '../../situation';
import { attentionText } from '../../texts/attention';
import { guessText } from '../../texts/find';
import { statusText } from '../../texts/statuses';
import { rials } from '../../words';
import { CommandError, columns, cut, jsonText, plain, wrap } from '../terminal';
import { asJson } from '../json';
import { factLines, storyLines } from '../page';
import { label } from '../../labels';

/** `attention`: payments that need a person, most urgent first. */
export async function showAttention(operator: Operator, json: boolean): Promise<string[]> {
  const { locale } = operator;
  const { items, more } = await attention(operator);
  const told = items.map((item) => ({ item, ...attentionText(item, locale, operator.now()) }));
  if (json) {
    const data = told.map(({ item, what, todo }) => ({
      ...{ kind: item.kind, since: item.since, what, todo },
      ...('payment' in item ? { payment: asJson(item.payment) } : { count: item.count }),
    }));
    return [jsonText(data)];
  }
  if (told.length === 0) return [label('nothing', locale)];
  const lines = told.flatMap(({ item, what, todo }) => [
    ...wrap(`● ${plain(what)} · ${momentText(item.since, locale)}`, '  '),
    ...wrap(`  → ${plain(todo)}`, '    '),
    ...('payment' in item ? [`  ${item.payment.invoiceNumber}`] : []),
  ]);
  return [...lines, ...(more ? [label('moreAttention', locale)] : []), label('zone', locale)];
}

/** `list`: payments in lines, newest first. */
export async function list(
  operator: Operator,
  filter: Omit<PaymentFilter, 'account'>,
  json: boolean,
): Promise<string[]> {
  const { locale, store, account } = operator;
  const { payments, next } = await store.search({ ...filter, account });
  if (json) return [jsonText({ payments: payments.map(asJson), next })];
  if (payments.length === 0) return [label('noMatch', locale)];
  return [
    ...rowsOf(operator, payments),
    ...(next === null ? [] : wrap(`${label('more', locale)} --after ${next}`)),
  ];
}

function rowsOf({ locale }: Operator, payments: readonly PaymentRecord[]): string[] {
  const head = (['begun', 'invoice', 'order', 'status', 'amount', 'card'] as const).map((name) =>
    label(name, locale),
  );
  const rows = payments.map((payment) => [
    momentText(payment.createdAt, locale),
    payment.invoiceNumber,
    cut(plain(payment.orderId), 16),
    statusText(payment.status, locale),
    rials(payment.amount, locale),
    payment.cardEnd ?? '-',
  ]);
  return [...columns([head, ...rows]), label('zone', locale)];
}

/** `find`: the payments found for a text, and the kinds of value that it was taken for. */
export async function findPayments(
  operator: Operator,
  text: string,
  json: boolean,
  begun?: TimeRange,
): Promise<string[]> {
  const { locale } = operator;
  const { guesses, findings, payments } = await find(operator, text, begun);
  if (json) return [jsonText({ guesses, payments: payments.map(asJson) })];
  const tried = guesses.map(({ kind, value }) => guessText(kind, plain(value), locale)).join(', ');
  if (payments.length === 0) throw new CommandError(() => `${label('notFound', locale)} ${tried}`);
  const taken = findings.map(({ kind, value }) => guessText(kind, plain(value), locale)).join(', ');
  return [`${label('takenFor', locale)} ${taken}`, ...rowsOf(operator, payments)];
}

const MOST_ATTEMPTS = 100;

/** `show`: where the money is, then the facts and the story. */
export async function show(operator: Operator, text: string, json: boolean): Promise<string[]> {
  const { store, account, locale, now } = operator;
  const { payments, guesses } = await find(operator, text);
  const orders = [...new Set(payments.map(({ orderId }) => orderId))];
  const [orderId] = orders;
  if (orderId === undefined) {
    const tried = guesses.map(({ kind, value }) => guessText(kind, plain(value), locale)).join(', ');
    throw new CommandError(() => `${label('notFound', locale)} ${tried}`);
  }
  if (orders.length > 1) return json ? findPayments(operator, text, true) : rowsOf(operator, payments);
  const attempts = await store.findByOrder(account, orderId, { limit: MOST_ATTEMPTS });
  const asked = payments.length === 1 ? payments[0] : undefined;
  const subject = asked ?? telling(attempts) ?? payments[0];
  if (!subject) throw new CommandError(() => label('notFound', locale));
  const others = attempts.filter(({ invoiceNumber }) => invoiceNumber !== subject.invoiceNumber);
  const { money, buyer, situation } = explain(subject, locale, now());
  if (json) {
    const data = { situation, money, buyer, payment: asJson(subject), others: others.map(asJson) };
    return [jsonText(data)];
  }
  return [
    ...wrap(
      `${label('order', locale)} ${plain(orderId)}: ${plain(money)}${elsewhere(operator, subject, attempts)}`,
    ),
    ...wrap(`${label('tellBuyer', locale)} ${plain(buyer)}`, '  '),
    '',
    ...factLines(subject, locale),
    '',
    label('story', locale),
    ...storyLines(subject, locale),
    ...(others.length === 0 ? [] : ['', label('others', locale), ...rowsOf(operator, others)]),
    ...(others.length === 0 ? [label('zone', locale)] : []),
  ];
}

/** Another payment of the order that says how the order stands. */
function elsewhere({ locale }: Operator, subject: PaymentRecord, attempts: readonly PaymentRecord[]): string {
  const holder = telling(attempts);
  if (!holder || holder.invoiceNumber === subject.invoiceNumber || holder.orderKey === null) return '';
  return ` ${label('otherHolds', locale)} ${holder.invoiceNumber} (${statusText(holder.status, locale)}).`;
}
