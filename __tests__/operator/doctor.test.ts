import type { RequestHandler } from 'express';
import { MemoryPaymentStore } from 'express-atipay';
import { startSimulator, type Simulator } from 'express-atipay/simulator';
import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import type { Finding } from '../../lib/operator/doctor/finding';
import { checkSetup } from '../../lib/operator/doctor/setup';
import { sqliteFile } from '../support/databases';
import { openShop } from '../support/opened';
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

const MISTAKES: [check: string, overrides: () => Overrides, build: Build][] = [
  ['storeFails', () => ({ store: new KnexPaymentStore(file.knex, { tableName: 'elsewhere' }) }), mount],
  ['gatewayUnreachable', () => ({ gatewayUrl: 'http://127.0.0.1:1/v1' }), mount],
  ['gatewayClock', () => ({ now: () => Date.now() + HOUR }), mount],
  ['tokenRefused', () => ({ apiKey: 'another key' }), mount],
  ['noReviewHook', () => ({ onReview: undefined }), mount],
  ['callbackUnreachable', () => ({ publicUrl: 'http://127.0.0.1:1/payment' }), mount],
  [
    'callbackRedirect',
    () => ({}),
    (app, router) => app.use('/payment', (_req, res) => res.redirect('/login'), router),
  ],
  [
    'callbackGuarded',
    () => ({}),
    (app, router) => app.use('/payment', (_req, res) => void res.status(403).end(), router),
  ],
  ['callbackOther', () => ({}), (app, router) => app.use('/elsewhere', router)],
  [
    'callbackCached',
    () => ({}),
    (app, router) => {
      const cached: RequestHandler = (_req, res, next) => {
        res.set('age', '3');
        next();
      };
      app.use('/payment', cached, router);
    },
  ],
];

test.each(MISTAKES)('finds %s, with why it matters and what to do', async (check, overrides, build) => {
  const shop = await open(overrides(), build);
  const findings = await shop.atipay.doctor({ token: true });
  expect(checks(findings)).toContain(check);
  for (const { level, what, why, todo } of findings) {
    if (level !== 'fine') expect([what, why, todo]).not.toContain('');
  }
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

test('finds mistakes of production alone', async () => {
  const shop = await open({ store: new MemoryPaymentStore({ quiet: true }) });
  const found = (env: NodeJS.ProcessEnv): string[] =>
    checkSetup(shop.atipay.context, env).map(({ check }) => check);
  expect(found({})).toEqual([]);
  expect(found({ NODE_ENV: 'production', NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toEqual([
    ...['memoryStore', 'simulator', 'plainHttp', 'tlsOff'],
  ]);
});
