import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const LIB = join(__dirname, '..', '..', '..', 'lib');

/** A member of an interface: its type as a reader writes it, and its comment as one line. */
export interface Member {
  name: string;
  type: string;
  comment: string;
}

/** The members of an exported interface of `lib`, in order. */
export function membersOf(file: string, name: string): Member[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(LIB, file), 'utf8'),
    ts.ScriptTarget.ES2022,
    true,
  );
  const declaration = source.statements.find(
    (one): one is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(one) && one.name.text === name,
  );
  if (!declaration) throw new Error(`${file} has no interface ${name}.`);
  return declaration.members.filter(ts.isPropertySignature).map((member) => ({
    name: member.name.getText(),
    type: member.type ? typeOf(member.type) : 'unknown',
    comment: commentOf(member),
  }));
}

function commentOf(member: ts.PropertySignature): string {
  const [comment] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  return (ts.getTextOfJSDocComment(comment?.comment) ?? '').replace(/\s+/g, ' ').trim();
}

/** A type without `undefined`, which every optional member takes; a shop's function as an arrow. */
function typeOf(type: ts.TypeNode): string {
  if (ts.isUnionTypeNode(type)) {
    const parts = type.types.filter((part) => part.kind !== ts.SyntaxKind.UndefinedKeyword);
    const texts = parts.map((part) => typeOf(part));
    return parts.length === 1 ? (texts[0] ?? '') : texts.map(bracketed).join(' | ');
  }
  if (ts.isParenthesizedTypeNode(type)) return typeOf(type.type);
  if (ts.isTypeReferenceNode(type) && type.typeName.getText() === 'ShopFunction') return arrow(type);
  return plain(type);
}

function arrow({ typeArguments }: ts.TypeReferenceNode): string {
  const [args, result] = (typeArguments ?? []).map(plain);
  return `(${args?.slice(1, -1) ?? ''}) => ${result ?? 'unknown'}`;
}

const bracketed = (text: string): string => (text.includes('=>') ? `(${text})` : text);

const plain = (type: ts.TypeNode): string => type.getText().replace(/\s+/g, ' ').replace('NoInfer<Tx>', 'Tx');
