import { buildSync } from 'esbuild';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

/** Git-ignored: builds and results. */
const BUILD = join(ROOT, 'bench', 'build');
export const RESULTS = join(ROOT, 'bench', 'results');

/** Where `npm run bench` installs the rivals and the load generator. */
const PACKAGES = join(ROOT, '__tests__', 'harness', 'packages', 'node_modules');

const SCRIPTS = ['shop', 'gateway', 'load', 'start'] as const;

/** The script of each kind of process. */
export type Scripts = Record<(typeof SCRIPTS)[number], string>;

/**
 * Builds the processes of a run for plain Node. Packages stay outside, this one too: the measured code is `dist`, as a
 * shop gets it.
 */
export function buildScripts(): Scripts {
  // Processes find a package there that the repository itself does not install.
  process.env['NODE_PATH'] = PACKAGES;
  buildSync({
    entryPoints: SCRIPTS.map((name) => join(ROOT, 'bench', name, 'process.ts')),
    outdir: BUILD,
    absWorkingDir: ROOT,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    // Without the paths that lead from the package's name to its sources.
    tsconfigRaw: {},
    logLevel: 'error',
  });
  const script = (name: string): string => join(BUILD, name, 'process.js');
  return { shop: script('shop'), gateway: script('gateway'), load: script('load'), start: script('start') };
}
