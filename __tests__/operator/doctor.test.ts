import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RequestHandler } from 'express';
import { MemoryPaymentStore } from 'express-atipay';
import { startSimulator, type Simulator } from 'express-atipay/simulator';
import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import type { Finding } from '../../lib/operator/doctor/finding';
import { doctor, storeDoctor } from '../../lib/operator/doctor/doctor';
import type { Operator } from '../../lib/operator/operator';
import { doctorText } from '../../lib/operator/texts/doctor';
import { sqliteFile } from '../support/databases';
import { closing, openShop } from '../support/opened';
import { CERTIFICATE } from '../support/tls';
import { anOrder, HOUR, type Shop } from '../support/shop';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

const file = sqliteFile();
beforeAll(() => createPaymentsTable(file.knex));
afterAll(() => file.remove());

type Overrides = Parameters<typeof openShop<unknown>>[0];

const open = (overrides: Overrides = {}, build?: Parameters<typeof openShop>[1]): Promise<Shop<unknown>> =>
  openShop<unknown>(
    {
      ...{ apiKey: simulator.apiKey, gatewayUrl: simulator.url, terminalId: simulator.terminalId },
      ...{ onReview: () => undefined, now: Date.now },
      ...overrides,
    },
    build,
  );

const checks = (findings: readonly Finding[]): string[] =>
  findings.filter(({ level }) => level !== 'fine').map(({ check }) => check);

test('finds nothing wrong with a shop that is set up rightly, and says what it looked at', async () => {
  const shop = await open({ store: new KnexPaymentStore(file.knex) });
  const findings = await shop.atipay.doctor({ token: true });
  expect(findings.map(({ check }) => check).sort()).toEqual([
    'callbackWorks',
    'gatewayWorks',
    'storeWorks',
    'tokenGiven',
  ]);
});

type Build = NonNullable<Parameters<typeof openShop>[1]>;

const mount: Build = (app, router) => app.use('/payment', router);
const behind =
  (guard: RequestHandler): Build =>
  (app, router) =>
    app.use('/payment', guard, router);

interface Mistake {
  check: Finding['check'];
  overrides?: () => Overrides | Promise<Overrides>;
  build?: Build;
}

/** A table of the time before a column came. */
const oldTable = async (): Promise<Overrides> => {
  await createPaymentsTable(file.knex, { tableName: 'old_payments' });
  await file.knex.raw('alter table old_payments drop column given_back');
  return { store: new KnexPaymentStore(file.knex, { tableName: 'old_payments' }) };
};

/** An AtiPay that has another address of this server than the one that it calls from. */
const elsewhere = async (): Promise<Overrides> => {
  const other = await startSimulator({ registeredIp: '192.0.2.1' });
  closing(other);
  return { gatewayUrl: other.url };
};

const withoutTrust = async (): Promise<Overrides> => {
  const other = await startSimulator({ https: CERTIFICATE });
  closing(other);
  return { gatewayUrl: `https://localhost:${other.port}/v1` };
};

const MISTAKES: [mistake: string, planted: Mistake][] = [
  [
    'the table is missing',
    {
      check: 'storeFails',
      overrides: () => ({ store: new KnexPaymentStore(file.knex, { tableName: 'elsewhere' }) }),
    },
  ],
  ['the table is of an old version', { check: 'storeFails', overrides: oldTable }],
  ['the key is wrong', { check: 'tokenRefused', overrides: () => ({ apiKey: 'another key' }) }],
  ['AtiPay knows another IP address', { check: 'tokenRefused', overrides: elsewhere }],
  [
    'the base address is wrong',
    { check: 'tokenUnanswered', overrides: () => ({ gatewayUrl: `${simulator.origin}/v2` }) },
  ],
  [
    'AtiPay is out of reach',
    { check: 'gatewayUnreachable', overrides: () => ({ gatewayUrl: 'http://127.0.0.1:1/v1' }) },
  ],
  ['AtiPay’s certificate is not trusted', { check: 'gatewayTls', overrides: withoutTrust }],
  ['the clock is off', { check: 'gatewayClock', overrides: () => ({ now: () => Date.now() + HOUR }) }],
  ['no hook hears of reviews', { check: 'noReviewHook', overrides: () => ({ onReview: undefined }) }],
  [
    'publicUrl leads nowhere',
    { check: 'callbackUnreachable', overrides: () => ({ publicUrl: 'http://127.0.0.1:1/payment' }) },
  ],
  [
    'publicUrl is not where the router is mounted',
    { check: 'callbackOther', build: (app, router) => app.use('/elsewhere', router) },
  ],
  [
    'a login redirects the callback',
    { check: 'callbackRedirect', build: behind((_req, res) => res.redirect('/login')) },
  ],
  [
    'a login answers the callback',
    { check: 'callbackOther', build: behind((_req, res) => void res.send('<h1>Log in</h1>')) },
  ],
  [
    'a CSRF check refuses the callback',
    { check: 'callbackGuarded', build: behind((_req, res) => void res.status(403).send('bad token')) },
  ],
  ...Object.entries({ age: '3', 'x-cache': 'HIT from cache-1', 'cf-cache-status': 'HIT' }).map(
    ([header, value]): [string, Mistake] => [
      `a cache answers the callback, and says so by ${header}`,
      {
        check: 'callbackCached',
        build: behind((_req, res, next) => {
          res.set(header, value);
          next();
        }),
      },
    ],
  ),
  [
    'a cache in front writes Cache-Control anew',
    {
      check: 'callbackCached',
      build: behind((_req, res, next) => {
        const setHeader = res.setHeader.bind(res);
        res.setHeader = (name, value) =>
          setHeader(name, name.toLowerCase() === 'cache-control' ? 'max-age=3600' : value);
        next();
      }),
    },
  ],
];

test.each(MISTAKES)('finds that %s, with why it matters and what to do', async (_mistake, planted) => {
  const { check, overrides, build = mount } = planted;
  const shop = await open(await overrides?.(), build);
  const findings = await shop.atipay.doctor({ token: true });
  expect(checks(findings)).toContain(check);
  const persian = await doctor(shop.atipay.context, { token: true, locale: 'fa' });
  for (const { level, what, why, todo } of [...findings, ...persian]) {
    if (level !== 'fine') expect([what, why, todo]).not.toContain('');
  }
});

describe('looks at a store alone', () => {
  const found = async (store: object): Promise<Finding[]> =>
    storeDoctor({ store, account: 'default', now: Date.now } as Operator, 'en');

  test('and finds that it has no search', async () => {
    const inReview = () => Promise.resolve([]);
    expect(await found({ inReview })).toMatchObject([{ check: 'searchMissing', level: 'warning' }]);
  });

  test('and passes on a thrown text as its error', async () => {
    const inReview = () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- a shop's own store may throw anything
      throw 'no such table';
    };
    expect(await found({ inReview })).toMatchObject([
      { check: 'storeFails', what: 'The payments table cannot be read: no such table' },
    ]);
  });
});

test('does not try AtiPay from a server that only its proxy can reach', async () => {
  const shop = await open({ http: { proxy: { protocol: 'http', host: '127.0.0.1', port: 1 } } });
  const findings = await shop.atipay.doctor();
  expect(findings.filter(({ check }) => check.startsWith('gateway'))).toEqual([]);
});

test('takes a gateway that tells no time for one whose clock is right', async () => {
  const gateway = createServer((_req, res) => {
    res.sendDate = false;
    res.writeHead(405).end();
  });
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  const { port } = gateway.address() as AddressInfo;
  const shop = await open({ gatewayUrl: `http://127.0.0.1:${port}/v1` });
  const findings = await shop.atipay.doctor();
  gateway.close();
  expect(findings.map(({ check }) => check)).toContain('gatewayWorks');
});

test.each([
  ['a refusal without a reason', 'tokenRefused', { said: '' }, 'no reason given', 'دلیلی اعلام نشد'],
  [
    'a redirect without an address',
    'callbackRedirect',
    { status: '302', location: '' },
    'another address',
    'آدرس دیگری',
  ],
] as const)('says so of %s', (_what, check, data, en, fa) => {
  expect(doctorText(check, data as never, 'en').what).toContain(en);
  expect(doctorText(check, data as never, 'fa').what).toContain(fa);
});

test('finds that unique keys are missing', async () => {
  const store = new KnexPaymentStore(file.knex);
  expect((await store.uniqueKeys()).length).toBe(3);
  await file.knex.raw('drop index atipay_payments_receipt');
  const shop = await open({ store });
  const findings = await shop.atipay.doctor();
  expect(findings.find(({ check }) => check === 'keysMissing')?.what).toContain('receipt_key');
  await createPaymentsTable(file.knex);
});

test('finds that no sweep runs, and that servers disagree about the time', async () => {
  const store = new MemoryPaymentStore({ quiet: true });
  let behind = 0;
  const shop = await open({ store, now: () => Date.now() - behind });
  behind = 3 * HOUR;
  await shop.atipay.start(anOrder());
  behind = 0;
  expect(checks(await shop.atipay.doctor())).toContain('sweepsLate');
  behind = -HOUR;
  await shop.atipay.start(anOrder());
  behind = 0;
  expect(checks(await shop.atipay.doctor())).toContain('serverClocks');
});

describe('in production', () => {
  const { NODE_ENV } = process.env;
  afterEach(() => {
    process.env['NODE_ENV'] = NODE_ENV;
    delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  });

  test('finds a store in memory, a simulator, plain HTTP and TLS that is switched off', async () => {
    const shop = await open({ store: new MemoryPaymentStore({ quiet: true }) });
    const production = ['memoryStore', 'simulator', 'plainHttp', 'tlsOff'];
    expect(checks(await shop.atipay.doctor())).not.toEqual(expect.arrayContaining(production));
    Object.assign(process.env, { NODE_ENV: 'production', NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    expect(checks(await shop.atipay.doctor())).toEqual(expect.arrayContaining(production));
  });
});
