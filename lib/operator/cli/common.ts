import { Help, Option, type Command, type HelpConfiguration } from 'commander';
import type { Locale } from '../../texts';
import type { Operator } from '../operator';
import { helpNotes, helpText, helpTitle, type HelpText } from '../texts/command-help';
import { withOperator, type SourceOptions } from './source';
import { WIDTH, type Terminal } from './terminal';
import type { Values } from './values';

/** The result of a command: lines for the standard output. */
export type Print = (lines: readonly string[]) => void;

/** Options of every command. */
export interface Common extends SourceOptions {
  json?: boolean;
}

/** The parts that commands are made with. */
export interface Kit {
  /** Makes a command with the common options. */
  command: (usage: string, text: HelpText) => Command;
  /** Descriptions in the reader's language. */
  text: (name: HelpText) => string;
  values: Values;
  print: Print;
  terminal: Terminal;
}

/** The language of a command line. It is known before the line is understood: errors are in it, too. */
export function localeIn(args: readonly string[]): Locale {
  const end = args.indexOf('--');
  const words = end === -1 ? args : args.slice(0, end);
  const at = words.findLastIndex((word) => word === '--locale' || word.startsWith('--locale='));
  const chosen = words[at] === '--locale' ? words[at + 1] : words[at]?.slice('--locale='.length);
  return chosen === 'fa' ? 'fa' : 'en';
}

export const localeOption = (locale: Locale): Option =>
  new Option('--locale <language>', helpText('locale', locale)).choices(['fa', 'en']).default(locale);

/** The layout of the help. */
export const helpIn = (locale: Locale): HelpConfiguration => ({
  helpWidth: WIDTH,
  styleTitle: (title) => helpTitle(title, locale),
  optionDescription: (option) => helpNotes(new Help().optionDescription(option), locale),
});

/** Adds the common options to a command. */
export const withPlace = (command: Command, locale: Locale): Command => {
  const text = (name: HelpText): string => helpText(name, locale);
  return command
    .option('--app <file>', text('app'))
    .option('--database <url>', text('database'))
    .option('--knexfile <file>', text('knexfile'))
    .option('--env <name>', text('env'))
    .option('--table <name>', text('table'))
    .option('--schema <name>', text('schema'))
    .option('--account <name>', text('account'), 'default')
    .addOption(localeOption(locale))
    .option('--json', text('json'));
};

/** Runs work over the payments of the options. */
export const looking =
  <Options extends Common>(print: Print, work: (operator: Operator, options: Options) => Promise<string[]>) =>
  (options: Options): Promise<void> =>
    withOperator(options, async (operator) => print(await work(operator, options)));
