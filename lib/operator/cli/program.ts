import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Locale } from '../../texts';
import { helpText, type HelpText } from '../texts/command-help';
import { addActs } from './acts';
import { addCare, addFigures } from './care';
import { helpIn, localeOption, withPlace, type Kit, type Print } from './common';
import { addLooks } from './looks';
import { WIDTH, type Terminal } from './terminal';
import { valuesIn } from './values';

/** The command line of `atipay-payments`, in a language. */
export function makeProgram(terminal: Terminal, print: Print, locale: Locale): Command {
  const text = (name: HelpText): string => helpText(name, locale);
  const program = new Command('atipay-payments')
    .description(text('program'))
    .version(version(), '-V, --version', text('version'))
    .helpOption('-h, --help', text('helpOption'))
    .helpCommand('help [command]', text('help'))
    .addOption(localeOption(locale))
    .enablePositionalOptions()
    .configureHelp(helpIn(locale))
    .configureOutput({
      writeOut: (output) => terminal.out.write(output),
      writeErr: () => undefined,
      getOutHelpWidth: () => WIDTH,
      getErrHelpWidth: () => WIDTH,
    })
    .exitOverride()
    .addHelpText('after', text('after'));
  const kit: Kit = {
    command: (usage, name) => withPlace(program.command(usage).description(text(name)), locale),
    ...{ text, values: valuesIn(locale), print, terminal },
  };
  for (const add of [addLooks, addActs, addFigures, addCare]) add(kit);
  return program;
}

const version = (): string => {
  const manifest = readFileSync(join(__dirname, '..', '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
};
