#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCommand, type Command } from '../desk/arguments';
import { withPayments } from '../desk/database';
import { HELP } from '../desk/help';
import { list } from '../desk/list';
import { resolvePayment } from '../desk/resolve';
import { show } from '../desk/show';
import { sweepWith } from '../desk/sweep';
import { DeskError } from '../desk/wording';

async function run(command: Command): Promise<string[]> {
  const { json } = command;
  switch (command.name) {
    case 'help':
      return [HELP];
    case 'version':
      return [version()];
    case 'show': {
      const { place, key } = command;
      return withPayments(place, (store) => show(store, key, place.account, json, Date.now()));
    }
    case 'list':
      return withPayments(command.place, (store) => list(store, command.filter, json));
    case 'resolve': {
      const terminal = { input: process.stdin, output: process.stderr };
      return withPayments(command.place, (store) => resolvePayment(store, command, terminal, Date.now));
    }
    case 'sweep':
      return sweepWith(command.config, json);
  }
}

function version(): string {
  const manifest = readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

/** The first line of a page stands out on a terminal that can do it. */
function emphasised([first = '', ...rest]: string[], { name, json }: Command): string[] {
  const bold = !json && process.stdout.isTTY && process.stdout.hasColors();
  return [bold && (name === 'show' || name === 'list') ? `\u001b[1m${first}\u001b[22m` : first, ...rest];
}

/** Ends when all is written: a shop's module may keep pools and timers of its own that nobody here can close. */
function end(stream: NodeJS.WriteStream, message: string, code: number): void {
  process.exitCode = code;
  stream.write(`${message}\n`, () => process.exit());
}

function complain(error: unknown): void {
  const misused = error instanceof DeskError && error.exitCode === 2;
  const hint = misused ? '\nTry atipay-payments --help.' : '';
  const message = error instanceof Error ? error.message : String(error);
  end(process.stderr, `atipay-payments: ${message}${hint}`, misused ? 2 : 1);
}

async function main(): Promise<void> {
  const command = readCommand(process.argv.slice(2));
  end(process.stdout, emphasised(await run(command), command).join('\n'), 0);
}

// A reader such as head may have had enough.
process.stdout.on('error', () => process.exit());
main().catch(complain);
