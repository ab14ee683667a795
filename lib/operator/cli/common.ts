import { Option, type Command } from 'commander';
import type { Operator } from '../operator';
import { withOperator, type SourceOptions } from './source';
import { WIDTH } from './terminal';

/** The result of a command: lines for the standard output. */
export type Print = (lines: readonly string[]) => void;

/** Options of every command. */
export interface Common extends SourceOptions {
  json?: boolean;
}

/** Makes a command with the common options. */
export type Make = (usage: string, description: string) => Command;

/** Adds the common options to a command. */
export const withPlace = (command: Command, description: string): Command =>
  command
    .description(description)
    .option('--app <file>', "a module that exports the shop's router, its atipay or its store")
    .option(
      '--database <url>',
      'postgres://… by pg, mysql://… by mysql2, or a SQLite file by better-sqlite3 (default: DATABASE_URL)',
    )
    .option('--knexfile <file>', "the shop's knexfile, opened by its Knex")
    .option('--env <name>', 'the part of the knexfile (default: NODE_ENV, or development)')
    .option('--table <name>', 'default atipay_payments')
    .option('--schema <name>', "the table's schema")
    .option('--account <name>', 'the AtiPay account', 'default')
    .addOption(
      new Option('--locale <language>', 'language of the answers').choices(['fa', 'en']).default('en'),
    )
    .option('--json', 'for programs')
    .configureHelp({ helpWidth: WIDTH });

/** Runs work over the payments of the options. */
export const looking =
  <Options extends Common>(print: Print, work: (operator: Operator, options: Options) => Promise<string[]>) =>
  (options: Options): Promise<void> =>
    withOperator(options, async (operator) => print(await work(operator, options)));
