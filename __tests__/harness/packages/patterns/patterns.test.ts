import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { LIB, sourceFiles } from '../../../docs/source';

interface Pattern {
  source: string;
  flags: string;
}

/** The regular expression literals of a file. Those made at run time cannot be judged here, and are refused. */
function patternsOf(file: string): Pattern[] {
  const text = readFileSync(join(LIB, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: Pattern[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(parse(node.text));
    if (ts.isIdentifier(node) && node.text === 'RegExp' && !ts.isTypeReferenceNode(node.parent))
      throw new Error(`${file}: write ${node.parent.getText()} as a literal, which can be checked.`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function parse(literal: string): Pattern {
  const end = literal.lastIndexOf('/');
  return { source: literal.slice(1, end), flags: literal.slice(end + 1) };
}

function verdicts(patterns: Pattern[]): string[] {
  const args = [join(__dirname, 'verdicts.cjs')];
  const said = execFileSync(process.execPath, args, { input: JSON.stringify(patterns), encoding: 'utf8' });
  return JSON.parse(said) as string[];
}

test('no regular expression of the package takes more time than in proportion to its input', () => {
  const found = sourceFiles().flatMap((file) => patternsOf(file).map((pattern) => ({ file, ...pattern })));
  expect(found.length).toBeGreaterThan(20);
  const judged = verdicts(found);
  expect(found.filter((_pattern, at) => judged[at] !== 'safe')).toEqual([]);
});

test('a pattern that takes the square of its input is found out, or more', () => {
  const patterns = ['/+$', '(a+)+$', String.raw`<form[^>]*>`].map((source) => ({ source, flags: '' }));
  expect(verdicts(patterns)).toEqual(patterns.map(() => 'vulnerable'));
});
