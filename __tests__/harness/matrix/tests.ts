import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Installation } from './prepare';

/** The test results on one version of Node. */
export interface Outcome {
  node: string;
  driver: string;
  passed: number;
  failed: number;
  leftOut: number;
  sqlite: boolean;
}

/** Browsers, crashes and the documentation do not depend on the version of Node that much, and take long. */
const NOT_HERE = ['/__tests__/docs/'];

/** The projects of each of jest's configs. */
const PROJECTS: Record<string, string[]> = {
  'jest.config.ts': ['quick', 'server'],
  '__tests__/harness/packages/jest.config.ts': ['express-4', 'express-4.18.0', 'express-5.0.0'],
};

/** Runs the unit and integration tests in an installation. */
export function runTests(installation: Installation): Outcome {
  const { node, driver, sqlite } = installation;
  const reports = Object.entries(PROJECTS).map(([config, projects]) => run(installation, config, projects));
  const sum = (count: (report: Report) => number): number =>
    reports.reduce((total, report) => total + count(report), 0);
  return {
    node,
    driver,
    passed: sum(({ numPassedTests }) => numPassedTests),
    failed: sum(({ numFailedTests, numFailedTestSuites }) => Math.max(numFailedTests, numFailedTestSuites)),
    leftOut: sum(({ numPendingTests }) => numPendingTests),
    sqlite,
  };
}

/** The used part of jest's report. */
type Report = Record<'numPassedTests' | 'numFailedTests' | 'numFailedTestSuites' | 'numPendingTests', number>;

function run({ tree, env, sqlite }: Installation, config: string, projects: string[]): Report {
  const ignored = sqlite ? NOT_HERE : [...NOT_HERE, ...suitesWithSqlite(tree)];
  const report = join(tree, 'node_modules', '.matrix-report.json');
  const args = [
    join('node_modules', 'jest', 'bin', 'jest.js'),
    '--config',
    config,
    '--json',
    `--outputFile=${report}`,
    '--selectProjects',
    ...projects,
    '--testPathPatterns',
    `^(?!.*(?:${ignored.join('|')}))`,
  ];
  // The report goes to the file; jest's progress goes to stderr.
  spawnSync('node', args, { env, cwd: tree, stdio: ['ignore', 'ignore', 'inherit'] });
  return JSON.parse(readFileSync(report, 'utf8')) as Report;
}

const OPENS_SQLITE = /sqliteFile|openSqlite|openDatabase|better-sqlite3|example-app/;

/** Patterns of the suites that open a SQLite database. */
function suitesWithSqlite(tree: string): string[] {
  const tests = join(tree, '__tests__');
  return readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && OPENS_SQLITE.test(readFileSync(join(tests, file), 'utf8')))
    .map((file) => `/${relative(tree, join(tests, file)).replace(/[.\\]/g, '\\$&')}$`);
}
