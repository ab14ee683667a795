import { CommanderError } from 'commander';
import { AtipayError, hasCode } from '../../errors';
import { ChangedMeanwhile } from '../../payments/resolve';
import type { Locale } from '../../texts';
import { problems, tryHelp } from '../texts/problems';
import { refusalText } from '../texts/refusals';
import { usageText } from '../texts/usage';
import { localeIn } from './common';
import { makeProgram } from './program';
import { CommandError, plain, type Terminal } from './terminal';

/** Runs a command line. Never throws; resolves with the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  const locale = localeIn(args);
  const print = (lines: readonly string[]): void => {
    if (lines.length > 0) terminal.out.write(`${lines.join('\n')}\n`);
  };
  const program = makeProgram(terminal, print, locale);
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (!lacksCommand(error)) return complain(error, terminal, locale);
    program.outputHelp();
    return 0;
  }
}

const lacksCommand = (error: unknown): boolean =>
  error instanceof CommanderError && error.code === 'commander.help';

/** Help and version are no errors, though commander throws them. */
function complain(error: unknown, terminal: Terminal, locale: Locale): 0 | 1 | 2 {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const wrong = error instanceof CommanderError;
  const code = wrong ? 2 : error instanceof CommandError ? error.exitCode : 1;
  const message = wrong ? usageText(error, locale) : messageOf(error, locale);
  const hint = code === 2 ? `\n${tryHelp(locale)}` : '';
  terminal.error.write(`atipay-payments: ${lines(message)}${hint}\n`);
  return code;
}

function messageOf(error: unknown, locale: Locale): string {
  if (error instanceof CommandError) return error.text(locale);
  if (error instanceof ChangedMeanwhile) return problems.changedMeanwhile(error.record.invoiceNumber)(locale);
  if (hasCode(error, 'ERR_ATIPAY_STORE_CONNECTION')) return problems.unreachable(locale);
  if (error instanceof AtipayError) return refusalText(error, locale);
  return problems.unforeseen(error instanceof Error ? error.message : String(error))(locale);
}

const lines = (text: string): string => text.split('\n').map(plain).join('\n');
