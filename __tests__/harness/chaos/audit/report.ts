import type { RunOptions, RunReport } from '../world/run';
import { isClean, OFFENCES, type Offence } from './audit';

const SHOWN = 5;

/** A run's outcome as a table for people. */
export function describeRun(options: RunOptions, report: RunReport): string {
  const { verdict, seen } = report;
  const { facts } = verdict;
  const rows: [string, string | number][] = [
    ['buyers', options.payments],
    ['payments started', facts.attempts],
    ['paid at the bank', facts.taken],
    ['verified', facts.verified],
    ['returned to the buyer', facts.returned],
    ['orders paid', facts.paidOrders],
    ['waiting for a person', `${facts.review} (${facts.reviewWithMoney} with money)`],
    ['processes killed', report.kills],
    ['connections broken', seen.broken],
    ['buyers turned away', seen.turnedAway],
    ['sweeps after the storm', report.sweeps],
    ['seconds', report.seconds.toFixed(1)],
    ['', ''],
    ...offences(report),
  ];
  const { kind = 'ours', defect, client = 'knex', store } = options;
  const title = `${kind}${defect ? ` (${defect})` : ''} with ${client} on ${store}, ${options.processes} process(es), seed ${options.seed}`;
  const table = rows.map(([name, value]) => `  ${name.padEnd(42)}${String(value)}`).join('\n');
  const surprises = seen.surprises.slice(0, SHOWN).map((line) => `  unexpected: ${line}\n`);
  return `${title}\n${table}\n${surprises.join('')}${isClean(verdict) ? 'CLEAN' : 'VIOLATIONS'}`;
}

function offences({ verdict }: RunReport): [string, string][] {
  return (Object.keys(OFFENCES) as Offence[]).map((offence) => {
    const found = verdict.violations[offence];
    const examples = found.length > 0 ? `  ${found.slice(0, SHOWN).join(' ')}` : '';
    return [OFFENCES[offence], `${found.length}${examples}`];
  });
}
