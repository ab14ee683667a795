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

/** Folders of `__tests__` with suites of surroundings; packages of the second are installed there alone. */
const PACKAGES = 'harness/packages';
const FOLDERS = ['compatibility', `${PACKAGES}/compatibility`];
const suites = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, '__tests__', folder)).map((file) => `${folder}/${file}`),
);

test('every suite of surroundings has a row', () => {
  const named = new Set(rows.map((row) => testOf(row).file));
  // nginx is no package: it has a separate section.
  const missing = suites.filter((file) => !named.has(file) && !file.endsWith('/nginx.server.test.ts'));
  expect(missing).toEqual([]);
});

interface Lock {
  packages: Record<string, { name?: string; version: string } | undefined>;
}

const lockIn = (folder: string): Lock =>
  JSON.parse(readFileSync(join(ROOT, folder, 'package-lock.json'), 'utf8')) as Lock;

const LOCKS = [lockIn('.'), lockIn(`__tests__/${PACKAGES}`)];

/** A package as a lock file has it; an alias has another name there. */
const locked = (alias: string): { name?: string; version: string } | undefined =>
  LOCKS.map(({ packages }) => packages[`node_modules/${alias}`]).find((found) => found !== undefined);

test.each(tableWith(PAGE, '`express`').map(([name, version]) => [codeIn(name), version]))(
  'the version named for %s is the one installed',
  (name, version) => {
    expect(locked(name)?.version).toBe(version);
  },
);

test('the packages that the suites load are in the table', () => {
  const loaded = suites
    .flatMap((file) => [...source(file).matchAll(/(?:from|requireActual\() ?'([a-z][\w-]*)'/g)])
    .map(([, name = '']) => name);
  const told = tableWith(PAGE, '`express`').map(([name]) => codeIn(name));
  const ours = ['express-atipay', 'knex', 'supertest', 'typescript'];
  expect([...new Set(loaded)].filter((name) => !told.includes(name) && !ours.includes(name))).toEqual([]);
});

test('the page says of each Express which one the tests run on', () => {
  const config = source(`${PACKAGES}/jest.config.ts`);
  const told = tableWith(PAGE, '`express`')
    .map(([name]) => codeIn(name))
    .filter((name) => name === 'express' || locked(name)?.name === 'express');
  const projects = [...config.matchAll(/onExpress\('[^']+', '([^']+)'\)/g)].map(([, name]) => name);
  expect(told.sort()).toEqual(['express', ...projects].sort());
});

test('the page has a result for each Node that the matrix runs on', () => {
  const [, versions = ''] = /VERSIONS = \[([^\]]+)\]/.exec(source('harness/matrix/run.ts')) ?? [];
  const results = tableWith(PAGE, '20.20.2');
  expect(results.map(([node = '']) => node.split('.')[0])).toEqual(versions.match(/\d+/g));
  expect(results.map(([, , , failed]) => failed)).toEqual(results.map(() => '0'));
});
