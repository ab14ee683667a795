import { Option } from 'commander';
import type { When } from '../dates';
import type { ColumnName } from '../reconcile/columns';
import { check, examine, purgeBefore, sweep } from './commands/care';
import { exportTo } from './commands/figures';
import { reconcileFile } from './commands/reconcile';
import { looking, type Common, type Make, type Print } from './common';
import { withShop } from './source';
import { misuse, type Terminal } from './terminal';
import * as values from './values';

interface ReconcileFlags extends Common {
  unit?: 'rials' | 'tomans';
  map?: Partial<Record<ColumnName, string>>;
  from?: When;
  until?: When;
  out?: string;
}

/** Commands for the books. */
export function addFigures(command: Make, print: Print, terminal: Terminal): void {
  command('export', 'a CSV for the accountant: confirmed payments and give-backs')
    .requiredOption('--from <when>', 'from this day on', values.when)
    .requiredOption('--until <when>', 'until this day; it counts whole', values.when)
    .option('--out <file>', 'default: the standard output')
    .action(
      looking<Common & { from: When; until: When; out?: string }>(print, (operator, { from, until, out }) =>
        exportTo(operator, { from: from.from, before: until.before }, out, terminal),
      ),
    );
  command('reconcile <file>', "compares the facilitator's report (CSV, TSV) with the payments")
    .addOption(
      new Option('--unit <unit>', 'of the amounts, where the report does not say').choices([
        'rials',
        'tomans',
      ]),
    )
    .option(
      '--map <column=name>',
      'which column of the report is which, for example amount=Sum',
      values.mappings,
    )
    .option('--from <when>', 'what the report covers: from this day', values.when)
    .option('--until <when>', 'until this day; it counts whole', values.when)
    .option('--out <file>', 'every line of the result as CSV')
    .action((file: string, options: ReconcileFlags) =>
      looking<ReconcileFlags>(print, (operator, { unit, map, from, until, out, json }) => {
        if ((from === undefined) !== (until === undefined)) throw misuse('Give both --from and --until.');
        const period = from && until && { from: from.from, before: until.before };
        const inUnit = unit && (unit === 'rials' ? 'IRR' : 'IRT');
        return reconcileFile(
          operator,
          file,
          { ...(map && { map }), unit: inUnit, period, out, json },
          terminal,
        );
      })(options),
    );
}

/** Commands that look after the shop. */
export function addCare(command: Make, print: Print, terminal: Terminal): void {
  command('purge', 'removes personal data of old decided payments; receipts and sums stay')
    .requiredOption('--before <day>', 'payments begun before this day', values.when)
    .requiredOption('--by <name>', 'who asks for it')
    .requiredOption('--yes', 'the data cannot be brought back')
    .action(
      looking<Common & { before: When; by: string }>(print, (operator, { before, by }) =>
        purgeBefore(operator, before.from, by, terminal),
      ),
    );
  command('sweep', "does what is due now, with the shop's own hooks (needs --app)").action(
    (options: Common) =>
      withShop(options, 'sweep', async (atipay) => print(await sweep(atipay, options.json ?? false))),
  );
  command('doctor', 'looks for mistakes in how the shop is set up')
    .option('--token', 'also ask AtiPay for a token of 1,000 Rials, which nobody pays')
    .action(
      looking<Common & { token?: boolean }>(print, (operator, { token = false, json = false }) =>
        examine(operator, token, json),
      ),
    );
  command('check', 'runs the store contract against a store of your kind, in a scratch table').action(
    async (options: Common) => print(await check(options, terminal)),
  );
}
