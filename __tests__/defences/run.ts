import { parseArgs } from 'node:util';
import { changesOf, testsOf } from './defence';
import { isFinding, runTests, type Result } from './jest';
import { DEFENCES } from './list';
import { describeRows, type Row } from './table';
import { Tree } from './tree';

const HELP = `npm run test:defences -- [--only <text in threat, defence, file or test>]`;

type Entry = (typeof DEFENCES)[number];

function wanted(): Entry[] {
  const { values } = parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help === true) throw new Error(HELP);
  const text = (values.only ?? '').toLowerCase();
  const entries = DEFENCES.filter((entry) => JSON.stringify(entry).toLowerCase().includes(text));
  if (entries.length === 0) throw new Error(`No defence has "${text}".\n${HELP}`);
  return entries;
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** The beginning of what failures say, for a terminal. */
const indented = (said: string): string =>
  said
    .slice(0, 600)
    .replace(/[^\P{Cc}\n]/gu, '?')
    .replace(/^(?=.)/gm, '    ');

/** Removes a defence and runs its tests, which are to turn red for what they test. */
function remove(tree: Tree, entry: Entry): Row[] {
  return tree.changed(changesOf(entry), () =>
    Object.entries(entry.tests).flatMap(([file, names]) =>
      [...runTests(tree.folder, file, names)].map(([name, result]) => ({
        threat: entry.threat,
        defence: entry.defence,
        file,
        name,
        outcome: outcomeOf(result, entry.says),
        said: saidBy(result),
      })),
    ),
  );
}

function saidBy(result: Result): string {
  if (result.kind === 'red') return [...new Set(result.why)].join('\n');
  return result.kind === 'not run' ? result.why : '';
}

function outcomeOf(result: Result, says: string | undefined): Row['outcome'] {
  if (result.kind !== 'red') return result.kind;
  return result.why.some((why) => isFinding(why, says)) ? 'red' : 'red for another reason';
}

/** Tests that are red with every defence in place, which proves nothing. */
function redAnyway(tree: Tree, entries: readonly Entry[]): string[] {
  const names = new Map<string, Set<string>>();
  for (const { file, name } of entries.flatMap(testsOf)) {
    names.set(file, (names.get(file) ?? new Set()).add(name));
  }
  return [...names].flatMap(([file, tests]) => {
    say(`with every defence: ${file}`);
    return [...runTests(tree.folder, file, [...tests])]
      .filter(([, { kind }]) => kind !== 'green' && kind !== 'left out')
      .map(([name, result]) => `${file}: ${name}\n${indented(saidBy(result))}`);
  });
}

function main(): void {
  const entries = wanted();
  const tree = new Tree();
  try {
    const found = entries.map((entry, index) => {
      say(`${index + 1}/${entries.length} ${entry.threat}: ${entry.defence}`);
      const rows = remove(tree, entry);
      for (const { name, outcome, said } of rows) say(`  ${outcome}: ${name}\n${indented(said)}`);
      return rows;
    });
    const broken = redAnyway(tree, entries);
    process.stdout.write(`${describeRows(found)}\n`);
    for (const test of broken) process.stdout.write(`\nRed with every defence in place: ${test}\n`);
    const missed = found.flat().some(({ outcome }) => outcome !== 'red' && outcome !== 'left out');
    if (missed || broken.length > 0) process.exitCode = 1;
  } finally {
    tree.remove();
  }
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
