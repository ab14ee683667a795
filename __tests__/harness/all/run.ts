import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import jestConfig from '../../../jest.config';
import { countsOf, sum, summary, type Counts } from './counts';

const HELP = `npm run test:all -- [--after <report>] [--installed <folder>]
  --after      a report of npm test, whose tests are counted and not run again
  --installed  a folder of the harness whose packages have just been installed`;

const ROOT = resolve(__dirname, '../../..');
const REPORTS = join(ROOT, 'reports/tests');
const JEST = join(ROOT, 'node_modules/jest/bin/jest.js');
const QUICK = 'quick';

/** Folders of the harness whose tests need packages that are installed there alone, by the name of the folder. */
const FOLDERS = ['clients', 'packages'];

const projects = (jestConfig.projects ?? []).map((project) =>
  typeof project === 'string' ? project : String(project['displayName']),
);
const others = projects.filter((name) => name !== QUICK);

/** Commands that run after the tests of `npm test`. */
const REST: [name: string, args: string[]][] = [
  ['other-projects', ['--selectProjects', ...others]],
  ['consumers', ['--config', '__tests__/harness/consumers/jest.config.ts']],
];

function run(name: string, args: string[]): Counts {
  const report = join(REPORTS, `${name}.json`);
  const { error } = spawnSync(process.execPath, [JEST, ...args, '--json', `--outputFile=${report}`], {
    cwd: ROOT,
    // The report is in the file; jest shows its progress on stderr.
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (error) throw error;
  return countsOf(report);
}

const install = (folder: string): number | null =>
  spawnSync('npm', ['ci', '--prefix', folder], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] }).status;

/** Runs the tests of a folder, and installs its packages before. An install that fails counts as one failed test. */
function runIn(name: string, isInstalled: boolean): Counts {
  const folder = `__tests__/harness/${name}`;
  const status = isInstalled ? 0 : install(folder);
  if (status !== 0) {
    console.error(`npm ci --prefix ${folder} ended with ${String(status)}: none of its tests ran.`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  return run(name, ['--config', `${folder}/jest.config.ts`]);
}

function main(): void {
  const { values } = parseArgs({
    options: {
      after: { type: 'string' },
      installed: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    console.log(HELP);
    return;
  }
  mkdirSync(REPORTS, { recursive: true });
  const quick =
    values.after === undefined ? run(QUICK, ['--selectProjects', QUICK]) : countsOf(resolve(values.after));
  const rest = REST.map(([name, args]) => run(name, args));
  const folders = FOLDERS.map((name) => runIn(name, values.installed.includes(name)));
  const total = sum([quick, ...rest, ...folders]);
  console.log(summary(total));
  if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
}

main();
