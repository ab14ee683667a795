import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** What became of a test: of all its rows, if it has some. */
export type Result =
  | { kind: 'green' }
  /** Why each row failed that did. */
  | { kind: 'red'; why: string[] }
  /** Its suite needs what is not there. */
  | { kind: 'left out' }
  /** Not red for anything it tests. */
  | { kind: 'not run'; why: string };

interface Report {
  testResults: {
    message: string;
    assertionResults: { title: string; status: string; failureMessages: string[] }[];
  }[];
}

const LONGEST_MS = 15 * 60_000;

/** Runs these tests of one file, alone. */
export function runTests(folder: string, file: string, names: readonly string[]): Map<string, Result> {
  const report = join(folder, 'report.json');
  rmSync(report, { force: true });
  const args = [
    join('node_modules', 'jest', 'bin', 'jest.js'),
    file,
    ...['--selectProjects', 'express-5', '--json', `--outputFile=${report}`, '--runInBand', '--forceExit'],
    ...['-t', `(^| )(${names.map(patternOf).join('|')})$`],
  ];
  const { stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: LONGEST_MS,
    maxBuffer: 1 << 28,
  });
  const [suite] = readReport(report)?.testResults ?? [];
  return new Map(names.map((name) => [name, resultOf(name, suite, stderr)]));
}

function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return undefined;
  }
}

function resultOf(name: string, suite: Report['testResults'][number] | undefined, output: string): Result {
  const title = new RegExp(`^(?:${patternOf(name)})$`);
  const rows = suite?.assertionResults.filter((row) => title.test(row.title)) ?? [];
  if (rows.length === 0)
    return { kind: 'not run', why: stripVTControlCharacters(suite?.message ?? output).trim() };
  const failed = rows.filter(({ status }) => status === 'failed');
  if (failed.length > 0) return { kind: 'red', why: failed.map(whyOf) };
  return { kind: rows.every(({ status }) => status === 'passed') ? 'green' : 'left out' };
}

/** What a row that failed says, without where. */
const whyOf = ({ failureMessages: [message = ''] }: { failureMessages: string[] }): string =>
  stripVTControlCharacters(message).split(/\n\s+at /)[0] ?? '';

/** A pattern for what jest makes of a name in the source. */
const patternOf = (name: string): string =>
  name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/%[psdifjoO#]/g, '[\\s\\S]*');

const EXPECTATION = /\bexpect\(|^(?:Error: )?expected |Property failed after/m;

/** Whether a failure is the one that is looked for, rather than a test or a set-up that fell over. */
export const isFinding = (why: string, says: string | undefined): boolean =>
  says === undefined ? EXPECTATION.test(why) : why.includes(says);
