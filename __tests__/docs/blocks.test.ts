import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as atipay from 'express-atipay';
import { compileBlocks } from './compile';
import {
  anchorsOf,
  blockOf,
  blocksOf,
  localLinks,
  PAGES,
  readPage,
  recipesIn,
  ROOT,
  TRANSLATIONS,
} from './markdown';

const persian = TRANSLATIONS.map(([page]) => page as string);
const blocks = PAGES.flatMap(blocksOf);
const inLanguage = (...languages: string[]) => blocks.filter(({ language }) => languages.includes(language));

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
  bin: Record<string, string>;
};
const installed = (name: string): boolean => existsSync(join(ROOT, 'node_modules', '.bin', name));

test('every block says its language', () => {
  const known = ['ts', 'js', 'tsx', 'vue', 'sh', 'mermaid', 'text', 'nginx', 'dockerfile'];
  expect(blocks.filter(({ language }) => !known.includes(language))).toEqual([]);
});

const BROKEN = {
  page: 'a block that is wrong on purpose',
  line: 7,
  language: 'ts',
  code: "const a = 1;\nvoid payments.atipay.start({ orderId: a, amount: '10' });\n",
};

test('every piece of TypeScript and JavaScript compiles with the options of this project', () => {
  const folders = ['clients/recipes', 'packages/observability/recipes', 'packages/schedulers'];
  const elsewhere = folders.flatMap(recipesIn).map(([, code]) => code);
  const own = inLanguage('ts', 'js').filter(
    ({ page, code }) => !persian.includes(page) && !elsewhere.includes(code),
  );
  const shopAsTypeScript = { ...blockOf('README.md', 'js'), language: 'ts' };
  expect(shopAsTypeScript.code).toMatch(/^\/\/ shop\.mjs/);
  expect(compileBlocks([...own, shopAsTypeScript, BROKEN])).toEqual([
    expect.stringMatching(/^a block that is wrong on purpose:8: Type 'string' is not assignable/),
  ]);
});

/** Whether a line of shell calls a command that this repository has. */
const isThere = (command: string): boolean => {
  const [first = '', second = '', third = ''] = command.replace(/^(?:[A-Z_]+=\S+ )+/, '').split(/ +/);
  if (first === 'npm' && second === 'run') return third in manifest.scripts;
  if (first === 'npm')
    return ['ci', 'install', 'init', 'pack', 'publish'].includes(second) || second in manifest.scripts;
  if (first === 'npx') return second in manifest.bin || installed(second);
  return ['node', 'git', 'mkdir', 'cd', 'curl', 'docker'].includes(first);
};

test('every command in a shell block exists', () => {
  const commands = inLanguage('sh').flatMap(({ code }) => code.trim().split(/\n| && /));
  expect(commands.length).toBeGreaterThan(5);
  expect(commands.filter((command) => !isThere(command))).toEqual([]);
});

test('every file that a command or a test run names exists', () => {
  const paths = inLanguage('sh').flatMap(({ code }) => code.match(/__tests__\/\S*/g) ?? []);
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test.each(PAGES)('every link of %s to this repository leads somewhere', (page) => {
  const broken = localLinks(page).filter(
    ({ file, heading }) =>
      !existsSync(join(ROOT, file)) || (heading !== undefined && !anchorsOf(file).includes(heading)),
  );
  expect(broken).toEqual([]);
});

/** The pages that links lead to from one page, itself included. */
function reachableFrom(page: string, seen = new Set<string>()): Set<string> {
  seen.add(page);
  const next = localLinks(page).filter(({ file }) => file.endsWith('.md') && existsSync(join(ROOT, file)));
  for (const { file } of next) if (!seen.has(file)) reachableFrom(file, seen);
  return seen;
}

test.each(['README.md', 'README.fa.md'])('from %s links lead to every page of docs', (page) => {
  const pages = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`);
  const reached = reachableFrom(page);
  expect(pages.length).toBeGreaterThan(10);
  expect(pages.filter((file) => !reached.has(file))).toEqual([]);
});

test.each(TRANSLATIONS)('%s shows the same code as %s', (page, original) => {
  const english = blocksOf(original).map(({ code }) => code);
  expect(blocksOf(page).map(({ code }) => code)).toEqual(english);
});

test.each(persian)('code within the text of %s is kept from being turned around', (page) => {
  const prose = readPage(page).replace(/^```[\s\S]*?^```$/gm, '');
  const loose = [...prose.matchAll(/(<span dir="ltr">)?`([^`\n]+)`/g)].filter(
    ([, span, code = '']) => span === undefined && !/^[a-z][\w.-]*$/i.test(code),
  );
  expect(loose.map(([, , code]) => code)).toEqual([]);
});

const ERRORS = ['EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'DEPTH_ZERO_SELF_SIGNED_CERT'];
const isErrorOfNode = (name: string): boolean => ERRORS.includes(name);

test('every environment variable in the docs is read somewhere', () => {
  const sources = [
    'example-app/settings.ts',
    'lib/operator/cli/database.ts',
    '__tests__/support/databases.ts',
    '__tests__/support/browser.ts',
  ]
    .map((file) => readFileSync(join(ROOT, file), 'utf8'))
    .join('\n');
  // The protocol's words and the table of transitions are in capitals, too.
  const pages = PAGES.filter((page) => page !== 'docs/protocol.md' && page !== 'docs/payments.md');
  const told = pages.flatMap((page) => readPage(page).match(/`[A-Z][A-Z_]*[A-Z](?:=\S+)?`/g) ?? []);
  const names = told
    .map((name) => name.replace(/[`]|=.*/g, ''))
    .filter((name) => !/^(?:ERR_|GET|POST|CMD)/.test(name) && !isErrorOfNode(name));
  const elsewhere = [
    'NODE_ENV',
    'NODE_OPTIONS',
    'HTTPS_PROXY',
    'ALL_PROXY',
    'NO_PROXY',
    'DEBUG',
    'NODE_EXTRA_CA_CERTS',
    'NODE_TLS_REJECT_UNAUTHORIZED',
    // A mode of MySQL's.
    'NO_BACKSLASH_ESCAPES',
    ...Object.keys(atipay),
  ];
  expect(names.filter((name) => !sources.includes(name) && !elsewhere.includes(name))).toEqual([]);
});

test('every example of the guides that marks an order paid does so at the amount that was paid, and counts the rows', () => {
  const marking = PAGES.filter((page) => page.startsWith('docs/'))
    .flatMap(blocksOf)
    .flatMap(({ page, code }) =>
      [...code.matchAll(/where\(\{[^}]*\}\)\s*\.update\(\{ (?:state: 'paid'|paid: true) \}\).*\n.*/g)].map(
        ([found]) => ({ page, found }),
      ),
    );
  expect(marking.length).toBeGreaterThan(5);
  const careless = marking.filter(
    ({ found }) => !/where\(\{[^}]*\bamount\b/.test(found) || !/changed !== 1\) throw/.test(found),
  );
  expect(careless).toEqual([]);
});
