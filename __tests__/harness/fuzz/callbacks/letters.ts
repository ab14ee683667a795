import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { FIELDS, junk, STRANGE_NAMES, type Value } from './values';

/** How the fields are written down. */
export type Script =
  | ('form' | 'form, all escaped' | 'form, half escaped')
  | ('json' | 'json, bare numbers' | 'json, nested')
  | { bytes: Uint8Array }
  | { json: string };

/** Which payment a callback is for, and how it gets at its door. */
export type Door =
  | ('its key' | 'the key of another payment' | 'an invoice nobody has')
  | { wrongKey: string }
  | { path: string };

/** A callback whose payment is yet to be chosen. */
export interface Letter {
  method: string;
  /** Chooses a payment. */
  payment: number;
  door: Door;
  mount: '/payment' | '/parsed/payment' | '/raw/payment';
  fields: [name: string, value: Value][];
  script: Script;
  contentType: string | undefined;
  packing: 'plain' | 'gzip' | 'br' | 'said to be gzip';
  /** Characters of filling. */
  filling: number;
  wire: 'handed' | 'socket' | 'cut off';
  accept: string;
}

const weighted = <T>(...choices: [weight: number, value: T][]): fc.Arbitrary<T> =>
  fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

const FORM = 'application/x-www-form-urlencoded';

const contentType = fc.oneof(
  { weight: 16, arbitrary: fc.constant<string | undefined>(FORM) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<(string | undefined)[]>(
      ...[`${FORM}; charset=utf-8`, `${FORM}; charset=iso-8859-1`, `${FORM}; charset=utf-7`, `${FORM};;=`],
      ...['application/json', 'application/json; charset=utf-16', 'text/plain', 'multipart/form-data'],
      ...['multipart/form-data; boundary=x', 'application/octet-stream', 'FORM', '/', '', undefined],
    ),
  },
);

/** Most fields most of the time, some twice, and some unknown ones. */
const fields: fc.Arbitrary<Letter['fields']> = fc
  .tuple(
    ...Object.entries(FIELDS).map(([name, value]) =>
      fc.option(fc.tuple(fc.constant(name), value), { freq: 12, nil: undefined }),
    ),
    fc.array(
      fc.oneof(
        ...Object.entries(FIELDS).map(([name, value]) => fc.tuple(fc.constant(name), value)),
        fc.tuple(
          fc.oneof(fc.constantFrom(...STRANGE_NAMES), junk),
          junk.map((text) => ({ text })),
        ),
      ),
      { maxLength: 2, size: '-1' },
    ),
  )
  .map((parts) => parts.flatMap((part) => (part === undefined ? [] : isField(part) ? [part] : part)));

const isField = (part: Letter['fields'] | Letter['fields'][number]): part is Letter['fields'][number] =>
  typeof part[0] === 'string';

const PATHS = ['', '/', '//', '%', '%00', '%E0%A4%A', '..', '%2e%2e%2f', '?', '#', ';', 'a/b/c', '__proto__'];
const printable = fc.string({ maxLength: 30 }).map((text) => text.replace(/[^!-~]/g, '_'));

const scrawl = fc.oneof(fc.constantFrom(...PATHS), printable);

const door = fc.oneof(
  {
    weight: 9,
    arbitrary: weighted<Door>(
      [7, 'its key'],
      [1, 'the key of another payment'],
      [1, 'an invoice nobody has'],
    ),
  },
  { weight: 1, arbitrary: scrawl.map((wrongKey): Door => ({ wrongKey })) },
  { weight: 1, arbitrary: scrawl.map((path): Door => ({ path })) },
);

const script = fc.oneof(
  {
    weight: 20,
    arbitrary: weighted<Script>(
      [12, 'form'],
      [1, 'form, all escaped'],
      [1, 'form, half escaped'],
      [2, 'json'],
      [1, 'json, bare numbers'],
      [1, 'json, nested'],
    ),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes): Script => ({ bytes })) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 3 }).map((json): Script => ({ json })) },
);

/** Every kind of callback there is, and those there should not be. */
export const letter: fc.Arbitrary<Letter> = fc.record({
  method: weighted([60, 'POST'], [1, 'GET'], [1, 'PUT'], [1, 'HEAD']),
  payment: fc.nat(1_000_000),
  door,
  mount: weighted<Letter['mount']>([4, '/payment'], [2, '/parsed/payment'], [1, '/raw/payment']),
  fields,
  script,
  contentType,
  packing: weighted<Letter['packing']>([200, 'plain'], [1, 'gzip'], [1, 'br'], [1, 'said to be gzip']),
  filling: weighted([300, 0], [1, 15_000], [1, 17_000], [1, 120_000]),
  wire: weighted<Letter['wire']>([95, 'handed'], [4, 'socket'], [1, 'cut off']),
  accept: weighted([6, 'text/html'], [1, '*/*'], [1, 'application/json'], [1, ';;;']),
});

/** A letter's body before it is packed. `say` names the kind of a value. */
export function written({ script, fields: list, filling }: Letter, say: (value: Value) => string): Buffer {
  if (typeof script === 'object')
    return 'bytes' in script ? Buffer.from(script.bytes) : Buffer.from(script.json);
  const said = list.map(([name, value]): Pair => [name, say(value)]);
  if (filling > 0) said.push(['filling', 'x'.repeat(filling)]);
  switch (script) {
    case 'form':
      return form(said, escaped);
    case 'form, all escaped':
      return form(said, allEscaped);
    case 'form, half escaped':
      return form(said, (text) => text);
    case 'json':
      return json(said, quoted);
    case 'json, bare numbers':
      return json(said, (text) => (/^(0|[1-9]\d*)$/.test(text) ? text : quoted(text)));
    case 'json, nested':
      return json(said, (text, index) =>
        index % 2 === 0 ? `[${quoted(text)}]` : `{"text":${quoted(text)}}`,
      );
  }
}

type Pair = [name: string, text: string];

const form = (pairs: Pair[], write: (text: string) => string): Buffer =>
  Buffer.from(pairs.map((pair) => pair.map(write).join('=')).join('&'), 'latin1');

/** Names may come twice, which JSON.stringify cannot write. */
const json = (pairs: Pair[], write: (text: string, index: number) => string): Buffer =>
  Buffer.from(`{${pairs.map(([name, text], index) => `${quoted(name)}:${write(text, index)}`).join(',')}}`);

const quoted = (text: string): string => JSON.stringify(text);
const allEscaped = (text: string): string => Buffer.from(text).toString('hex').replace(/../g, '%$&');
const escaped = (text: string): string => text.replace(/[^\w.*-]+/gu, allEscaped);

const QUICKLY = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

/** The body as it is sent, with the header that says how it is packed. */
export function packed(
  { packing }: Letter,
  plain: Buffer,
): { body: Buffer; headers: Record<string, string> } {
  switch (packing) {
    case 'plain':
      return { body: plain, headers: {} };
    case 'gzip':
      return { body: gzipSync(plain), headers: { 'content-encoding': 'gzip' } };
    case 'br':
      return { body: brotliCompressSync(plain, QUICKLY), headers: { 'content-encoding': 'br' } };
    case 'said to be gzip':
      return { body: plain, headers: { 'content-encoding': 'gzip' } };
  }
}
