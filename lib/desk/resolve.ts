import { userInfo } from 'node:os';
import { createInterface } from 'node:readline';
import { Reporter } from '../events';
import type { PaymentRecord } from '../core/record';
import { resolveOnly } from '../payments/resolve';
import { LATER_HOOKS } from './policy';
import { whereTheMoneyIs } from './answer';
import type { Command } from './arguments';
import { asJson } from './json';
import type { Payments } from './payments';
import { DeskError, misuse, money, plain } from './wording';

type Resolution = Extract<Command, { name: 'resolve' }>;

/** Where the question is put and answered. */
export interface Terminal {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream;
}

/** `resolve`: a person's decision, asked for once more before it is stored. */
export async function resolvePayment(
  payments: Payments,
  resolution: Resolution,
  terminal: Terminal,
  now: () => number,
): Promise<string[]> {
  const { invoiceNumber, outcome, note, place, json } = resolution;
  const by = whoDecides(resolution.by);
  const record = await inReview(payments, invoiceNumber, place.account);
  await insist(record, resolution, by, terminal, now());
  const quiet = { warn: () => undefined, error: () => undefined };
  const context = {
    store: payments.store,
    policy: LATER_HOOKS,
    reporter: new Reporter(quiet),
    settings: { account: record.account, locale: 'en' as const, now },
  };
  const { record: stored } = await resolveOnly(context, invoiceNumber, {
    outcome,
    by: plain(by),
    text: plain(note),
  });
  if (json) return [JSON.stringify(asJson(stored), null, 2)];
  return [
    `Payment ${invoiceNumber} of order ${plain(stored.orderId)} is ${outcome}, decided by ${plain(by)}.`,
    `The shop does not know it yet: its ${outcome === 'paid' ? 'onSuccess' : 'onFailure'} is called by its next sweep, ` +
      'within half a minute if it runs. With nothing running, use atipay-payments sweep --config.',
  ];
}

async function inReview(
  payments: Payments,
  invoiceNumber: string,
  account: string | undefined,
): Promise<PaymentRecord> {
  const [record] = await payments.search({ invoiceNumber, account });
  if (!record)
    throw new DeskError(
      `There is no payment ${plain(invoiceNumber)}. resolve takes an invoice number: see show or list.`,
    );
  if (record.status === 'review') return record;
  throw new DeskError(
    `Payment ${invoiceNumber} is ${record.status}, not in review: there is nothing to decide.`,
  );
}

function whoDecides(by: string | undefined): string {
  const name = (by ?? process.env['SUDO_USER'] ?? systemUser()).trim();
  if (name !== '') return name;
  throw misuse('Who decides? The system does not say: give --by <name>.');
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A container's user may have no name.
    return '';
  }
}

async function insist(
  record: PaymentRecord,
  { outcome, note, yes }: Resolution,
  by: string,
  { input, output }: Terminal,
  now: number,
): Promise<void> {
  if (yes) return;
  if (input.isTTY !== true) throw misuse('Nobody is here to ask: give --yes to decide without a question.');
  const consequence =
    outcome === 'paid' ? 'The shop serves the order.' : 'The shop is told that the payment failed.';
  const lines = [
    `Order ${plain(record.orderId)}: ${whereTheMoneyIs(record, now)}`,
    `${plain(by)} decides that ${money(record.amount)} are ${outcome}, because: ${plain(note)}`,
    `${consequence} This cannot be undone. Go on? [y/N] `,
  ];
  const answer = await ask(lines.join('\n'), { input, output });
  if (!/^y(es)?$/i.test(answer.trim())) throw new DeskError('Nothing was changed.');
}

/** The line that is typed; none at all (end of input, Ctrl+C) is an empty one. */
async function ask(question: string, { input, output }: Terminal): Promise<string> {
  const lines = createInterface({ input, output });
  const answer = new Promise<string>((settle) => {
    lines.once('line', settle).once('close', () => settle(''));
  });
  lines.setPrompt(question);
  lines.prompt();
  return answer.finally(() => lines.close());
}
