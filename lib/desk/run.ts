import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCommand, type Command } from './arguments';
import { withPayments } from './database';
import { HELP } from './help';
import { list } from './list';
import { resolvePayment, type Terminal } from './resolve';
import { show } from './show';
import { sweepWith } from './sweep';
import { DeskError } from './wording';

/** What is written where, and the exit code: 2 when the command is wrong, 1 when it could not be done. */
export interface Outcome {
  code: 0 | 1 | 2;
  out: string;
  error: string;
}

/** Does what a command line says. Never throws. `bold`: whether the first line of a page may stand out. */
export async function run(args: string[], terminal: Terminal, bold: boolean): Promise<Outcome> {
  try {
    const command = readCommand(args);
    const lines = emphasised(await obey(command, terminal), command, bold);
    return { code: 0, out: `${lines.join('\n')}\n`, error: '' };
  } catch (error) {
    return complaint(error);
  }
}

async function obey(command: Command, terminal: Terminal): Promise<string[]> {
  const { json } = command;
  switch (command.name) {
    case 'help':
      return [HELP];
    case 'version':
      return [version()];
    case 'show': {
      const { place, key } = command;
      return withPayments(place, (payments) => show(payments, key, place.account, json, Date.now()));
    }
    case 'list':
      return withPayments(command.place, (payments) => list(payments, command.filter, json));
    case 'resolve':
      return withPayments(command.place, (payments) => resolvePayment(payments, command, terminal, Date.now));
    case 'sweep':
      return sweepWith(command.config, json);
  }
}

function version(): string {
  const manifest = readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

function emphasised([first = '', ...rest]: string[], { name, json }: Command, bold: boolean): string[] {
  const page = !json && (name === 'show' || name === 'list');
  return [bold && page ? `\u001b[1m${first}\u001b[22m` : first, ...rest];
}

function complaint(error: unknown): Outcome {
  const misused = error instanceof DeskError && error.exitCode === 2;
  const hint = misused ? '\nTry atipay-payments --help.' : '';
  const message = error instanceof Error ? error.message + codeOf(error.cause) : String(error);
  return { code: misused ? 2 : 1, out: '', error: `atipay-payments: ${message}${hint}\n` };
}

/** The driver's code: the store's own message does not say why a database cannot be reached. */
const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : '';
