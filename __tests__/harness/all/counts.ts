import { readFileSync } from 'node:fs';

/** How the tests of a run ended. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Reads a report that jest wrote with `--json`. A suite that could not be run counts as one failed test. */
export function countsOf(reportFile: string): Counts {
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as Record<string, number>;
  const number = (name: string): number => report[name] ?? 0;
  return {
    passed: number('numPassedTests'),
    failed: number('numFailedTests') + number('numRuntimeErrorTestSuites'),
    skipped: number('numPendingTests') + number('numTodoTests'),
  };
}

export const sum = (all: Counts[]): Counts =>
  all.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );

/** The summary line: `12 passed, 0 failed`, and how many were skipped if any were. */
export const summary = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
