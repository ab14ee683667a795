import { Option } from 'commander';
import type { When } from '../dates';
import type { ColumnName } from '../reconcile/columns';
import { examine, purgeBefore, sweep } from './commands/care';
import { check, type CheckOptions } from './commands/check';
import { exportTo } from './commands/figures';
import { reconcileFile } from './commands/reconcile';
import { problems } from '../texts/problems';
import { looking, type Common, type Kit } from './common';
import { withShop } from './source';
import { misuse } from './terminal';

interface ReconcileFlags extends Common {
  unit?: 'rials' | 'tomans';
  map?: Partial<Record<ColumnName, string>>;
  from?: When;
  until?: When;
  out?: string;
}

/** Commands for the books. */
export function addFigures({ command, text, values, print, terminal }: Kit): void {
  command('export', 'export')
    .requiredOption('--from <when>', text('firstDay'), values.when)
    .requiredOption('--until <when>', text('lastDay'), values.when)
    .option('--out <file>', text('exportFile'))
    .action(
      looking<Common & { from: When; until: When; out?: string }>(print, (operator, { from, until, out }) =>
        exportTo(operator, { from: from.from, before: until.before }, out, terminal),
      ),
    );
  command('reconcile <file>', 'reconcile')
    .addOption(new Option('--unit <unit>', text('unit')).choices(['rials', 'tomans']))
    .option('--map <column=name>', text('map'), values.mappings)
    .option('--from <when>', text('reportFrom'), values.when)
    .option('--until <when>', text('lastDay'), values.when)
    .option('--out <file>', text('linesFile'))
    .action((file: string, options: ReconcileFlags) =>
      looking<ReconcileFlags>(print, (operator, { unit, map, from, until, out, json }) => {
        if ((from === undefined) !== (until === undefined)) throw misuse(problems.periodHalf);
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
export function addCare({ command, text, values, print, terminal }: Kit): void {
  command('purge', 'purge')
    .requiredOption('--before <day>', text('purgeBefore'), values.when)
    .requiredOption('--by <name>', text('purgeBy'))
    .requiredOption('--yes', text('purgeYes'))
    .action(
      looking<Common & { before: When; by: string }>(print, (operator, { before, by }) =>
        purgeBefore(operator, before.from, by, terminal),
      ),
    );
  command('sweep', 'sweep').action((options: Common) =>
    withShop(options, 'sweep', async (atipay) => print(await sweep(atipay, options))),
  );
  command('doctor', 'doctor')
    .option('--token', text('token'))
    .action(
      looking<Common & { token?: boolean }>(print, (operator, { token = false, json = false }) =>
        examine(operator, token, json),
      ),
    );
  command('check', 'check')
    .option('--small', text('small'))
    .action(async (options: CheckOptions & Common) => print(await check(options, terminal)));
}
