import type { Readable, Writable } from 'node:stream';
import type { Saying } from '../texts/problems';

/** Something an operator got wrong or has to mend: said without a stack. Ends with 1, or 2 when the command is wrong. */
export class CommandError extends Error {
  constructor(
    readonly text: Saying,
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(text('en'));
  }
}

/** A command that cannot be understood. */
export const misuse = (text: Saying): CommandError => new CommandError(text, 2);

/** Where the command reads and writes. */
export interface Terminal {
  input: Readable & { isTTY?: boolean };
  out: Writable & { isTTY?: boolean };
  error: Writable & { isTTY?: boolean };
}

/** Columns that fit a terminal. */
export const WIDTH = 100;

/**
 * Text from outside, for a terminal: control characters and marks that turn a line around would let a gateway's or a
 * buyer's words write over ours. Characters that Persian needs, the joiners included, stay.
 */
export const plain = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\u200E\u200F]+/gu, ' ');

/** A value as JSON, in which every sign that {@link plain} takes out is written as its escape. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(
    /[\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069\u200E\u200F]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** How wide a text is on a terminal, nearly: marks and joiners have no width. */
const width = (text: string): number => text.replace(/[\p{M}\p{Cf}]/gu, '').length;

/** A text cut to a width, with a sign that it was. */
export const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;

/** Rows in columns, two spaces apart; the last column is not padded. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => width(row[index] ?? ''))));
  const pad = (cell: string, index: number): string =>
    cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - width(cell)));
  return rows.map((row) => row.map(pad).join('  ').trimEnd());
}

/** A text in lines that fit; later lines are indented. */
export function wrap(text: string, indent = ''): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(word);
    else if (width(last) + width(word) + 1 <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(indent + word);
  }
  return lines;
}
