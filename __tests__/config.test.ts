import { inspect } from 'node:util';
import { checkConfig } from '../lib/config';
import { AtipayError } from '../lib/errors';
import { consoleLogger } from '../lib/events';
import { API_KEY, given, problems, refusal, REQUIRED } from './config/given';

const DEFAULTS = {
  currency: 'IRR',
  account: 'default',
  cellNumberRequired: true,
  gatewayUrl: 'https://mipg.atipay.net/v1',
  http: { timeout: 10_000 },
  attempts: { perOrder: 20 },
  verifyWindowMs: 30 * 60_000,
  pendingTimeoutMs: 60 * 60_000,
  hookTimeoutMs: 60_000,
  recovery: { everyMs: 30_000, batch: 50, concurrency: 10 },
  pages: {},
  locale: 'fa',
  logger: consoleLogger,
  now: Date.now,
};

/** What follows from `publicUrl`. */
const ORIGINS = {
  origin: 'https://shop.example',
  origins: ['https://shop.example'],
  shop: { url: 'https://shop.example/' },
};

const NAMES = [
  ...['apiKey', 'publicUrl', 'store', 'onSuccess', 'onFailure', 'onReview', 'getOrder', 'stillPayable'],
  ...['resultUrl', 'currency', 'account', 'terminalId', 'cellNumberRequired', 'gatewayUrl', 'http'],
  ...['attempts', 'formerOrigins', 'retryUrl', 'shop'],
  ...['verifyWindowMs', 'pendingTimeoutMs', 'hookTimeoutMs', 'recovery', 'pages', 'locale', 'logger', 'now'],
];

describe('a config with the required options only', () => {
  it('has every default', () => {
    const { apiKey, ...required } = REQUIRED;
    expect(checkConfig(REQUIRED)).toEqual({ settings: { ...required, ...DEFAULTS, ...ORIGINS }, apiKey });
    expect(given().settings.store).toBe(REQUIRED.store);
    expect(given().settings.onSuccess).toBe(REQUIRED.onSuccess);
  });

  it('has the same when every other option is undefined', () => {
    const rest = NAMES.filter((name) => !(name in REQUIRED));
    const { settings } = given(Object.fromEntries(rest.map((name) => [name, undefined])));
    expect(settings).toEqual(given().settings);
  });

  it('does not share its defaults with another config', () => {
    const { settings } = given();
    Object.assign(settings.recovery, { everyMs: 1 });
    Object.assign(settings.http, { timeout: 1 });
    expect(given().settings).toMatchObject(DEFAULTS);
  });
});

describe('a config with every option', () => {
  const everything = {
    ...REQUIRED,
    onFailure: () => undefined,
    onReview: () => undefined,
    getOrder: () => null,
    stillPayable: () => true,
    resultUrl: () => '/orders',
    retryUrl: '/cart',
    shop: { name: 'Shop', url: '/north', logo: '/logo.svg', phone: '021-1234567' },
    currency: 'IRT' as const,
    account: 'second',
    terminalId: '210',
    cellNumberRequired: false,
    gatewayUrl: 'http://127.0.0.1:5000/v1',
    http: {
      timeout: 5_000,
      proxy: { host: 'proxy.example', port: 3128, auth: { username: 'u', password: 'p' } },
    },
    attempts: { perOrder: 3 },
    formerOrigins: ['https://old.example'],
    verifyWindowMs: 1,
    pendingTimeoutMs: 2,
    hookTimeoutMs: 3,
    recovery: { everyMs: 4, batch: 5, concurrency: 6 },
    pages: { result: () => '', error: () => '' },
    locale: 'en' as const,
    logger: { warn: () => undefined, error: () => undefined },
    now: () => 0,
  };

  it('is kept as it is, but for the key, which stands apart', () => {
    const { apiKey, formerOrigins, ...rest } = everything;
    const { origin } = ORIGINS;
    expect(checkConfig(everything)).toEqual({
      settings: { ...rest, origin, origins: [origin, ...formerOrigins] },
      apiKey,
    });
    expect(Object.keys(everything).sort()).toEqual([...NAMES].sort());
  });

  it('is not changed, frozen or not', () => {
    const freeze = (value: object): void => {
      for (const part of Object.values(value))
        if (Object.getPrototypeOf(part) === Object.prototype) freeze(part as object);
      Object.freeze(value);
    };
    const spaced = {
      ...everything,
      apiKey: ` ${API_KEY} `,
      publicUrl: 'https://shop.example/payment//',
      recovery: {},
    };
    freeze(spaced);
    expect(checkConfig(spaced).settings).toMatchObject({ publicUrl: 'https://shop.example/payment' });
    expect(checkConfig(spaced).apiKey).toBe(API_KEY);
    expect(spaced.recovery).toEqual({});
  });
});

describe('a config that is wrong', () => {
  it('is refused with all problems at once, a line each', () => {
    const message = refusal({
      apiKey: 5,
      publicUrl: '/payment',
      onsuccess: 1,
      http: { timeout: '5' },
      locale: 'de',
    });
    const [head, ...lines] = message.split('\n');
    expect(head).toBe('7 problems in the config:');
    expect(lines.map((line) => /^ {2}- ([\w.]+)/.exec(line)?.[1]).sort()).toEqual(
      ['apiKey', 'publicUrl', 'store', 'onSuccess', 'onsuccess', 'http.timeout', 'locale'].sort(),
    );
  });

  it('with one problem says so', () => {
    expect(refusal({ ...REQUIRED, locale: 'de' }).split('\n')[0]).toBe('a problem in the config:');
  });

  it('is an error of the shop’s, not for the buyer', () => {
    expect(() => given({ apiKey: '' })).toThrow(AtipayError);
    try {
      given({ apiKey: '' });
    } catch (error) {
      expect(error).toMatchObject({ code: 'ERR_ATIPAY_CONFIG', status: 500, expose: false });
    }
  });

  it.each([[undefined], [null], ['config'], [5], [() => REQUIRED], [[]], [[REQUIRED]]])(
    'when it is no object of options: %p',
    (config) => expect(refusal(config)).toBe('atipayRouter(config) takes an object of options.'),
  );

  it.each(NAMES)('by null for %s, reported by name', (name) => {
    expect(problems({ [name]: null })).toEqual([
      expect.stringMatching(new RegExp(`^ {2}- ${name}: expected .{8,}; got null\\.$`)),
    ]);
  });

  it.each(Object.keys(REQUIRED))('without %s', (name) => {
    expect(problems({ [name]: undefined })).toEqual([
      expect.stringMatching(new RegExp(`^ {2}- ${name}: expected .{8,}; it is missing\\.$`)),
    ]);
    const without = Object.fromEntries(Object.entries(REQUIRED).filter(([key]) => key !== name));
    expect(refusal(without)).toContain(`- ${name}: expected`);
  });
});

describe('an option that is none', () => {
  it.each([
    ['apikey', 'apiKey'],
    ['api_key', 'apiKey'],
    ['onSucess', 'onSuccess'],
    ['onSuccesss', 'onSuccess'],
    ['publicURL', 'publicUrl'],
    ['currancy', 'currency'],
    ['terminalID', 'terminalId'],
    ['verifyWindow', 'verifyWindowMs'],
  ])('%s is refused, with the hint %s', (name, meant) => {
    expect(problems({ [name]: 'x' })).toEqual([`  - ${name} is not an option. Did you mean ${meant}?`]);
  });

  it.each(['merchant', 'sandbox', 'toString', 'constructor', 'hasOwnProperty', 'callbackUrl'])(
    '%s is refused, without a hint',
    (name) => expect(problems({ [name]: 'x' })).toEqual([`  - ${name} is not an option.`]),
  );

  it.each([
    [{ http: { timout: 5 } }, 'http.timout'],
    [{ http: { maxRedirects: 5 } }, 'http.maxRedirects'],
    [{ recovery: { every: 5 } }, 'recovery.every'],
    [{ pages: { redirect: () => '' } }, 'pages.redirect'],
  ])('within another is refused by its path: %j', (changes, path) => {
    expect(problems(changes)).toEqual([expect.stringMatching(`- ${path} is not known; expected (an|false)`)]);
  });

  it('by the name of __proto__ gives nothing', () => {
    const smuggled = JSON.parse('{"__proto__":{"terminalId":"5"}}') as object;
    expect(given(smuggled).settings.terminalId).toBeUndefined();
  });
});

describe('a secret', () => {
  const KEY = 'sk_live_0123456789';
  const proxy = { host: 'proxy.example', port: 'x', auth: { username: 'u', password: KEY } };

  it.each<[what: string, changes: object]>([
    ['of a wrong type', { apiKey: { key: KEY } }],
    ['in a list', { apiKey: [KEY] }],
    ['beside a mistake', { apiKey: KEY, locale: 'de' }],
    ['in an address', { publicUrl: `https://user:${KEY}@shop.example/` }],
    ['in the gateway’s address', { gatewayUrl: `https://user:${KEY}@mipg.example/` }],
    ['of a proxy given as a text', { http: { proxy: `http://user:${KEY}@proxy.example` } }],
    ['of a proxy beside a mistake', { http: { proxy, timeout: 'x' } }],
    ['as another option', { secret: KEY, account: { KEY } }],
  ])('%s is not echoed', (_what, changes) => {
    let thrown: unknown;
    try {
      given(changes);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(AtipayError);
    expect(inspect(thrown, { depth: 20, showHidden: true })).not.toContain(KEY);
    expect(JSON.stringify(thrown)).not.toContain(KEY);
  });

  it('is not in the settings', () => {
    expect(inspect(given().settings, { depth: 20, showHidden: true })).not.toContain(API_KEY);
  });
});
