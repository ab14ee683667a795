import { given, problems } from './given';

const WEEK = 7 * 24 * 60 * 60_000;
const nothing = (): void => undefined;
const WHOLE = { number: [0, -1, 1.5, WEEK + 1, NaN, Infinity], string: ['60000'] };
const COUNT = { number: [0, -1, 1.5, 10_001, NaN], string: ['5'], null: [null] };

/** Each option with valid values, and with invalid ones by their type in the message. */
const OPTIONS: [path: string, right: unknown[], wrong: Record<string, unknown[]>][] = [
  ['apiKey', ['x'], { number: [5], boolean: [true], object: [{}], array: [[], ['x']], function: [nothing] }],
  [
    'store',
    [],
    { object: [{}, { find: nothing }], null: [null], string: ['x'], function: [nothing], array: [[]] },
  ],
  ['onSuccess', [nothing, Date], { string: ['x'], object: [{}] }],
  ['onFailure', [nothing], { string: ['x'], boolean: [false] }],
  ['onReview', [nothing], { string: ['x'], boolean: [false] }],
  ['getOrder', [nothing], { object: [{}] }],
  ['stillPayable', [nothing], { boolean: [true] }],
  ['shop.name', ['آ', 'x'.repeat(80)], { string: ['x'.repeat(81)], number: [5] }],
  ['currency', ['IRR', 'IRT'], { string: ['irr', 'TOMAN'], number: [5] }],
  ['account', ['a', 'x'.repeat(40)], { string: ['x'.repeat(41)], number: [5] }],
  ['terminalId', ['210', 'x'.repeat(64)], { number: [210], string: ['x'.repeat(65)], object: [{}] }],
  ['cellNumberRequired', [true, false], { string: ['true', 'no'], number: [0, 1] }],
  ['verifyWindowMs', [1, WEEK], WHOLE],
  ['pendingTimeoutMs', [1, WEEK], WHOLE],
  ['hookTimeoutMs', [1, WEEK], WHOLE],
  ['pages', [{}], { string: ['x'], function: [nothing], array: [[]] }],
  ['pages.result', [nothing], { string: ['<html>'], null: [null] }],
  ['pages.error', [nothing], { object: [{}] }],
  ['locale', ['fa', 'en'], { string: ['FA', 'de'], number: [5] }],
  [
    'logger',
    [console],
    {
      object: [{}, { warn: nothing }, { error: nothing }],
      null: [null],
      string: ['x'],
      boolean: [false],
      function: [nothing],
    },
  ],
  ['now', [nothing], { number: [5], object: [new Date()] }],
  ['http', [{ timeout: 5 }], { string: ['x'], array: [[]], boolean: [false] }],
  ['http.timeout', [1, 10_000], { ...WHOLE, null: [null] }],
  [
    'http.proxy',
    [false, { host: 'h', port: 1 }],
    {
      boolean: [true],
      string: ['http://h'],
      null: [null],
      array: [[]],
      object: [{}, { host: 'h' }, { host: 'h', port: 1, protocol: 'socks5' }, { host: 'u:p@h', port: 1 }],
    },
  ],
  [
    'http.adapter',
    ['http', nothing],
    { string: ['fetch', 'xhr'], boolean: [true], object: [{}], null: [null] },
  ],
  ['attempts', [{ perOrder: 1 }], { string: ['x'], array: [[]], number: [5], boolean: [false] }],
  ['attempts.perOrder', [1, 10_000], COUNT],
  ['recovery', [false], { boolean: [true], string: ['x'], number: [0], array: [[]] }],
  ['recovery.everyMs', [1, WEEK], WHOLE],
  ['recovery.batch', [1, 10_000], COUNT],
  ['recovery.concurrency', [1, 10_000], COUNT],
];

/** How a message calls a value of this type. */
const GOT: Record<string, string> = {
  number: '(a number|a fraction)',
  string: '(a|another) string',
  boolean: 'a boolean',
  object: 'an object',
  array: 'an array',
  function: 'a function',
};

/** A config with this value at `a.b`, or at `a`. */
function at(path: string, value: unknown): object {
  const [option = '', part] = path.split('.');
  return { [option]: part === undefined ? value : { [part]: value } };
}

/** The outcome of the value at `a.b`, or at `a`. */
function found(path: string, value: unknown): unknown {
  const { settings, apiKey } = given(at(path, value));
  return path
    .split('.')
    .reduce<unknown>((whole, part) => (whole as Record<string, unknown>)[part], { ...settings, apiKey });
}

describe.each(OPTIONS)('%s', (path, right, wrong) => {
  if (right.length > 0) {
    test.each(right.map((value) => [value]))('may be %p', (value) => {
      expect(found(path, value)).toEqual(value);
    });
  }

  const rows = Object.entries(wrong).flatMap(([type, values]) =>
    values.map((value) => [value, type] as const),
  );
  test.each(rows)('is not %p, of type %s', (value, type) => {
    const got = `- ${path}: expected [^;]{4,}; got ${GOT[type] ?? type}`;
    expect(problems(at(path, value))).toEqual([expect.stringMatching(new RegExp(got))]);
  });
});

describe('a value that a rule refuses', () => {
  it.each([
    [{ currency: 'irt' }, "; got another string. Did you mean 'IRT'?"],
    [{ locale: 'FA' }, "; got another string. Did you mean 'fa'?"],
    [{ currency: 'toman' }, '; got another string.'],
    [{ verifyWindowMs: 0 }, '; got a number under 1.'],
    [{ verifyWindowMs: WEEK + 1 }, '; got a number over 604,800,000.'],
    [{ hookTimeoutMs: 1.5 }, '; got a fraction.'],
    [{ account: 'x'.repeat(41) }, '; got a string of more than 40 characters.'],
  ])('is reported with the reason: %j', (changes, got) => {
    const [problem = ''] = problems(changes);
    expect(problem.slice(-got.length)).toBe(got);
  });
});

describe('an empty text', () => {
  it.each(['apiKey', 'publicUrl', 'account', 'terminalId', 'resultUrl', 'gatewayUrl', 'currency', 'locale'])(
    'is reported as one: %s',
    (name) => {
      for (const value of ['', '  '])
        expect(problems(at(name, value))).toEqual([
          expect.stringMatching(`- ${name}: expected .*; it is empty\\.$`),
        ]);
    },
  );
});

describe('the shop', () => {
  it.each([[{}], [{ url: '/', logo: '/logo.png', phone: '021' }]])('has a name: not %j', (shop) => {
    expect(problems({ shop })).toEqual([
      expect.stringMatching(/- shop.name: expected an object .*; it is missing\.$/),
    ]);
  });

  it.each(['021', '۰۲۱-۸۸۷۷', '+98 (21) 8877 6655'])('may be called at %s', (phone) => {
    expect(given({ shop: { name: 'x', phone } }).settings.shop.phone).toBe(phone);
  });

  it.each(['12', 'call us', 'x'.repeat(38) + '123', 5])('may not be called at %j', (phone) => {
    expect(problems({ shop: { name: 'x', phone } })).toEqual([
      expect.stringContaining('- shop.phone: expected'),
    ]);
  });

  it('has nothing that is not known', () => {
    expect(problems({ shop: { name: 'x', fax: '021' } })).toEqual([
      expect.stringContaining('- shop.fax is not known'),
    ]);
  });
});

describe('blanks around a name', () => {
  it.each([
    ['account', ' a b '],
    ['terminalId', ' a b '],
  ])('of %s are dropped', (name, value) => {
    expect(given({ [name]: value }).settings).toMatchObject({ [name]: 'a b' });
  });
});

describe('an adapter and a proxy', () => {
  it('stay unchanged', () => {
    const http = { adapter: nothing, proxy: { host: 'h', port: 1 } };
    const { settings } = given({ http });
    expect(settings.http.adapter).toBe(http.adapter);
    expect(settings.http.proxy).toEqual(http.proxy);
  });
});

describe('recovery', () => {
  const DEFAULTS = { everyMs: 30_000, batch: 50, concurrency: 10 };

  it.each([
    [{}, {}],
    [{ everyMs: 5 }, { everyMs: 5 }],
    [{ batch: 5 }, { batch: 5 }],
    [
      { concurrency: 5, batch: 1 },
      { concurrency: 5, batch: 1 },
    ],
    [{ everyMs: undefined, batch: undefined, concurrency: undefined }, {}],
  ])('of %j has the defaults for the rest', (recovery, changed) => {
    expect(given({ recovery }).settings.recovery).toEqual({ ...DEFAULTS, ...changed });
  });

  it('may have several mistakes, each reported', () => {
    const recovery = { everyMs: '5', batch: 0, cocurrency: 1 };
    const paths = problems({ recovery }).map((line) => /- ([\w.]+)/.exec(line)?.[1]);
    expect(paths).toEqual(['recovery.everyMs', 'recovery.batch', 'recovery.cocurrency']);
  });
});
