import fc from 'fast-check';
import { fold } from '../../lib/core/fold';
import { isOneLine, oneLine, sanitize } from '../../lib/core/text';

const UNRULY = [
  '\n',
  '\r\n',
  '\t',
  '\0',
  '\u001b',
  '\u0085',
  '\u2028',
  '\u2029',
  '\u202e',
  '\u2066',
  '\ud800',
];

describe('untrusted text', () => {
  test.each(UNRULY)('is no line with %j in it, and becomes one', (sign) => {
    expect(isOneLine(`a${sign}b`)).toBe(false);
    expect(oneLine(`a${sign}b`, 9)).toBe('a b');
  });

  test.each(['a b', '‌می‌رود', '\u200fa', 'é😀', ''])('is a line as it is: %j', (text) => {
    expect(isOneLine(text)).toBe(true);
    expect(oneLine(text, 99)).toBe(text);
  });

  it('has one blank where there were several, and no more characters than it may have', () => {
    expect(oneLine('a \n \t b', 9)).toBe('a b');
    expect(oneLine('abcdef', 3)).toBe('abc');
    expect(oneLine('ab\n\ncd', 4)).toBe('ab c');
  });
});

describe('text of a gateway that quotes the call', () => {
  const KEY = 'k3y-0f.the/merch+ant$&=';
  const SECRETS = [
    { name: 'apiKey', value: KEY },
    { name: 'cellNumber', value: '09123456789' },
    { name: 'returnKey', value: 'aB3dE-_fGh1jKlMnOpQr5Q' },
    { name: 'referenceNumber', value: 'GmshtyjwKSu/lKOLquYrzO9BqjU+Mb==' },
  ];
  const clean = (text: string): string => sanitize(text, SECRETS, 300);
  const unicode = (text: string): string =>
    Array.from(text, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  const hex = (sign: string): string => sign.charCodeAt(0).toString(16);
  const json = JSON.stringify({ amount: 1, apiKey: KEY });

  test.each<[how: string, text: string]>([
    ['as it is', KEY],
    ['in capitals', KEY.toUpperCase()],
    ['in a URL', encodeURIComponent(KEY)],
    ['in a URL within a URL', encodeURIComponent(encodeURIComponent(KEY))],
    ['in JSON', JSON.stringify(KEY).slice(1, -1).replaceAll('/', '\\/')],
    ['in JSON within JSON', JSON.stringify(JSON.stringify({ KEY }))],
    ['in escapes of JSON', unicode(KEY)],
    ['in HTML', KEY.replace(/[^a-z0-9]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16)};`)],
    ['in decimal HTML', KEY.replace(/[^a-z0-9]/g, (sign) => `&#${sign.charCodeAt(0)};`)],
    ['in hexadecimal HTML', Array.from(KEY, (sign) => `&#x${hex(sign)};`).join('')],
    ['in escapes of JavaScript', Array.from(KEY, (sign) => `\\x${hex(sign)}`).join('')],
    ['in base64', Buffer.from(KEY).toString('base64')],
    ['in base64 for URLs', Buffer.from(KEY).toString('base64url')],
    ...[0, 1, 2].map((before): [string, string] => [
      `in base64 of a request, ${before} on`,
      Buffer.from(' '.repeat(before) + json).toString('base64'),
    ]),
    [
      'in base64 with line breaks',
      Buffer.from(json)
        .toString('base64')
        .replace(/(.{20})/g, '$1\r\n'),
    ],
    ['in hexadecimal', Buffer.from(KEY).toString('hex')],
    [
      'in hexadecimal capitals with colons',
      Buffer.from(KEY).toString('hex').toUpperCase().replace(/(..)/g, '$1:'),
    ],
    [
      'in full-width letters',
      KEY.replace(/[a-z0-9]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
    ],
    ['with marks between', Array.from(KEY).join('\u200b')],
    ['cut off', KEY.slice(0, 15)],
    ['without its beginning', KEY.slice(6)],
  ])('has no key in it: %s', (_how, text) => {
    const cleaned = clean(`«${text}» is wrong`);
    expect(cleaned).toContain('[apiKey]');
    expect(cleaned).toMatch(/^«.*» is wrong$/);
    const left = fold(cleaned.replaceAll('[apiKey]', '')).letters;
    for (const part of [
      fold(KEY).letters,
      Buffer.from(KEY).toString('hex'),
      fold(Buffer.from(KEY).toString('base64')).letters,
    ]) {
      for (let at = 0; at + 8 <= part.length; at += 1) expect(left).not.toContain(part.slice(at, at + 8));
    }
  });

  test.each([
    ...[
      '09123456789',
      '9123456789',
      '+989123456789',
      '00989123456789',
      '+98 (0)912 345 67 89',
      '0912-345-6789',
    ],
    ...[
      '0912.345.6789',
      '۰۹۱۲۳۴۵۶۷۸۹',
      '٠٩١٢٣٤٥٦٧٨٩',
      '０９１２３４５６７８９',
      '%2B989123456789',
      'tel:+98-912-345-6789',
    ],
    encodeURIComponent('۰۹۱۲۳۴۵۶۷۸۹'),
  ])('has no mobile number in it: %s', (mobile) => {
    const cleaned = clean(`mobile ${mobile} is wrong`);
    expect(cleaned).toContain('[cellNumber]');
    expect(fold(cleaned).letters).not.toMatch(/9123|4567|6789/);
  });

  test.each([
    'GmshtyjwKSu/lKOLquYrzO9BqjU+Mb==',
    'gmshtyjwksu/lkolquyrzo9bqju+mb',
    'GmshtyjwKSu_lKOLquYrzO9BqjU-Mb',
    'GmshtyjwKSu&#x2F;lKOLquYrzO9BqjU&#x2B;Mb==',
    'GmshtyjwKSu%2flKOLquYrzO9BqjU%2bMb%3d%3d',
    'Gmshtyjw KSu/lKOL quYrzO9B qjU+Mb',
  ])('has no receipt in it: %s', (receipt) =>
    expect(clean(`receipt ${receipt}!`)).toMatch(/^receipt \[referenceNumber\][=%3d]*!$/),
  );

  test('keeps the rest of an address', () =>
    expect(
      clean('https://shop.example/payment/callback/17000000000000000001/aB3dE-_fGh1jKlMnOpQr5Q is unknown'),
    ).toBe('https://shop.example/payment/callback/17000000000000000001/[returnKey] is unknown'));

  test.each([
    'the key is wrong',
    'کلید پذیرنده نامعتبر است',
    'invoice 17000000000000000001, amount 10000',
    '%',
    '&#x;',
    '\\u12',
  ])('is kept where nothing is quoted: %s', (text) => expect(clean(text)).toBe(text));

  test('is one line of at most so many characters, at any length', () => {
    expect(clean(`a\r\n\u202eb${'x'.repeat(100_000)}`)).toBe(`a b${'x'.repeat(297)}`);
    expect(clean('x'.repeat(290) + KEY)).toBe(`${'x'.repeat(290)}[apiKey]`);
  });

  test('has ordinary words in it, also where a secret is one', () =>
    expect(sanitize('R is no receipt', [{ name: 'referenceNumber', value: 'R' }], 300)).toBe(
      'R is no receipt',
    ));

  test('has no secret of six letters or more in it', () => {
    const quoting = (value: string) => sanitize(`key ${value}!`, [{ name: 'apiKey', value }], 300);
    expect([quoting('abc123'), quoting('abc12')]).toEqual(['key [apiKey]!', 'key abc12!']);
  });

  test('is searched in its first 4,096 characters, and shows none beyond them', () => {
    const blanks = ' '.repeat(4_096);
    expect(sanitize(`a${blanks}b`, [], 300)).toBe('a ');
  });

  const escapes: ((text: string) => string)[] = [
    (text) => text,
    encodeURIComponent,
    unicode,
    (text) => text.toUpperCase(),
    (text) => JSON.stringify(text),
    (text) => text.replace(/./gu, (sign) => `&#${sign.codePointAt(0) ?? 0};`),
    (text) => Buffer.from(text).toString('hex'),
    (text) => Buffer.from(`{"x":"${text}"}`).toString('base64'),
  ];

  test('has no secret in it, in any escaping', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-z0-9+/=._-]{16,40}$/).filter((value) => fold(value).letters.length >= 12),
        fc.constantFrom(...escapes),
        fc.constantFrom(...escapes.slice(0, 5)),
        fc.string({ maxLength: 20 }),
        (value, inner, outer, around) => {
          const cleaned = sanitize(
            `${around} ${outer(inner(value))} ${around}`,
            [{ name: 'it', value }],
            300,
          );
          expect(cleaned).toContain('[it]');
          expect(fold(cleaned).letters).not.toContain(fold(value).letters);
        },
      ),
    );
  });
});
