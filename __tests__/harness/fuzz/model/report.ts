import type { ModelReport } from './run';

/** The results of the interleavings, as a table for people. */
export function describeModel({ runs, commands, payments, outcomes, seconds }: ModelReport): string {
  const rows = Object.entries({
    interleavings: runs,
    commands,
    payments,
    seconds: seconds.toFixed(0),
    ...outcomes,
  });
  return rows.map(([name, value]) => `  ${name.padEnd(32)}${value}`).join('\n');
}
