import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { readPage, ROOT } from './markdown';
import { testsIn } from './security';

const page = readPage('SECURITY.md');

/** The function that a call comes down to: `test`, `test.each(rows)`, `it.each(rows)`. */
function rootOf(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node)) return rootOf(node.expression);
  return ts.isTaggedTemplateExpression(node) ? rootOf(node.tag) : '';
}

/** The names of a file's tests as they are written there. Tests that are left out are none. */
function namesOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.ES2022);
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ['it', 'test'].includes(rootOf(node.expression))) {
      const [name] = node.arguments;
      if (name && ts.isStringLiteralLike(name)) names.push(name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

test('every test that SECURITY.md names exists, word for word', () => {
  const named = testsIn(page);
  expect(named.length).toBeGreaterThan(60);
  const missing = named.filter(
    ({ file, name }) => !existsSync(join(ROOT, file)) || !namesOf(file).includes(name),
  );
  expect(missing).toEqual([]);
});

test('every line of SECURITY.md that names a test can be read as one', () => {
  const lines = page.split('\n').filter((line) => line.includes('__tests__/') && line.startsWith('-'));
  expect(lines).toHaveLength(testsIn(page).length);
});

test('every threat has a test that shows what stops it', () => {
  const threats = page.split(/^(?=### )/m).slice(1);
  expect(threats.length).toBeGreaterThan(20);
  expect(threats.filter((threat) => testsIn(threat).length === 0)).toEqual([]);
});

test('every file of security tests is named', () => {
  const files = readdirSync(join(ROOT, '__tests__/security')).map((name) => `__tests__/security/${name}`);
  const told = new Set(testsIn(page).map(({ file }) => file));
  expect(files.filter((file) => !told.has(file))).toEqual([]);
});
