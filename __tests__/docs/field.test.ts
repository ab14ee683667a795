import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPage, ROOT } from './markdown';

const PAGE = 'docs/maintaining/field.md';

/** The tests of a row: file and words of the title. */
const rows = readPage(PAGE)
  .split('\n')
  .filter((line) => /^\| [A-E]\d+ /.test(line))
  .map((line) => {
    const [, id = '', , , tests = '', siblings = ''] = line.split('|').map((cell) => cell.trim());
    return { id, siblings, tests: tests.split('<br>').map((test) => /^`([^`]+)`: (.+)$/.exec(test)) };
  });

const source = (file: string): string =>
  readFileSync(join(ROOT, ...(file.startsWith('lib/') ? [] : ['__tests__']), file), 'utf8').replaceAll(
    "\\'",
    "'",
  );

test.each(rows.map((row) => [row.id, row] as const))(
  'the tests of %s are there',
  (_id, { tests, siblings }) => {
    expect(siblings).not.toBe('');
    for (const test of tests) {
      const [, file = 'not readable as `file`: title', title = ''] = test ?? [];
      expect(source(file)).toContain(title);
    }
  },
);

test('the page has every row, in order', () => {
  const ids = { A: 15, B: 10, C: 9, D: 8, E: 14 };
  const all = Object.entries(ids).flatMap(([group, count]) =>
    Array.from({ length: count }, (_, index) => `${group}${index + 1}`),
  );
  expect(rows.map(({ id }) => id)).toEqual(all);
});

test('no test sets a time limit', () => {
  const folder = join(ROOT, '__tests__');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/^harness[/\\]|node_modules/.test(file),
  );
  const limited = files.filter((file) =>
    /^\s*\}, (?:\d+_\d+|\d{4,})\);$|jest\.setTimeout\(/m.test(readFileSync(join(folder, file), 'utf8')),
  );
  expect(files.length).toBeGreaterThan(200);
  expect(limited.filter((file) => !file.endsWith('field.test.ts'))).toEqual([]);
});
