import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export const ROOT = join(__dirname, '..', '..');

/** The pages whose every word and block these tests are answerable for. */
export const PAGES = [
  'README.md',
  'README.fa.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'docs/getting-started.md',
  'docs/going-live.md',
  'docs/hooks.md',
  'docs/compatibility.md',
  'docs/observability.md',
  'docs/operations.md',
  'docs/options.md',
  'docs/payments.md',
  'docs/protocol.md',
  'docs/recipes.md',
  'docs/recovery.md',
  'docs/routes.md',
  'docs/stores.md',
  'docs/testing.md',
  'docs/troubleshooting.md',
  'docs/maintaining/chaos.md',
  'docs/maintaining/field.md',
  'docs/maintaining/mutation.md',
  'docs/maintaining/performance.md',
  'docs/maintaining/prose.md',
  'docs/maintaining/release.md',
  'docs/maintaining/scale.md',
  'docs/maintaining/tests.md',
  'docs/fa/getting-started.md',
  'docs/fa/going-live.md',
  'docs/fa/hooks.md',
  'docs/fa/operations.md',
  'docs/fa/options.md',
  'docs/fa/routes.md',
  'docs/fa/troubleshooting.md',
];

/** Persian pages, each with the English one whose code it shows. */
export const TRANSLATIONS = [
  ['README.fa.md', 'README.md'],
  ['docs/fa/getting-started.md', 'docs/getting-started.md'],
  ['docs/fa/going-live.md', 'docs/going-live.md'],
  ['docs/fa/hooks.md', 'docs/hooks.md'],
  ['docs/fa/options.md', 'docs/options.md'],
  ['docs/fa/routes.md', 'docs/routes.md'],
  ['docs/fa/troubleshooting.md', 'docs/troubleshooting.md'],
] as const;

/** A fenced block of code. */
export interface Block {
  page: string;
  /** The line its code begins at, from 1. */
  line: number;
  language: string;
  code: string;
}

export const readPage = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

/** Recipes of a folder of the harness, whose packages are installed there alone: its tests compile and run them. */
export function recipesIn(folder: string): [file: string, code: string][] {
  const path = join(ROOT, '__tests__/harness', folder);
  return readdirSync(path).map((file) => [file, readFileSync(join(path, file), 'utf8')]);
}

const FENCE = /^```(\w*)\n([\s\S]*?)^```$/gm;

/** Every fenced block of a page, in order. */
export function blocksOf(page: string): Block[] {
  const text = readPage(page);
  return [...text.matchAll(FENCE)].map(({ index, 1: language = '', 2: code = '' }) => ({
    page,
    line: text.slice(0, index).split('\n').length + 1,
    language,
    code,
  }));
}

/** The block of a page that says in its first line which file it is. */
export function fileIn(page: string, name: string): string {
  const block = blocksOf(page).find(({ code }) => code.startsWith(`// ${name}\n`));
  if (!block) throw new Error(`${page} has no block that begins with "// ${name}".`);
  return block.code;
}

/** The first block of a page in a language. */
export function blockOf(page: string, language: string): Block {
  const block = blocksOf(page).find((one) => one.language === language);
  if (!block) throw new Error(`${page} has no block of ${language}.`);
  return block;
}

/** The rows of a page's table that has this text in its first column: cells as written. */
export function tableWith(page: string, first: string): string[][] {
  const tables = withoutBlocks(readPage(page)).match(/(?:^\|.*\|\n)+/gm) ?? [];
  const rows = tables.map((table) => table.trim().split('\n').slice(2).map(cellsOf));
  const found = rows.find((table) => table.some(([cell]) => cell === first));
  if (!found) throw new Error(`${page} has no table with ${first} in its first column.`);
  return found;
}

const cellsOf = (row: string): string[] =>
  row
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replace(/<\/?span[^>]*>/g, '').trim());

/** The text of a cell that is code alone. */
export function codeIn(cell = ''): string {
  const code = /^`([^`]+)`$/.exec(cell)?.[1];
  if (code === undefined) throw new Error(`"${cell}" is not code alone.`);
  return code;
}

const withoutBlocks = (text: string): string => text.replace(FENCE, '');

/** Every link to a file of the repository: the file and the heading it points at, if it names one. */
export function localLinks(page: string): { file: string; heading: string | undefined }[] {
  const text = withoutBlocks(readPage(page)).replace(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', heading] = target.split('#');
      return { file: path === '' ? page : normalize(join(dirname(page), path)), heading };
    });
}

/** The anchors GitHub gives to a page's headings. */
export function anchorsOf(page: string): string[] {
  return [...withoutBlocks(readPage(page)).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replace(/ /g, '-'),
  );
}
