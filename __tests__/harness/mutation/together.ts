// All tests of one group in one file, so that their imports are loaded once for each mutant.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
// Its afterEach closes shops. A module is loaded once: here, it stands for every file, and not for the first one alone.
import '../../support/opened';
import groups from './groups.json';

const TESTS = join(__dirname, '../..');
/** They need more than Node; or search all states, which a changed rule may make endless. */
const LEFT_OUT = /\.(server|browser|build)\.test\.ts$|^model\.test\.ts$/;

/** Properties over many examples, and tests that wait for the pauses between calls. */
const SLOW =
  /(core\/(machine|receipt)|(crowded-order|due-at|recover|stale-reads|sweep|sweep-outage|verify|verify-late))\.test\.ts$/;

const known: Record<string, { tests: string[] }> = groups;
const names = known[process.env['MUTATION_GROUP'] ?? 'payments']?.tests ?? [];

const filesOf = (name: string): string[] =>
  name.endsWith('/')
    ? readdirSync(join(TESTS, name), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.test.ts') && !LEFT_OUT.test(file))
        .map((file) => join(name, file))
    : [`${name}.test.ts`];

// The first test that fails ends a run: those that take seconds come last.
const files = names.flatMap(filesOf);
const slow = files.filter((file) => SLOW.test(file));

for (const file of [...files.filter((name) => !SLOW.test(name)), ...slow]) {
  describe(file, () => {
    jest.requireActual(join(TESTS, file));
  });
}
