import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { localLinks } from '../docs/markdown';
import { sourceFiles } from '../docs/source';
import { manifest, pack, ROOT, type Packed } from './packed';

let packed: Packed;

beforeAll(() => (packed = pack()));
afterAll(() => packed.remove());

const markdownIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => normalize(join(folder, file)));

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

test('the package holds each source built, with its types, and the pages; nothing else', () => {
  const code = sourceFiles()
    .map((file) => file.replace(/\.ts$/, ''))
    .flatMap((name) => [`dist/${name}.js`, `dist/${name}.d.ts`]);
  const expected = [
    'package.json',
    'LICENSE',
    ...markdownIn('.'),
    ...markdownIn('docs'),
    ...markdownIn('docs/fa'),
    ...code,
  ];
  expect([...packed.paths].sort()).toEqual(expected.sort());
});

test('every link in the pages leads to a file of the package', () => {
  const pages = packed.paths.filter((path) => path.endsWith('.md'));
  const broken = pages.flatMap((page) =>
    localLinks(page)
      // Pages for maintainers are in the repository alone, and so are pictures.
      .filter(({ file }) => !packed.paths.includes(file) && !/^docs\/(maintaining|images)\//.test(file))
      .map(({ file }) => `${page} -> ${file}`),
  );
  expect(pages).toContain('README.md');
  expect(broken).toEqual([]);
});

test('every entry point and every command leads to a file of the package', () => {
  const targets = Object.values(manifest.exports).flatMap((entry) =>
    typeof entry === 'string' ? [entry] : Object.values(entry),
  );
  const files = [...targets, ...Object.values(manifest.bin)].map((path) => normalize(path));
  expect(files.filter((path) => !packed.paths.includes(path))).toEqual([]);
});

test('a command begins with the line that lets a shell start it', () => {
  const commands = Object.values(manifest.bin);
  expect(commands.filter((path) => !read(path).startsWith('#!/usr/bin/env node\n'))).toEqual([]);
});
