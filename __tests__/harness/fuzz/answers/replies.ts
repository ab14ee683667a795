import { brotliCompressSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';

/** The meaning of a gateway's answer, if it has one. */
export interface Meaning {
  /** `none` where there is no amount, `unreadable` where there is one that is no number. */
  amount: number | 'none' | 'unreadable';
  token: string | undefined;
  /** The token service says that it went well. */
  fine: boolean;
  /** The fields in which a reason may stand, and whether one does. */
  reasons: Reasons;
}

/** A text or a number, or undefined where there is no reason. */
export type Reasons = Record<'errorCode' | 'errorDescription' | 'faMessage' | 'message', string | undefined>;

/** An answer as it goes over the wire. */
export interface Reply {
  status: number;
  body: Buffer;
  encoding: string | undefined;
  /** Undefined when it must not count as the gateway's answer. */
  means: Meaning | undefined;
}

/** The key and the card number that the gateway must not talk into anybody's log. */
export const API_KEY = 'Canary-Key-4711-not-for-logs';
export const CARD_NUMBER = '6037997512345670';

/** JSON as it is written, and its meaning. */
type Written<T> = [json: string, says: T];

const amounts: fc.Arbitrary<Written<Meaning['amount']>> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 2 ** 53 - 1 }).chain(waysToWrite) },
  fc.constantFrom<Written<Meaning['amount']>>(
    ...(['0', '-1', '-0', '"0"', '"-10000"', '0.0', '"0e5"'] as const).map((json): Written<number> => [
      json,
      json.includes('1') ? Number(json.replaceAll('"', '')) : 0,
    ]),
    ['0.5', 0.5],
    ['1e400', Infinity],
    ['null', 'none'],
  ),
  fc
    .constantFrom(
      'true',
      'false',
      '{}',
      '[]',
      '[10000]',
      '{"amount":10000}',
      '""',
      '" "',
      '"10,000"',
      '"0x10"',
    )
    .map((json): Written<'unreadable'> => [json, 'unreadable']),
  fc
    .constantFrom(
      '"۱۰۰۰۰"',
      '"10000 Rials"',
      '"1e"',
      '"Infinity"',
      '"NaN"',
      '"1_000"',
      '".5"',
      '"5."',
      '"1 0"',
    )
    .map((json): Written<'unreadable'> => [json, 'unreadable']),
);

function waysToWrite(rials: number): fc.Arbitrary<Written<number>> {
  const power = rials.toExponential().replace('+', '');
  const ways = [
    String(rials),
    `${rials}.0`,
    power,
    power.toUpperCase(),
    `"${rials}"`,
    `" ${rials} "`,
    `"+${rials}"`,
  ];
  return fc.constantFrom(...ways).map((json) => [json, rials]);
}

const tokens: fc.Arbitrary<Written<string | undefined>> = fc.oneof(
  fc.stringMatching(/^[\w+/=-]{1,40}$/).map((token): Written<string> => [JSON.stringify(token), token]),
  fc.constantFrom<Written<string | undefined>>(['12345', '12345'], ['" T "', 'T'], ['"<b>"', '<b>']),
  fc
    .constantFrom('null', '""', '"  "', '{}', '["T"]', 'true')
    .map((json): Written<undefined> => [json, undefined]),
);

const statuses: fc.Arbitrary<Written<boolean>> = fc.oneof(
  fc.constantFrom('1', '"1"', '1.0', '" 1 "').map((json): Written<boolean> => [json, true]),
  fc
    .constantFrom('0', '"0"', '-1', '"01"', '11', 'true', 'null', '[1]', '"OK"')
    .map((json): Written<boolean> => [json, false]),
);

const texts: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom('خطا', 'a\nb', '\u001b[31m', `apiKey ${API_KEY} is wrong`, '\u202egnp', '\ud800'),
    fc.constantFrom(`card ${CARD_NUMBER}`, CARD_NUMBER.replace(/(?<=^(?:\d{4})+)/g, '-'), 'x'.repeat(1_000)),
  )
  .map((text) => JSON.stringify(text));
const anything: fc.Arbitrary<string> = fc.oneof(
  texts,
  fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value)),
);

const reason: fc.Arbitrary<string> = fc.oneof(
  anything,
  fc.constantFrom('"0"', '0', '"2"', '"-3"', '8', 'null', '""', '" "', 'true'),
);

const TALK = ['errorCode', 'errorDescription', 'faMessage', 'message'] as const;
const OTHERS = ['__proto__', 'constructor', 'toString', 'Amount', 'AMOUNT', 'amount ', 'data', 'amounts'];

interface ObjectText {
  json: string;
  means: Meaning;
}

/** An object with some of the fields, in any order. */
const object: fc.Arbitrary<ObjectText> = fc
  .record(
    {
      amount: amounts,
      token: tokens,
      status: statuses,
      talk: fc.dictionary(fc.constantFrom<string[]>(...TALK), reason),
      others: fc.dictionary(fc.constantFrom(...OTHERS), anything, { noNullPrototype: true }),
    },
    { requiredKeys: [] },
  )
  .chain(({ amount, token, status, talk = {}, others = {} }) => {
    const members: [string, string][] = [...Object.entries(talk), ...Object.entries(others)];
    if (amount) members.push(['amount', amount[0]]);
    if (token) members.push(['token', token[0]]);
    if (status) members.push(['status', status[0]]);
    const reasons = Object.fromEntries(TALK.map((name) => [name, reasonIn(talk[name])])) as Reasons;
    const means = { amount: amount?.[1] ?? 'none', token: token?.[1], fine: status?.[1] ?? false, reasons };
    return fc.shuffledSubarray(members, { minLength: members.length }).map((all) => ({
      json: `{${all.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`,
      means,
    }));
  });

function reasonIn(json: string | undefined): string | undefined {
  const value: unknown = json === undefined ? undefined : JSON.parse(json);
  const isSaid = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
  return isSaid ? String(value).trim() : undefined;
}

/** A body that is no JSON object, although it may begin like one. */
const rubbish: fc.Arbitrary<string> = fc
  .oneof(
    fc.tuple(object, fc.nat()).map(([{ json }, cut]) => json.slice(0, cut % json.length)),
    object.map(({ json }) => `[${json}]`),
    object.map(({ json }) => JSON.stringify(json)),
    object.map(({ json }) => `${json}${json}`),
    object.map(({ json }) => `callback(${json})`),
    object.map(({ json }) => `${json};`),
    object.map(({ json }) => json.replaceAll('"', "'")).filter((text) => text !== '{}'),
    fc.constantFrom(
      '',
      ' ',
      'null',
      '1',
      '10000',
      'true',
      '<html><body>502</body></html>',
      'OK',
      '\0',
      '{',
      '[]',
    ),
    fc.string(),
  )
  .filter((text) => !isObject(text));

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** The gateway itself answers with these; a proxy, a firewall or a fault may answer with the others. */
const ITS_OWN = [200, 201, 202, 203, 206, 226, 299];
const NOT_ITS_OWN = [
  ...[
    300, 302, 303, 307, 308, 399, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 418, 422, 429, 451,
  ],
  ...[499, 500, 501, 502, 503, 504, 520, 599],
];

const around: fc.Arbitrary<[string, string]> = fc.constantFrom(
  ['', ''],
  ['\ufeff', ''],
  [' \r\n', '\n'],
  ['\t', '  '],
);

const said: fc.Arbitrary<{ text: string; means: Meaning | undefined }> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(object, around)
      .map(([{ json, means }, [before, after]]) => ({ text: before + json + after, means })),
  },
  { weight: 1, arbitrary: rubbish.map((text) => ({ text, means: undefined })) },
);

const packing = fc.constantFrom('plain', 'plain', 'plain', 'gzip', 'br', 'said to be gzip', 'gzip, cut off');

function packed(text: string, how: string): Pick<Reply, 'body' | 'encoding'> & { broken: boolean } {
  const plain = Buffer.from(text);
  switch (how) {
    case 'gzip':
      return { body: gzipSync(plain), encoding: 'gzip', broken: false };
    case 'br':
      return { body: brotliCompressSync(plain), encoding: 'br', broken: false };
    case 'said to be gzip':
      return { body: plain, encoding: 'gzip', broken: true };
    case 'gzip, cut off':
      return { body: gzipSync(plain).subarray(0, 15), encoding: 'gzip', broken: true };
    default:
      return { body: plain, encoding: undefined, broken: false };
  }
}

/** Any answer, with its allowed readings. */
export const reply: fc.Arbitrary<Reply> = fc
  .tuple(
    said,
    packing,
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(200) },
      { weight: 2, arbitrary: fc.constantFrom(...ITS_OWN) },
      { weight: 1, arbitrary: fc.constantFrom(...NOT_ITS_OWN) },
    ),
  )
  .map(([{ text, means }, how, status]) => {
    const { body, encoding, broken } = packed(text, how);
    const heard = !broken && ITS_OWN.includes(status);
    return { status, body, encoding, means: heard ? means : undefined };
  });
