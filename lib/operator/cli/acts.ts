import type { Command } from 'commander';
import { actOn, type ActOptions } from './commands/act';
import { looking, type Common, type Make, type Print } from './common';
import { misuse, type Terminal } from './terminal';
import * as values from './values';

/** Commands that act on one payment. */
export function addActs(command: Make, print: Print, terminal: Terminal): void {
  type Flags = Common & ActOptions;
  const act = (usage: string, description: string): Command =>
    command(usage, description).option('--by <name>', 'who acts (default: the user of the system)');
  const acting = (options: Flags, invoice: string, wish: Parameters<typeof actOn>[2]): Promise<void> =>
    looking<Flags>(print, (operator) => actOn(operator, values.key(invoice), wish, options, terminal))(
      options,
    );
  act('resolve <invoice> <outcome>', 'decides a payment in review, for good: paid or failed')
    .requiredOption('--note <why>', 'what AtiPay said and who was asked; stays in the story')
    .option('--yes', 'do not ask')
    .action((invoice: string, outcome: string, options: Flags & { note: string }) => {
      if (outcome !== 'paid' && outcome !== 'failed')
        throw misuse('resolve <invoice> paid|failed --note <why>');
      return acting(options, invoice, { act: 'resolve', outcome, text: options.note });
    });
  act('retry <invoice>', "does the next step now: asks AtiPay or calls the shop's hook (needs --app)").action(
    (invoice: string, options: Flags) => acting(options, invoice, { act: 'retry' }),
  );
  act('note <invoice> <text...>', 'adds a note to the story').action(
    (invoice: string, words: string[], options: Flags) =>
      acting(options, invoice, { act: 'note', text: words.join(' ') }),
  );
  act('give-back <invoice>', 'records money that was given back by other means; no money moves')
    .option('--rials <amount>', 'how much, in Rials', values.amount)
    .option('--tomans <amount>', 'how much, in Tomans', values.amount)
    .requiredOption('--reference <number>', 'the number of the transfer')
    .requiredOption('--note <why>', 'why; stays in the story')
    .option('--yes', 'do not ask')
    .action(
      (
        invoice: string,
        options: Flags & { rials?: number; tomans?: number; reference: string; note: string },
      ) => {
        const { rials, tomans, reference, note: text } = options;
        const amount = rials ?? (tomans ?? 0) * 10;
        if ((rials === undefined) === (tomans === undefined))
          throw misuse('How much? Give --rials or --tomans.');
        return acting(options, invoice, { act: 'giveBack', amount, reference, text });
      },
    );
}
