import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { addActs } from './acts';
import { addCare, addFigures } from './care';
import { withPlace, type Make, type Print } from './common';
import { addLooks } from './looks';
import { WIDTH, type Terminal } from './terminal';

/** The command line of `atipay-payments`. */
export function makeProgram(terminal: Terminal, print: Print): Command {
  const program = new Command('atipay-payments')
    .description('Where is the money of an order? What needs a person? For those who run a shop.')
    .version(version())
    .configureOutput({
      writeOut: (text) => terminal.out.write(text),
      writeErr: () => undefined,
      getOutHelpWidth: () => WIDTH,
      getErrHelpWidth: () => WIDTH,
    })
    .exitOverride()
    .addHelpText('after', AFTER);
  const command: Make = (usage, description) => withPlace(program.command(usage), description);
  addLooks(command, print);
  addActs(command, print, terminal);
  addFigures(command, print, terminal);
  addCare(command, print, terminal);
  return program;
}

const AFTER = `
Times are of Tehran, in the Persian or the Gregorian calendar: 1405-09-07, 2026-11-28 14:30, "yesterday 18:00".
A value that begins with a dash is written with an equals sign (--order=-7), or after "--".
Ends with 0 when done, 1 when not (not found, refused, no database), 2 when the command is wrong.`;

const version = (): string => {
  const manifest = readFileSync(join(__dirname, '..', '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
};
