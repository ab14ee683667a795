import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** A piece of prose and where it begins. */
interface Text {
  place: string;
  text: string;
}

/** A habit of the prose that is bounded: what counts as one, and how many per 1,000 words are too many. */
interface Habit {
  name: string;
  pattern: RegExp;
  limit: number;
}

const HABITS: readonly Habit[] = [
  { name: 'nobody, somebody, whoever', pattern: /\b(?:nobody|somebody|whoever)\b/gi, limit: 0.3 },
  { name: 'tell, tells, told', pattern: /\b(?:tell|tells|told)\b/gi, limit: 0.5 },
  { name: 'own, by itself', pattern: /\bown\b|\bby (?:it|them|him|her)sel(?:f|ves)\b/gi, limit: 1.5 },
  {
    // An indirect question ("says what came", "what to write") is plain English; "what came is stored" is the habit.
    name: 'what as a noun',
    pattern:
      /(?<!\b(?:say|says|said|saying|show|shows|shown|showing|see|sees|seen|know|knows|known|knowing|ask|asks|asked|decide|decides|decided|explain|explains|describe|describes|find out|look at|learn|name|names|remember|check|checks|print|prints|understand|matter|choose|chooses|compare|no matter) )\bwhat(?:ever)?\b(?! to )(?![^.?!;:]*\?)/gi,
    limit: 0.3,
  },
];

const SOURCES = [
  'lib',
  '__tests__',
  'bench',
  'example-app',
  'docs/maintaining',
  'middlewares',
  'source',
  'src',
  'test',
];
const SKIPPED = ['node_modules', 'build', 'dist'];

const filesIn = (root: string, folder: string, ending: RegExp): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !SKIPPED.includes(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesIn(root, path, ending);
      return ending.test(entry.name) ? [join(root, path)] : [];
    });

/** Comments of a source file without their stars, tags and code. */
function commentsOf(root: string, file: string): Text[] {
  const source = readFileSync(file, 'utf8');
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, false, ts.LanguageVariant.Standard, source);
  const comments: Text[] = [];
  const ends: number[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    // Inside of a template the closing brace has to be read again as a part of the template.
    if (kind === ts.SyntaxKind.TemplateHead) ends.push(0);
    else if (kind === ts.SyntaxKind.OpenBraceToken && ends.length > 0) ends.push((ends.pop() ?? 0) + 1);
    else if (kind === ts.SyntaxKind.CloseBraceToken && ends.length > 0) {
      const open = ends.pop() ?? 0;
      if (open > 0) ends.push(open - 1);
      else if (scanner.reScanTemplateToken(false) === ts.SyntaxKind.TemplateMiddle) ends.push(0);
    } else if (
      kind === ts.SyntaxKind.SingleLineCommentTrivia ||
      kind === ts.SyntaxKind.MultiLineCommentTrivia
    ) {
      const text = scanner.getTokenText().replace(/^\/[/*]+|\*\/$|^\s*\*/gm, '');
      comments.push({ place: placeIn(root, file, source, scanner.getTokenStart()), text: prose(text) });
    } else if (kind === ts.SyntaxKind.SlashToken) scanner.reScanSlashToken();
  }
  return comments;
}

const NAMING = new Set(['test', 'it', 'describe', 'symptom']);

/** The names of a file's tests, also those of tables of tests. */
function testNamesOf(root: string, file: string): Text[] {
  const source = readFileSync(file, 'utf8');
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true);
  const names: Text[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const [first] = node.arguments;
      const called = /^[a-z]+/i.exec(node.expression.getText())?.[0] ?? '';
      if (first && NAMING.has(called) && ts.isStringLiteralLike(first)) {
        names.push({ place: placeIn(root, file, source, first.getStart()), text: prose(first.text) });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return names;
}

/** The paragraphs and table rows of a page, without code. */
function paragraphsOf(root: string, file: string): Text[] {
  const page = readFileSync(file, 'utf8').replace(/^```[\s\S]*?^```$/gm, (block) =>
    block.replace(/[^\n]/g, ''),
  );
  let at = 0;
  return page.split(/\n\n|\n(?=[|#-])/).map((text) => {
    const place = placeIn(root, file, page, page.indexOf(text, at));
    at = page.indexOf(text, at) + text.length;
    return { place, text: prose(text.replace(/\]\([^)]*\)/g, ']')) };
  });
}

const placeIn = (root: string, file: string, source: string, at: number): string =>
  `${relative(root, file)}:${source.slice(0, at).split('\n').length}`;

const prose = (text: string): string =>
  text
    .replace(/`[^`]*`|\{@link [^}]*\}|@\w+/g, ' code ')
    .replace(/\s+/g, ' ')
    .trim();

const wordsIn = (text: string): number => (text.match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu) ?? []).length;

/** Everything of a repository that is read, by kind. */
function textsOf(root: string): Record<string, Text[]> {
  const there = SOURCES.filter((folder) => readdirSync(root).includes(folder));
  const sources = there.flatMap((folder) => filesIn(root, folder, /\.[mc]?ts$/));
  const pages = [
    ...readdirSync(root)
      .filter((file) => file.endsWith('.md') && !file.endsWith('.fa.md'))
      .map((file) => join(root, file)),
    ...(readdirSync(root).includes('docs') ? filesIn(root, 'docs', /\.md$/) : []),
  ].filter((file) => !/\/fa\//.test(file));
  return {
    comments: sources.flatMap((file) => commentsOf(root, file)),
    'test names': sources
      .filter((file) => /\.test\.ts$|\/__tests__\//.test(file))
      .flatMap((file) => testNamesOf(root, file)),
    docs: pages.flatMap((file) => paragraphsOf(root, file)),
  };
}

/** How often a habit occurs in one kind of prose. */
export interface Count {
  kind: string;
  words: number;
  habit: string;
  /** Occurrences per 1,000 words, and the bound that they stay under. */
  rate: number;
  limit: number;
  /** Each occurrence: its place and the text around it. */
  found: string[];
}

/** Counts every habit in every kind of prose of a repository. */
export function countsOf(root: string): Count[] {
  return Object.entries(textsOf(root)).flatMap(([kind, texts]) => {
    const words = texts.reduce((sum, { text }) => sum + wordsIn(text), 0);
    return HABITS.map(({ name, pattern, limit }) => {
      const found = texts.flatMap(({ place, text }) =>
        (text.match(pattern) ?? []).map(() => `${place}  ${text}`),
      );
      return { kind, words, habit: name, rate: (found.length * 1_000) / Math.max(words, 1), limit, found };
    });
  });
}
