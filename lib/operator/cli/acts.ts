import type { Command } from 'commander';
import { problems } from '../texts/problems';
import type { HelpText } from '../texts/command-help';
import { actOn, type ActOptions } from './commands/act';
import { looking, type Common, type Kit } from './common';
import { misuse } from './terminal';
import * as values from './values';

/** Commands that act on one payment. */
export function addActs({ command, text, values: { amount }, print, terminal }: Kit): void {
  type Flags = Common & ActOptions;
  const act = (usage: string, name: HelpText): Command =>
    command(usage, name).option('--by <name>', text('by'));
  const acting = (options: Flags, invoice: string, wish: Parameters<typeof actOn>[2]): Promise<void> =>
    looking<Flags>(print, (operator) => actOn(operator, values.key(invoice), wish, options, terminal))(
      options,
    );
  act('resolve <invoice> <outcome>', 'resolve')
    .requiredOption('--note <why>', text('resolveNote'))
    .option('--yes', text('yes'))
    .action((invoice: string, outcome: string, options: Flags & { note: string }) => {
      if (outcome !== 'paid' && outcome !== 'failed') throw misuse(problems.outcome);
      return acting(options, invoice, { act: 'resolve', outcome, text: options.note });
    });
  act('retry <invoice>', 'retry').action((invoice: string, options: Flags) =>
    acting(options, invoice, { act: 'retry' }),
  );
  act('note <invoice> <text...>', 'note').action((invoice: string, words: string[], options: Flags) =>
    acting(options, invoice, { act: 'note', text: words.join(' ') }),
  );
  act('give-back <invoice>', 'giveBack')
    .option('--rials <amount>', text('rials'), amount)
    .option('--tomans <amount>', text('tomans'), amount)
    .requiredOption('--reference <number>', text('reference'))
    .requiredOption('--note <why>', text('giveBackNote'))
    .option('--yes', text('yes'))
    .action(
      (
        invoice: string,
        options: Flags & { rials?: number; tomans?: number; reference: string; note: string },
      ) => {
        const { rials, tomans, reference, note } = options;
        if ((rials === undefined) === (tomans === undefined)) throw misuse(problems.howMuch);
        const given = rials ?? (tomans ?? 0) * 10;
        return acting(options, invoice, { act: 'giveBack', amount: given, reference, text: note });
      },
    );
}
