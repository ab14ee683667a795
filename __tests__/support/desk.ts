import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { DatabasePlan } from '../harness/chaos/world/database';
import { run } from '../../lib/desk/run';
import { MYSQL, POSTGRES } from './databases';

const ROOT = join(__dirname, '../..');

export interface DeskResult {
  code: number | null;
  out: string;
  error: string;
}

/** What `atipay-payments` says and does, without a terminal, and without a process of its own. */
export const desk = (args: string[]): Promise<DeskResult> =>
  run(args, { input: new PassThrough(), output: new PassThrough() }, false);

/** Runs `atipay-payments` as an operator does, in a process of its own without a terminal. */
export async function deskProcess(args: string[], env: NodeJS.ProcessEnv = {}): Promise<DeskResult> {
  const command = ['-r', 'esbuild-register', 'lib/bin/atipay-payments.ts', ...args];
  const child = spawn(process.execPath, command, {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: '', ...env },
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
