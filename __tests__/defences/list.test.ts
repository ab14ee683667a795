import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPage, ROOT } from '../docs/markdown';
import { threats } from '../docs/security';
import { changesOf, testsOf, without } from './defence';
import { LEFT_OUT } from './left-out';
import { DEFENCES } from './list';
import { namedIn } from './table';

test('every threat of SECURITY.md has a defence in the list, and the list has no other', () => {
  const listed = new Set(DEFENCES.map(({ threat }) => threat));
  expect([...listed].sort()).toEqual(
    threats()
      .map(({ title }) => title)
      .sort(),
  );
});

test('every test of the list is named in SECURITY.md, under its threat', () => {
  const named = new Set(
    threats().flatMap(({ title, tests }) => tests.map(({ file, name }) => [title, file, name].join('\n'))),
  );
  const strange = DEFENCES.flatMap((entry) =>
    testsOf(entry).filter(({ file, name }) => !named.has([entry.threat, file, name].join('\n'))),
  );
  expect(strange).toEqual([]);
});

test('every test of SECURITY.md turns red for a defence of the list, or it is said why not', () => {
  const red = new Set(DEFENCES.flatMap((entry) => testsOf(entry).map(namedIn)));
  const rest = threats().flatMap(({ tests }) => tests.filter((one) => !red.has(namedIn(one))));
  expect(rest.map(({ name }) => name).sort()).toEqual(Object.keys(LEFT_OUT).sort());
});

test.each(DEFENCES)('$threat: where it stands that $defence is found once', (entry) => {
  expect(testsOf(entry).length).toBeGreaterThan(0);
  let changes = 0;
  for (const change of changesOf(entry)) {
    const text = readFileSync(join(ROOT, change.file), 'utf8');
    expect(without(text, change)).not.toBe(text);
    changes += 1;
  }
  expect(changes).toBeGreaterThan(0);
});

test('docs/quality.md shows what the list has, test by test', () => {
  const rows = DEFENCES.flatMap((entry) =>
    testsOf(entry).map((one) => [entry.threat, entry.defence, namedIn(one)].join(' | ')),
  );
  const table =
    readPage('docs/quality.md').match(/^\| threat +\| defence removed .*\n\|.*\n((?:\|.*\n)+)/m)?.[1] ?? '';
  const shown = table
    .trim()
    .split('\n')
    .map((row) =>
      row
        .slice(1, -1)
        .split(/ \| /)
        .map((cell) => cell.trim())
        .join(' | '),
    );
  expect(shown).toEqual(rows);
  expect(readPage('docs/quality.md')).toContain(`${DEFENCES.length} defences, ${DEFENCES.length} found out`);
});
