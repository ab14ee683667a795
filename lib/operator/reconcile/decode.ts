import { TextDecoder } from 'node:util';
import { ReportProblem } from './problem';

/** How files begin that are no text, in hexadecimal. */
const MAGIC: readonly [start: string, kind: 'workbook' | 'notText'][] = [
  ['504b0304', 'workbook'],
  ['d0cf11e0', 'workbook'],
  ['1f8b', 'workbook'],
  ['25504446', 'notText'],
  ['3c21646f', 'notText'],
  ['3c68746d', 'notText'],
];

/** The text of a file in UTF-8 or UTF-16, without its byte order mark. @throws ReportProblem for other files. */
export async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  for await (const chunk of bytes) {
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
    yield decode(decoder, chunk);
  }
  if (decoder) yield decode(decoder);
}

function decode(decoder: TextDecoder, chunk?: Uint8Array): string {
  let text: string;
  try {
    text = chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    throw new ReportProblem('notUtf8');
  }
  if (text.includes('\0')) throw new ReportProblem('notText');
  return text;
}

function encodingOf(first: Uint8Array): string {
  const start = Buffer.from(first.subarray(0, 4)).toString('hex').toLowerCase();
  const [, kind] = MAGIC.find(([magic]) => start.startsWith(magic)) ?? [];
  if (kind) throw new ReportProblem(kind);
  if (start.startsWith('fffe')) return 'utf-16le';
  if (start.startsWith('feff')) return 'utf-16be';
  return 'utf-8';
}
