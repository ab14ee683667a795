import express, { type ErrorRequestHandler } from 'express';
import {
  atipayRouter,
  MemoryPaymentStore,
  type AtipayConfig,
  type AtipayError,
  type PaymentRecord,
} from 'express-atipay';
import { startSimulator } from 'express-atipay/simulator';
import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import { HELP_PAGE } from '../lib/errors';
import { sqliteFile } from './support/databases';
import { closing, openShop } from './support/opened';
import { sharing } from './support/sharing';
import { anOrder, HOUR, MINUTE, type Shop } from './support/shop';
import { openSurrounded, postPay, type Surrounded, type SurroundedOptions } from './support/surrounded';

// The mistakes of a first hour, each made once: the error or the log says what to do.

const mount: Parameters<typeof openSurrounded>[0] = (app, router) => app.use('/payment', router);

const scene = (config: Partial<AtipayConfig> = {}, options: SurroundedOptions = {}): Promise<Surrounded> =>
  openSurrounded(mount, { config, ...options });

/** The message that an order is refused with. */
const refusal = (shop: Shop, order: object): Promise<string> =>
  shop.atipay.start({ ...anOrder(), ...order }).then(
    () => 'not refused',
    (error: unknown) => (error as Error).message,
  );

const errors = ({ shop }: Surrounded): string[] =>
  shop.logs.filter(({ level }) => level !== 'info').map(({ message }) => message);

const pays = async ({ shop, simulator }: Surrounded): Promise<void> => {
  const { payment, url } = await shop.atipay.start(anOrder());
  await simulator.pay(url);
  expect(payment.status).toBe('pending');
};

const file = sqliteFile();
afterAll(() => file.remove());

test('a table that was not created', async () => {
  const { shop } = await scene({ store: new KnexPaymentStore(file.knex) as never });
  expect(await refusal(shop, {})).toBe(
    'There is no table atipay_payments. Call createPaymentsTable before the first payment, or run the migrations.',
  );
});

test('another mount path than the one of publicUrl', async () => {
  const wrong = await openSurrounded((app, router) => app.use('/pay', router));
  const { shop } = wrong;
  const answer = await shop.post('/pay/pay', new URLSearchParams({ orderId: '1' }));
  expect([answer.status, await answer.text()]).toEqual([
    500,
    expect.stringContaining(`Write publicUrl: &#39;${shop.origin}/pay&#39;`),
  ]);
});

test('atipayRouter without parentheses', async () => {
  const seen: string[] = [];
  const app = express();
  app.use('/payment', atipayRouter as never);
  const onError: ErrorRequestHandler = (error: AtipayError, _req, res, _next) => {
    seen.push(error.message, error.help);
    res.status(500).end();
  };
  app.use(onError);
  const server = app.listen(0);
  const { port } = server.address() as { port: number };
  await fetch(`http://127.0.0.1:${port}/payment/pay`, { method: 'POST' });
  server.close();
  expect(seen).toEqual([
    expect.stringContaining('write app.use(path, atipayRouter(config))'),
    `${HELP_PAGE}#err_atipay_not_called`,
  ]);
});

test('an amount with a fraction', async () => {
  const { shop } = await scene();
  expect(await refusal(shop, { amount: 25_000.5 })).toContain('amount must be a positive whole number');
});

test('Tomans in a shop of Rials: the line at start has the unit, and irt is understood as IRT', async () => {
  const { shop } = await scene();
  expect(shop.logs[0]?.message).toContain('amounts are Rials');
  await expect(scene({ currency: 'irt' as 'IRT' })).rejects.toThrow("Did you mean 'IRT'?");
});

test('an order without a mobile number', async () => {
  const { shop } = await scene();
  expect(await refusal(shop, { cellNumber: undefined })).toContain(
    'give the buyer’s mobile number, or set cellNumberRequired: false',
  );
});

const unauthorized: express.RequestHandler = (_req, res) => void res.status(401).end();
const silent: express.RequestHandler = (_req, res) => void res.send('Please log in.');

test.each([
  ['a guard in front of the callback', unauthorized, 'callbackGuarded'],
  ['a guard that answers the callback like a page', silent, 'callbackOther'],
])('%s: the log suspects it, the doctor finds it', async (_what, guard, finding) => {
  const guarded = await openSurrounded((app, router) => {
    app.post('/payment/callback/*rest', guard);
    app.use('/payment', router);
  });
  const { shop } = guarded;
  for (let buyer = 0; buyer < 4; buyer += 1) await pays(guarded);
  await shop.sweepAfter(HOUR);
  expect(shop.trouble).toMatchObject([
    {
      level: 'warn',
      fields: { help: `${HELP_PAGE}#401-or-403-on-the-callback` },
      message:
        'Several buyers were sent to the bank, and no callback has reached this process. If they do come back, something ' +
        'in front of the router keeps them out: mount the router before login, CSRF and redirects, and guard /pay alone. ' +
        'npx atipay-payments doctor --app <your module> posts to the callback and names what answers.',
    },
  ]);
  const found = (await shop.atipay.doctor()).filter(({ level }) => level === 'error');
  expect(found.map(({ check }) => check)).toContain(finding);
});

test('no such suspicion for payments whose buyers never left', async () => {
  const { shop } = await scene();
  const begun = await Promise.all([shop.started(), shop.started(), shop.started()]);
  for (const [index, record] of begun.entries()) {
    const key = String(index).padStart(20, '0');
    const unsent = { status: 'created', token: null, dueAt: 1, expiresAt: 1 } as const;
    await shop.store.insert({ ...record, ...unsent, invoiceNumber: key, orderId: key });
  }
  await shop.sweepAfter(MINUTE);
  expect(shop.hooks.map(({ hook }) => hook)).toEqual(['onFailure', 'onFailure', 'onFailure']);
  expect(shop.trouble).toEqual([]);
});

test('no such suspicion for buyers who have paid through another process since a sweep read them', async () => {
  const rows = new MemoryPaymentStore({ quiet: true });
  const stale: PaymentRecord[] = [];
  const shop = await openShop({ store: sharing(rows, { due: () => Promise.resolve(stale.splice(0)) }) });
  for (const record of await Promise.all([shop.started(), shop.started(), shop.started()])) {
    const called = { nextHookAt: 1, hookAttempts: 1, leaseUntil: 1, dueAt: 1 };
    await rows.update(
      { ...record, ...called, status: 'paid', orderKey: record.orderId, version: record.version + 1 },
      record,
    );
    stale.push(record);
  }
  await shop.sweepAfter(HOUR);
  expect((await rows.search({ account: 'default', statuses: ['paid'] })).payments).toHaveLength(3);
  expect(shop.trouble).toEqual([]);
});

test('no such suspicion when the hooks of two abandoned payments are called again', async () => {
  let isAway = true;
  const onFailure = (): void => {
    if (isAway) throw new Error('the shop is away');
  };
  const { shop } = await scene({ onFailure, pendingTimeoutMs: HOUR });
  await Promise.all([shop.started(), shop.started()]);
  shop.now += HOUR / 2;
  await shop.started();
  expect(await shop.sweepAfter(HOUR / 2)).toMatchObject({ failed: 2, hooks: 0 });
  isAway = false;
  expect(await shop.sweepAfter(5 * MINUTE)).toMatchObject({ failed: 0, hooks: 2 });
  expect(shop.trouble.filter(({ message }) => message.startsWith('Several buyers'))).toEqual([]);
});

test('no such suspicion where any buyer has come back', async () => {
  const plain = await scene();
  await pays(plain);
  for (let buyer = 0; buyer < 4; buyer += 1) await plain.shop.atipay.start(anOrder());
  await plain.shop.sweepAfter(HOUR);
  expect(errors(plain)).toEqual([]);
});

test('a getOrder that finds no order', async () => {
  const lost = await scene({ getOrder: () => undefined });
  expect((await postPay(lost)).status).toBe(404);
  expect(lost.shop.trouble).toMatchObject([
    {
      level: 'warn',
      fields: { fields: ['orderId'] },
      message: expect.stringContaining('a field that the form has') as string,
    },
  ]);
});

test('an order id of a wallet that is used again', async () => {
  const wallet = await scene();
  await wallet.simulator.pay((await wallet.shop.atipay.start(anOrder({ orderId: 'wallet-7' }))).url);
  const again = await refusal(wallet.shop, { orderId: 'wallet-7', amount: 40_000 });
  expect(again).toMatch(/25,?000 Rials.*40,?000 Rials.*give a new sale, an instalment or a top-up/s);
});

test('a hook that throws', async () => {
  const throwing = await scene({ onSuccess: () => Promise.reject(new Error('no such column')) });
  await pays(throwing);
  expect(errors(throwing)).toEqual([
    expect.stringMatching(/called again in \d+ s\. .* correct the hook and deploy it/),
  ]);
});

test('a transaction that is opened twice', async () => {
  const twice = await scene({
    store: new KnexPaymentStore(file.knex, { tableName: 'twice' }) as never,
    onSuccess: async (_payment, { transaction }) => {
      await transaction(() => 1);
      await transaction(() => 2);
    },
  });
  await createPaymentsTable(file.knex, { tableName: 'twice' });
  await pays(twice);
  const [line] = twice.shop.trouble;
  expect((line?.fields['err'] as Error).message).toContain('put both writes into one');
});

test('two routers for one store and account', async () => {
  const { shop } = await scene();
  await expect(openShop({ store: shop.store })).rejects.toThrow(
    'give this router another account, or close the other',
  );
});

test('production with the simulator for a gateway', async () => {
  const live = await openSurrounded((app, router) => app.set('env', 'production').use('/payment', router));
  await postPay(live);
  expect(errors(live)).toContainEqual(expect.stringContaining('Leave gatewayUrl out to reach AtiPay.'));
});

test('a wrong key', async () => {
  const wrong = await scene({ apiKey: 'not the key' });
  expect(await refusal(wrong.shop, {})).toMatch(/^AtiPay refused a token .*check the API key/);
  expect(errors(wrong)).toEqual([expect.stringContaining('check the API key')]);
});

test.each([
  [
    'without /v1',
    (url: string) => url.replace('/v1', ''),
    /The URL was http:\S+\/get-token\. Is \/v1 missing/,
  ],
  [
    'of another port',
    () => 'http://127.0.0.1:1/v1',
    /ECONNREFUSED\. The URL was http:\/\/127\.0\.0\.1:1\/v1\/get-token\. Is the simulator running\? npx atipay-simulator$/,
  ],
])('a base address %s', async (_what, change, sentence) => {
  const { url } = closing(await startSimulator());
  const wrong = await scene({ gatewayUrl: change(url) });
  expect(await refusal(wrong.shop, {})).toMatch(sentence);
  expect(wrong.shop.trouble).toMatchObject([
    {
      fields: { help: `${HELP_PAGE}#err_atipay_gateway_unavailable` },
      message: expect.stringMatching(sentence) as string,
    },
  ]);
});
