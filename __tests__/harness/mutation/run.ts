import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import groups from './groups.json';
import { percent, scoresOf, table, together, type Score } from './scores';

const HELP = `npm run mutation -- [--group ${Object.keys(groups).join(',')}] [--concurrency 2]
  [--files lib/core/machine.ts,lib/core/order.ts:20-40]   of one group, only these files or lines`;

/** The required score of all files, and of those where money is decided. */
const ENOUGH = 90;
const ENOUGH_WHERE_MONEY_IS_DECIDED = 95;

const CONFIG = '__tests__/harness/mutation/stryker.config.mjs';
const STRYKER = '__tests__/harness/packages/node_modules/@stryker-mutator/core/bin/stryker.js';

interface Group {
  mutate: string[];
  tests: string[];
  critical?: string[];
}

function mutate(group: string, concurrency: string, files?: string): Score[] {
  const env = { ...process.env, MUTATION_GROUP: group, MUTATION_CONCURRENCY: concurrency };
  const only = files === undefined ? [] : ['--mutate', files];
  const { status } = spawnSync(process.execPath, [STRYKER, 'run', CONFIG, ...only], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error(`Stryker ended with ${String(status)} in the group ${group}.`);
  return scoresOf(`reports/mutation/${group}/mutation.json`);
}

/** One line for each place where money is decided. */
const critical = ({ critical: places = [] }: Group, scores: Score[]): Score[] =>
  places
    .map((place) => ({ place, found: scores.filter(({ name }) => name.startsWith(place)) }))
    .filter(({ found }) => found.length > 0)
    .map(({ place, found }) => together(place, found));

function main(): void {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { group: text, concurrency: text, files: text, help: { type: 'boolean' } },
  });
  if (values.help === true) {
    console.log(HELP);
    return;
  }
  const chosen = values.group?.split(',') ?? Object.keys(groups);
  const known: Record<string, Group> = groups;
  const scores: Score[] = [];
  const strict: Score[] = [];
  for (const name of chosen) {
    const group = known[name];
    if (!group) throw new Error(`There is no group ${name}.\n${HELP}`);
    const found = mutate(name, values.concurrency ?? '2', values.files);
    scores.push(...found);
    strict.push(...critical(group, found));
  }
  const all = together('all', scores);
  console.log(table([...scores, all]));
  if (strict.length > 0) console.log(`\nWhere money is decided:\n\n${table(strict)}`);
  const enough = strict.every((score) => percent(score) >= ENOUGH_WHERE_MONEY_IS_DECIDED);
  if (percent(all) < ENOUGH || !enough) process.exitCode = 1;
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
