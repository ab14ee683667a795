import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { DatabasePlan } from '../harness/chaos/world/database';
import { run } from '../../lib/operator/cli/run';
import { MYSQL, POSTGRES } from './databases';

const ROOT = join(__dirname, '../..');

export interface CommandResult {
  code: number | null;
  out: string;
  error: string;
}

const collected = (stream: PassThrough): string => String(stream.read() ?? '');

/** Runs `atipay-payments` in this process and returns its output. `typed`: the input at its terminal. */
export async function command(args: readonly string[], typed?: string): Promise<CommandResult> {
  const input = Object.assign(new PassThrough(), { isTTY: typed !== undefined });
  const out = new PassThrough({ highWaterMark: 10_000_000 });
  const error = new PassThrough({ highWaterMark: 10_000_000 });
  if (typed !== undefined) input.end(typed);
  const code = await run(args, { input, out, error });
  return { code, out: collected(out), error: collected(error) };
}

/** Runs `atipay-payments` as staff do, in a separate process without a terminal. */
export async function commandProcess(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<CommandResult> {
  const words = ['-r', 'esbuild-register', 'lib/bin/atipay-payments.ts', ...args];
  return nodeIn(ROOT, words, { DATABASE_URL: '', ...env });
}

/** Runs Node in a folder and returns its output. */
export async function nodeIn(
  cwd: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<CommandResult> {
  const child = spawn(process.execPath, words, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const result = { out: '', error: '' };
  child.stdout.on('data', (chunk: Buffer) => (result.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (result.error += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...result };
}

/** The options that point at a run's payments. */
export function placeOf({ store, filename, tables }: DatabasePlan): string[] {
  const urls = { sqlite: filename, pg: POSTGRES.url, mariadb: MYSQL.url };
  return ['--database', urls[store], '--table', tables.payments];
}

/** A shop's own module for `--app`: its router over a SQLite file. */
export function shopModule(shop: {
  filename: string;
  publicUrl: string;
  gatewayUrl: string;
  apiKey: string;
}): string {
  const lib = join(ROOT, 'lib');
  const options = { apiKey: shop.apiKey, publicUrl: shop.publicUrl, gatewayUrl: shop.gatewayUrl };
  return `const { atipayRouter } = require('${lib}/index.ts');
  module.exports = atipayRouter({ ...${JSON.stringify(options)}, recovery: false,
    store: ${sqliteStore(shop.filename)}, onSuccess: () => undefined,
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined } });`;
}

/** Code for a store over a SQLite file. */
export const sqliteStore = (filename: string): string =>
  `new (require('${join(ROOT, 'lib/stores/clients/better-sqlite3.ts')}').BetterSqlite3PaymentStore)(
    () => new (require('${require.resolve('better-sqlite3')}'))('${filename}', { timeout: 500 }))`;
