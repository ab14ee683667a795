import { buildSync } from 'esbuild';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

/** Git-ignored: builds and results. */
const BUILD = join(ROOT, 'bench', 'build');
export const RESULTS = join(ROOT, 'bench', 'results');

const HARNESS = join(ROOT, '__tests__', 'harness');
const CLIENTS = join(HARNESS, 'clients');

/** The script of each kind of process; `client` is a shop whose payments are kept through a database client. */
export type Scripts = Record<'shop' | 'gateway' | 'load' | 'start' | 'client', string>;

/**
 * Builds the processes of a run for plain Node. Packages stay outside, this one too: the measured code is `dist`, as a
 * shop gets it.
 *
 * @throws Error that says what to install where the rivals, the load generator or the clients are missing.
 */
export function buildScripts(): Scripts {
  for (const folder of ['packages', 'clients']) {
    if (!existsSync(join(HARNESS, folder, 'node_modules'))) {
      throw new Error(`The packages of __tests__/harness/${folder} are missing: run npm run ${folder} once.`);
    }
  }
  // Where the rivals and the load generator are installed.
  process.env['NODE_PATH'] = join(HARNESS, 'packages', 'node_modules');
  const script = (name: string): string => build(join(ROOT, 'bench', name, 'process.ts'), BUILD, name);
  return {
    shop: script('shop'),
    gateway: script('gateway'),
    load: script('load'),
    start: script('start'),
    // Beside the clients, which it imports.
    client: build(join(CLIENTS, 'bench/process.ts'), join(CLIENTS, 'node_modules/.cache/bench'), 'client', {
      'express-atipay/stores': join(ROOT, 'dist/stores/clients'),
      'express-atipay/desk': join(ROOT, 'dist/operator/desk/index.js'),
      'express-atipay': join(ROOT, 'dist/index.js'),
    }),
  };
}

function build(source: string, folder: string, name: string, alias: Record<string, string> = {}): string {
  const outfile = join(folder, `${name}.js`);
  buildSync({
    entryPoints: [source],
    outfile,
    absWorkingDir: ROOT,
    bundle: true,
    packages: 'external',
    alias,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    // Without the paths that lead from the package's name to its sources.
    tsconfigRaw: {},
    logLevel: 'error',
  });
  return outfile;
}
