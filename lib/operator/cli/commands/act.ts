import { userInfo } from 'node:os';
import { createInterface } from 'node:readline';
import type { PaymentRecord } from '../../../core/record';
import type { Locale } from '../../../texts';
import { perform, type Act } from '../../acts';
import { explain } from '../../explain';
import { label } from '../../labels';
import type { Operator } from '../../operator';
import { ACT_TEXTS } from '../../texts/command-acts';
import { problems } from '../../texts/problems';
import { statusText } from '../../texts/statuses';
import { money } from '../../words';
import { asJson } from '../json';
import { CommandError, jsonText, misuse, plain, wrap, type Terminal } from '../terminal';

/** How an act is made on the command line. */
export interface ActOptions {
  yes?: boolean;
  by?: string;
  json?: boolean;
}

/** An act without the one who acts. */
type Wish = Act extends infer A ? (A extends Act ? Omit<A, 'by'> : never) : never;

/** Does an act after it was confirmed, on the payment as the person saw it. */
export async function actOn(
  operator: Operator,
  invoiceNumber: string,
  wish: Wish,
  { yes = false, by, json = false }: ActOptions,
  terminal: Terminal,
): Promise<string[]> {
  if (wish.act === 'retry' && !operator.shop) throw misuse(problems.needsShop('retry'));
  const who = whoActs(by);
  const record = await paymentOf(operator, invoiceNumber);
  if (!yes) await insist(operator, record, wish, who, terminal);
  const act = { ...wish, by: plain(who) };
  const stored = await perform(operator, invoiceNumber, act, record.version);
  if (json) return [jsonText(asJson(stored))];
  return wrap(
    `${consequence(act, stored, operator)} ${explain(stored, operator.locale, operator.now()).money}`,
  );
}

async function paymentOf({ store, account }: Operator, invoiceNumber: string): Promise<PaymentRecord> {
  const record = await store.find(invoiceNumber);
  if (record?.account === account) return record;
  throw new CommandError(problems.noPayment(plain(invoiceNumber)));
}

function whoActs(by: string | undefined): string {
  const name = (by ?? process.env['SUDO_USER'] ?? systemUser()).trim();
  if (name !== '') return name;
  throw misuse(problems.nameless);
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A container's user may have no name.
    return '';
  }
}

/** Describes an act before it is done; an act that needs no question has no description. */
function intention(wish: Wish, record: PaymentRecord, who: string, locale: Locale): string | undefined {
  const { asks } = ACT_TEXTS[locale];
  if (wish.act === 'resolve') return asks[wish.outcome](plain(who), money(record.amount, locale));
  if (wish.act !== 'giveBack') return undefined;
  return asks.giveBack(plain(who), money(wish.amount, locale), plain(wish.reference));
}

async function insist(
  operator: Operator,
  record: PaymentRecord,
  wish: Wish,
  who: string,
  { input, error }: Terminal,
): Promise<void> {
  const { locale } = operator;
  const intended = intention(wish, record, who, locale);
  if (intended === undefined) return;
  if (input.isTTY !== true) throw misuse(problems.noTerminal);
  const lines = [
    `${label('order', locale)} ${plain(record.orderId)}: ${plain(explain(record, locale, operator.now()).money)}`,
    `${intended} ${ACT_TEXTS[locale].goOn} `,
  ];
  const answer = await ask(lines.join('\n'), input, error);
  if (!/^(?:y(?:es)?|بله|آری)$/i.test(answer.trim())) throw new CommandError(problems.unchanged);
}

/** The line that is typed; none at all (end of input, Ctrl+C) is an empty one. */
async function ask(question: string, input: Terminal['input'], output: Terminal['error']): Promise<string> {
  const lines = createInterface({ input, output });
  const answer = new Promise<string>((settle) => {
    lines.once('line', settle).once('close', () => settle(''));
  });
  lines.setPrompt(question);
  lines.prompt();
  return answer.finally(() => lines.close());
}

/** Describes a finished act and its consequence. */
function consequence(
  act: Act,
  { invoiceNumber, orderId, status }: PaymentRecord,
  operator: Operator,
): string {
  const { locale, shop } = operator;
  const { payment, done, later } = ACT_TEXTS[locale];
  const subject = payment(invoiceNumber, plain(orderId));
  switch (act.act) {
    case 'resolve': {
      const hook = act.outcome === 'paid' ? 'onSuccess' : 'onFailure';
      return [done.resolve(subject, statusText(status, locale), act.by), ...(shop ? [] : [later(hook)])].join(
        ' ',
      );
    }
    case 'giveBack':
      return done.giveBack(subject);
    case 'note':
      return done.note(subject);
    case 'retry':
      return done.retry(subject, statusText(status, locale));
  }
}
