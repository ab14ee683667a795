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
const PROJECTS = ['quick', 'server', 'express-4', 'express-4.18.0', 'express-5.0.0'];

/** Runs the unit and integration tests in an installation. */
export function runTests({ tree, env, node, driver, sqlite }: Installation): Outcome {
  const ignored = sqlite ? NOT_HERE : [...NOT_HERE, ...suitesWithSqlite(tree)];
  const report = join(tree, 'node_modules', '.matrix-report.json');
  const args = [
    join('node_modules', 'jest', 'bin', 'jest.js'),
    '--json',
    `--outputFile=${report}`,
    '--selectProjects',
    ...PROJECTS,
    '--testPathPatterns',
    `^(?!.*(?:${ignored.join('|')}))`,
  ];
  // The report goes to the file; jest's progress goes to stderr.
  spawnSync('node', args, { env, cwd: tree, stdio: ['ignore', 'ignore', 'inherit'] });
  const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests } = JSON.parse(
    readFileSync(report, 'utf8'),
  ) as Record<string, number>;
  return {
    node,
    driver,
    passed: numPassedTests ?? 0,
    failed: Math.max(numFailedTests ?? 0, numFailedTestSuites ?? 0),
    leftOut: numPendingTests ?? 0,
    sqlite,
  };
}

const OPENS_SQLITE = /sqliteFile|openSqlite|openDatabase|better-sqlite3|example-app/;

/** Patterns of the suites that open a SQLite database. */
function suitesWithSqlite(tree: string): string[] {
  const tests = join(tree, '__tests__');
  return readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && OPENS_SQLITE.test(readFileSync(join(tests, file), 'utf8')))
    .map((file) => `/${relative(tree, join(tests, file)).replace(/[.\\]/g, '\\$&')}$`);
}
