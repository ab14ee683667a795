import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeIn, ROOT, tableWith } from './markdown';

const PAGE = 'docs/compatibility.md';
const FIRST_CELLS = [
  '`express`',
  '`/:lang/payment`',
  'CSRF protection',
  'Bun',
  '`getOrder` answers the request',
];
const rows = FIRST_CELLS.flatMap((first) => tableWith(PAGE, first));

/** A row's last cell: which file, and what to look for in it. */
function testOf(row: string[]): { file: string; text: string } {
  const [, file = '', text = ''] = /^`([^`]+)`: (.+)$/.exec(row.at(-1) ?? '') ?? [];
  return { file, text };
}

const source = (file: string): string => readFileSync(join(ROOT, '__tests__', file), 'utf8');

/** The code of a file without its imports. */
const titles = (file: string): string => source(file).replace(/^.*\bfrom '.*$/gm, '');

test.each(rows.map((row) => [row[0], testOf(row)] as const))(
  'the row %s names a test that exists',
  (_what, row) => {
    expect(titles(row.file)).toContain(row.text);
  },
);

test('every suite of surroundings has a row', () => {
  const suites = readdirSync(join(ROOT, '__tests__', 'compatibility')).filter((file) =>
    file.endsWith('.test.ts'),
  );
  const named = new Set(rows.map((row) => testOf(row).file));
  // nginx is no package: it has a separate section.
  const missing = suites.filter(
    (file) => !named.has(`compatibility/${file}`) && file !== 'nginx.server.test.ts',
  );
  expect(missing).toEqual([]);
});

const manifestOf = (name: string): { name: string; version: string } =>
  JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };

test.each(tableWith(PAGE, '`express`').map(([name, version]) => [codeIn(name), version]))(
  'the version named for %s is the one installed',
  (name, version) => {
    expect(manifestOf(name).version).toBe(version);
  },
);

test('the packages that the suites load are in the table', () => {
  const folder = join(ROOT, '__tests__', 'compatibility');
  const loaded = readdirSync(folder)
    .flatMap((file) => [
      ...source(`compatibility/${file}`).matchAll(/(?:from|requireActual\() ?'([a-z][\w-]*)'/g),
    ])
    .map(([, name = '']) => name);
  const told = tableWith(PAGE, '`express`').map(([name]) => codeIn(name));
  const ours = ['express-atipay', 'knex', 'supertest', 'typescript'];
  expect([...new Set(loaded)].filter((name) => !told.includes(name) && !ours.includes(name))).toEqual([]);
});

test('the page says of each Express which one the tests run on', () => {
  const config = readFileSync(join(ROOT, 'jest.config.ts'), 'utf8');
  const told = tableWith(PAGE, '`express`')
    .map(([name]) => codeIn(name))
    .filter((name) => manifestOf(name).name === 'express');
  const projects = [...config.matchAll(/onExpress\('[^']+', '([^']+)'\)/g)].map(([, name]) => name);
  expect(told.sort()).toEqual(['express', ...projects].sort());
});

test('the page has a result for each Node that the matrix runs on', () => {
  const [, versions = ''] = /VERSIONS = \[([^\]]+)\]/.exec(source('harness/matrix/run.ts')) ?? [];
  const results = tableWith(PAGE, '20.20.2');
  expect(results.map(([node = '']) => node.split('.')[0])).toEqual(versions.match(/\d+/g));
  expect(results.map(([, , , failed]) => failed)).toEqual(results.map(() => '0'));
});
