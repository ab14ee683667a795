import { userInfo } from 'node:os';
import { createInterface } from 'node:readline';
import type { PaymentRecord } from '../../../core/record';
import { perform, type Act } from '../../acts';
import { explain } from '../../explain';
import type { Operator } from '../../operator';
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
  throw new CommandError(
    `There is no payment ${plain(invoiceNumber)}. An act takes an invoice number: see show or find.`,
  );
}

function whoActs(by: string | undefined): string {
  const name = (by ?? process.env['SUDO_USER'] ?? systemUser()).trim();
  if (name !== '') return name;
  throw misuse('Who does this? The system does not say: give --by <name>.');
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A container's user may have no name.
    return '';
  }
}

/** Describes an act before it is done. */
function intention(wish: Wish, record: PaymentRecord): string {
  switch (wish.act) {
    case 'resolve':
      return wish.outcome === 'paid'
        ? `records ${money(record.amount, 'en')} as paid: the shop fulfils the order. This cannot be undone.`
        : `records ${money(record.amount, 'en')} as not paid: the shop is told that the payment failed. This cannot be undone.`;
    case 'giveBack':
      return `records that ${money(wish.amount, 'en')} were given back (${plain(wish.reference)}). No money moves by this.`;
    case 'note':
      return `adds the note: ${plain(wish.text)}`;
    case 'retry':
      return 'does the next step now: asks AtiPay, or calls the shop’s hook.';
  }
}

async function insist(
  operator: Operator,
  record: PaymentRecord,
  wish: Wish,
  who: string,
  { input, error }: Terminal,
): Promise<void> {
  if (wish.act === 'note' || wish.act === 'retry') return;
  if (input.isTTY !== true)
    throw misuse('There is no terminal to ask at: give --yes to go on without a question.');
  const lines = [
    `Order ${plain(record.orderId)}: ${plain(explain(record, operator.locale, operator.now()).money)}`,
    `${plain(who)} ${intention(wish, record)} Go on? [y/N] `,
  ];
  const answer = await ask(lines.join('\n'), input, error);
  if (!/^y(es)?$/i.test(answer.trim())) throw new CommandError('Nothing was changed.');
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
  const subject = `Payment ${invoiceNumber} of order ${plain(orderId)}`;
  switch (act.act) {
    case 'resolve': {
      const hook = act.outcome === 'paid' ? 'onSuccess' : 'onFailure';
      const next = operator.shop
        ? ''
        : ` The shop's next sweep calls its ${hook}, within half a minute if it runs; else use sweep --app.`;
      return `${subject} is ${act.outcome}, decided by ${act.by}.${next}`;
    }
    case 'giveBack':
      return `${subject}: the give-back is recorded.`;
    case 'note':
      return `${subject}: the note is recorded.`;
    case 'retry':
      return `${subject} is ${statusText(status, 'en')}.`;
  }
}
