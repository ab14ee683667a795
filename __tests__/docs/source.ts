import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './markdown';

export const LIB = join(ROOT, 'lib');

/** Every source file of the package, relative to lib. */
export const sourceFiles = (): string[] =>
  readdirSync(LIB, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** How often a word stands in the sources. */
export const mentions = (word: string): number =>
  sourceFiles().reduce((sum, file) => sum + readFileSync(join(LIB, file), 'utf8').split(word).length - 1, 0);

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(join(LIB, file), 'utf8'), ts.ScriptTarget.ES2022);
}

/** The texts of a union of string literals, `type Name = 'a' | 'b'`. */
export function literalsOf(file: string, name: string): string[] {
  const declaration = parse(file)
    .statements.filter(ts.isTypeAliasDeclaration)
    .find((statement) => statement.name.text === name);
  if (!declaration || !ts.isUnionTypeNode(declaration.type)) throw new Error(`${file} has no union ${name}.`);
  return declaration.type.types
    .filter(ts.isLiteralTypeNode)
    .map(({ literal }) => (ts.isStringLiteral(literal) ? literal.text : ''));
}

/** The names of an interface's members. */
export function membersOf(file: string, name: string): string[] {
  const declaration = parse(file)
    .statements.filter(ts.isInterfaceDeclaration)
    .find((statement) => statement.name.text === name);
  if (!declaration) throw new Error(`${file} has no interface ${name}.`);
  return declaration.members.map(({ name: member }) =>
    member && ts.isIdentifier(member) ? member.text : '',
  );
}
