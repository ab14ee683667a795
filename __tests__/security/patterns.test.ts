import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { LIB, sourceFiles } from '../docs/source';

// Every regular expression of the package, and what it takes to make one slow.

const PATTERNS: Record<string, string[]> = {
  'callback.ts': ['/^[ -~]+$/'],
  'core/card-number.ts': [String.raw`/\p{Nd}/gu`, String.raw`/\p{Nd}/gu`, String.raw`/\d/`],
  'core/fold.ts': [
    String.raw`/((?:%[0-9a-f]{2})+)|\\u([0-9a-f]{4})|\\u\{([0-9a-f]{1,6})\}|\\x([0-9a-f]{2})|&#x([0-9a-f]{1,6});?|&#(\d{1,7});?|\\([nrtbf"'\\/])|&(?:amp|lt|gt|quot|apos|sol|nbsp|equals|plus);/gi`,
    '/^[a-z0-9]$/',
    String.raw`/[\u06f0-\u06f9\u0660-\u0669]/g`,
    String.raw`/[^\p{L}\p{N}]/gu`,
  ],
  'core/text.ts': [
    String.raw`/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u`,
    String.raw`/[\s\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu`,
  ],
  'gateway/address.ts': [String.raw`/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/`, String.raw`/(?<!\/)\/+$/`],
  'gateway/answers.ts': [
    String.raw`/^\uFEFF/`,
    String.raw`/"(?:[^"\\]|\\.)*"|[{}[\]:]/g`,
    String.raw`/^\s*[+-]?\d+(\.\d+)?(e[+-]?\d+)?\s*$/i`,
  ],
  'gateway/call.ts': ['/^[A-Z][A-Z0-9_]{2,60}$/', String.raw`/^ERR_PROXY_(\d+)$/`],
  'gateway/proxy.ts': [
    '/^https?:?$/',
    String.raw`/[@/?#\s]/`,
    '/^[^[].*:/',
    String.raw`/[\s,]+/`,
    String.raw`/^(.+?|\[.+\])(?::(\d+))?$/`,
    String.raw`/^\*?\./`,
  ],
  'gateway/refusals.ts': [
    String.raw`/\bapi[ _-]?key\b(?!")/`,
    String.raw`/\bip\b/`,
    "/(?:server|merchant)(?:'s)? address/",
    String.raw`/\bterminal(?!id")/`,
    '/merchant (?:is )?(?:not found|invalid|inactive|disabled)|invalid merchant/',
    '/آی ?پی/',
    '/(?:آدرس|نشانی) ?(?:سرور )?(?:پذیرنده|فروشنده)/',
    '/نشانی ثبت ?شده/',
    '/کلید (?:پذیرنده|فروشنده|دسترسی|نامعتبر|اشتباه)/',
    '/ترمینال|پایانه/',
    '/(?:پذیرنده|فروشنده) (?:نامعتبر|غیر ?فعال|فعال نیست)/',
  ],
  'options.ts': [String.raw`/[?#]|\/\/[^/]*@/`, String.raw`/^(\/|https?:\/\/)/`],
  'order.ts': [
    String.raw`/[^\P{Cc}\t\r\n]/u`,
    String.raw`/[\u06F0-\u06F9\u0660-\u0669]/g`,
    String.raw`/[\s\p{Cf}\p{Pd}\u0640().]/gu`,
    String.raw`/^(?:\+98|0098|98|0)?(9\d{9})$/`,
    String.raw`/[\s-]/g`,
    String.raw`/^IR\d{24}$/`,
  ],
  'pages/html.ts': [
    `/[&<>"']/g`,
    String.raw`/[\p{Cc}\\]|^[\s'"]|\s$/u`,
    '/^[a-z][a-z0-9+.-]*:/i',
    String.raw`/^https?:\/\/[^/]/i`,
  ],
  'pages/style.ts': [String.raw`/\s+/g`],
  'payments/access.ts': [String.raw`/^\d{20}$/`],
  'payments/complete.ts': [String.raw`/^\d{20}$/`],
  'stores/knex/columns.ts': ['/[A-Z]/g'],
  'stores/knex/dialect.ts': [String.raw`/^(?:([a-z_]\w{0,39})\.)?([a-z_]\w{0,39})$/i`],
  'stores/knex/failures.ts': ['/^SQLITE_(BUSY|LOCKED)/', '/no such column|has no column/'],
  'stores/knex/search.ts': [String.raw`/^\d{1,6}$/`],
};

/** Development only: what reads it is the shop's own pages, or its operator's words. */
const isDevelopmentOnly = (file: string): boolean => /^(simulator|bin|desk)\//.test(file);

/** The regular expressions of a file as they are written, those made at run time by their call. */
function patternsOf(file: string): string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(LIB, file), 'utf8'),
    ts.ScriptTarget.ES2022,
    true,
  );
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    if (ts.isIdentifier(node) && node.text === 'RegExp') found.push(node.parent.getText());
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const normal = (file: string): string => file.replaceAll('\\', '/');

test('every regular expression of the package is in this list', () => {
  const found = sourceFiles()
    .map(normal)
    .filter((file) => !isDevelopmentOnly(file))
    .map((file): [string, string[]] => [file, patternsOf(file)])
    .filter(([, patterns]) => patterns.length > 0);
  expect(Object.fromEntries(found)).toEqual(PATTERNS);
});

/** The longest text that reaches a pattern: an answer of the gateway's, whole. */
const LONGEST = 64 * 1024;

const UNITS = [
  ...[
    'a',
    'A',
    'e',
    '1',
    '9',
    '0',
    '_',
    ' ',
    '\t',
    '\n',
    '-',
    '.',
    '/',
    '//',
    ':',
    '@',
    '+',
    '=',
    '%',
    '"',
    "'",
    '&',
    '<',
  ],
  ...[
    '\\',
    '\0',
    '\u202e',
    '\u200c',
    '۱',
    '\ud83d',
    '98',
    '1.',
    '1e',
    '1 ',
    ' 1',
    '6037-',
    '6037 9912 ',
    'IR',
    'a.',
    'a_',
  ],
  ...['http', 'https://', '://', '//@', 'SQLITE_', 'no such ', '.1e+'],
];
const HEADS = ['', '1', 'https://', 'a.'];
const TAILS = ['', '!'];

const adversarial = function* (): Generator<string> {
  for (const unit of UNITS) {
    const middle = unit.repeat(LONGEST / unit.length);
    for (const head of HEADS) for (const tail of TAILS) yield head + middle + tail;
  }
};

const literal = (text: string): RegExp => {
  const end = text.lastIndexOf('/');
  return new RegExp(text.slice(1, end), text.slice(end + 1));
};

/** Milliseconds of the slowest text, and the text's beginning. */
function slowest(pattern: RegExp): { ms: number; text: string } {
  let worst = { ms: 0, text: '' };
  for (const text of adversarial()) {
    const start = performance.now();
    text.replace(pattern, '');
    const ms = performance.now() - start;
    if (ms > worst.ms) worst = { ms, text: text.slice(0, 20) };
    if (ms > 1_000) break;
  }
  return worst;
}

const unique = [...new Set(Object.values(PATTERNS).flat())];

test.each(unique)(
  '%s is done with any 64 kB in a moment',
  (text) => {
    expect(slowest(literal(text)).ms).toBeLessThan(500);
  },
  60_000,
);

test('a pattern that takes the square of its input would be found out', () => {
  expect(slowest(/\/+$/).ms).toBeGreaterThan(500);
}, 60_000);
