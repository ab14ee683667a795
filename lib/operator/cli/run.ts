import { CommanderError } from 'commander';
import { hasCode } from '../../errors';
import { ChangedMeanwhile } from '../../payments/resolve';
import { makeProgram } from './program';
import { CommandError, plain, type Terminal } from './terminal';

/** Runs a command line. Never throws; resolves with the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  const print = (lines: readonly string[]): void => {
    if (lines.length > 0) terminal.out.write(`${lines.join('\n')}\n`);
  };
  try {
    const program = makeProgram(terminal, print);
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    return complain(error, terminal);
  }
}

/** Help and version are no errors, though commander throws them. */
function complain(error: unknown, terminal: Terminal): 0 | 1 | 2 {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    const message = error.message.replace(/^error: /, '');
    terminal.error.write(`atipay-payments: ${lines(message)}\nTry atipay-payments --help.\n`);
    return 2;
  }
  const code = error instanceof CommandError ? error.exitCode : 1;
  const hint = code === 2 ? '\nTry atipay-payments --help.' : '';
  terminal.error.write(`atipay-payments: ${lines(messageOf(error))}${hint}\n`);
  return code;
}

function messageOf(error: unknown): string {
  if (error instanceof ChangedMeanwhile)
    return `${error.message} Look at it again: show ${error.record.invoiceNumber}`;
  if (hasCode(error, 'ERR_ATIPAY_STORE_CONNECTION')) {
    return 'The database is not reached at this address, or it gave no answer in time.';
  }
  return error instanceof Error ? error.message : String(error);
}

const lines = (text: string): string => text.split('\n').map(plain).join('\n');
