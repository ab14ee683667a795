import { optionsPage, PAGE } from '../harness/docs/options';
import { OPTIONS } from '../../lib/options';
import { codeIn, readPage, tableWith } from './markdown';

test('docs/options.md is the output of npm run docs:options', () => {
  expect(readPage(PAGE)).toBe(optionsPage());
});

test('docs/options.md describes every option, and every member of one', () => {
  const rows = tableWith(PAGE, '`publicUrl`');
  const names = rows.map(([name]) => codeIn(name));
  expect(names.filter((name) => !name.includes('.')).sort()).toEqual(Object.keys(OPTIONS).sort());
  expect(names).toEqual(expect.arrayContaining(['http.timeout', 'recovery.everyMs', 'shop.phone']));
  expect(rows.filter((row) => [1, 2, 4].some((column) => (row[column] ?? '') === ''))).toEqual([]);
});
