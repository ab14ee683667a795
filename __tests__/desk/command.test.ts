import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { PaymentRecord } from 'express-atipay';
import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import { paymentsIn } from '../../lib/desk/payments';
import { resolvePayment } from '../../lib/desk/resolve';
import { sweepBy } from '../../lib/desk/sweep';
import { sqliteFile } from '../support/databases';
import { desk, deskProcess, type DeskResult } from '../support/desk';
import { openShop } from '../support/opened';
import { anOrder, HOUR, MINUTE, type Shop } from '../support/shop';

const containing = (text: string): string => expect.stringContaining(text) as string;

const LOADED = `console.log(Object.keys(require.cache).join('\\n'))`;

const file = sqliteFile();
const folder = mkdtempSync(join(tmpdir(), 'atipay-desk-'));
const store = new KnexPaymentStore(file.knex);
const run = (...args: string[]): Promise<DeskResult> => desk([...args, '--database', file.filename]);

beforeAll(() => createPaymentsTable(file.knex));
beforeEach(() => file.knex('atipay_payments').delete());
afterAll(async () => {
  await file.remove();
  rmSync(folder, { recursive: true });
});

const open = (overrides = {}): Promise<Shop<unknown>> => openShop<unknown>({ store, ...overrides });

async function paid(shop: Shop<unknown>, orderId: string): Promise<PaymentRecord> {
  const { invoiceNumber } = await shop.started(anOrder({ orderId }));
  const referenceNumber = shop.gateway.receipt(invoiceNumber);
  await shop.comesBack(await shop.record(invoiceNumber), { referenceNumber });
  return shop.record(invoiceNumber);
}

async function inReview(shop: Shop<unknown>, orderId = 'doubtful'): Promise<PaymentRecord> {
  shop.gateway.replies['verify-payment'].push({ body: { amount: 1 } });
  return paid(shop, orderId);
}

describe('list', () => {
  test('shows the newest first, by the filters given, without a secret', async () => {
    const shop = await open();
    const first = await paid(shop, 'A-1');
    shop.now += HOUR;
    const second = await inReview(shop, 'A-2');
    const { out } = await run('list');
    const [head, ...lines] = out.trim().split('\n');
    expect(head).toMatch(/^begun +invoice +order +status +amount/);
    // The operator's clock is Tehran's.
    expect(lines).toEqual([
      expect.stringMatching(
        /^2026-01-01 12:30:00 .* A-2 +review +25,000 Rials \(2,500 Tomans\) +603799\*{6}1234 .* AmountMismatch$/,
      ),
      expect.stringMatching(/^2026-01-01 11:30:00 .* A-1 +paid /),
    ]);
    const results = await Promise.all([
      run('list', '--status', 'paid,failed'),
      run('list', '--card', '1234', '--until', '2026-01-01T12:30'),
      run('list', '--reference', first.referenceNumber ?? ''),
      run('list', '--since', '2026-01-02'),
      run('list', '--json', '--limit', '1'),
    ]);
    for (const result of results.slice(0, 3)) expect(result.out).toMatch(/^begun.*\n.*A-1 .*\n$/);
    expect(results[3]).toMatchObject({ code: 0, out: 'No payments match.\n' });
    const newest = await run('list', '--limit', '1', '--until', '2026-01-01');
    expect(newest.out).toMatch(/^begun.*\n.*A-2 .*\nThe newest 1; --limit shows more\.\n$/);
    expect(JSON.parse(results[4].out)).toMatchObject([{ orderId: 'A-2', amountInRials: 25_000 }]);
    const said = [out, ...results.map((result) => result.out)].join('');
    for (const { returnKey, token } of [first, second]) {
      expect(said).not.toContain(returnKey);
      expect(said).not.toContain(token);
    }
  });
});

test('list leaves a dash where a payment has nothing', async () => {
  const shop = await open();
  const { invoiceNumber } = await shop.started(anOrder({ orderId: 'A-1' }));
  expect((await run('list')).out).toMatch(
    new RegExp(`${invoiceNumber} +A-1 +pending +25,000 Rials \\(2,500 Tomans\\) +- +- +-\n$`),
  );
});

describe('show', () => {
  test('finds an order in each account that has it, or in the one that is named', async () => {
    await (await open({ account: 'one' })).started(anOrder({ orderId: '1234' }));
    await (await open({ account: 'two' })).started(anOrder({ orderId: '1234' }));
    const answers = (out: string): number => out.match(/^Order 1234: /gm)?.length ?? 0;
    expect(answers((await run('show', '1234')).out)).toBe(2);
    expect(answers((await run('show', '1234', '--account', 'two')).out)).toBe(1);
    const { code, error } = await run('show', '1234', '--account', 'three');
    expect([code, error]).toEqual([1, containing('1234 is known in account three')]);
  });

  test('finds a payment by its order, its invoice number and its receipt', async () => {
    const shop = await open();
    const record = await paid(shop, '1234');
    for (const key of ['1234', record.invoiceNumber, record.referenceNumber ?? '']) {
      const { code, out } = await run('show', key);
      expect([code, out]).toEqual([
        0,
        expect.stringMatching(/^Order 1234: The shop has the money: 25,000 Rials/),
      ]);
      expect(out).toContain('2026-01-01 11:30:00 +03:30 (2026-01-01T08:00:00Z)');
      expect(out).not.toContain(record.returnKey);
    }
    const { out } = await run('show', '1234', '--json');
    expect(JSON.parse(out)).toMatchObject([{ payment: { orderId: '1234', status: 'paid' }, others: [] }]);
    expect(out).not.toContain(record.returnKey);
    expect(out).not.toContain(record.token);
    expect(await run('show', 'nothing')).toMatchObject({
      code: 1,
      out: '',
      error: containing('nothing'),
    });
  });

  test('answers for an order by the payment that has it, and for an attempt that failed by that one', async () => {
    const shop = await open();
    const given = await shop.started(anOrder({ orderId: '1234' }));
    await shop.comesBack(given, { state: 'CanceledByUser', status: '1' });
    shop.now += MINUTE;
    const { invoiceNumber } = await paid(shop, '1234');
    const [order, attempt] = await Promise.all([run('show', '1234'), run('show', given.invoiceNumber)]);
    expect(order.out).toMatch(/^Order 1234: The shop has the money/);
    expect(order.out).toMatch(new RegExp(`Other payments of the order\n.*${given.invoiceNumber} +failed`));
    expect(attempt.out).toContain(
      `the buyer gave up at the bank. If the bank took any, it goes back to the buyer by itself. Payment ${invoiceNumber} of the same order is paid.`,
    );
  });

  test('tells of a hook that throws: the shop does not know of its money yet', async () => {
    const shop = await open({ onSuccess: () => Promise.reject(new Error('no stock system')) });
    await paid(shop, '1234');
    await shop.sweepAfter(MINUTE);
    const { out } = await run('show', '1234');
    expect(out).toMatch(/The shop does not know it yet: its hook was called 2 times and has not returned\./);
    expect(out).toContain('the shop’s hook failed (call 2): no stock system');
  });
});

describe('resolve', () => {
  test.each(['paid', 'failed'] as const)(
    'decides a review as %s with who and why, and the next sweep tells the shop',
    async (outcome) => {
      const shop = await open();
      const { invoiceNumber } = await inReview(shop);
      const args = ['resolve', invoiceNumber, outcome, '--note', 'AtiPay said so by phone', '--by', 'Sara'];
      expect(await run(...args)).toMatchObject({ code: 2, error: containing('give --yes') });
      expect((await shop.record(invoiceNumber)).status).toBe('review');

      const { code, out } = await run(...args, '--yes');
      const hook = outcome === 'paid' ? 'onSuccess' : 'onFailure';
      expect([code, out]).toEqual([0, expect.stringContaining(`its ${hook} is called by its next sweep`)]);
      expect((await shop.record(invoiceNumber)).history.at(-1)).toMatchObject({
        status: outcome,
        event: 'resolved',
        by: 'Sara',
        data: { text: 'AtiPay said so by phone' },
      });
      expect(shop.hooks.map((call) => call.hook)).toEqual(['onReview']);
      shop.now = Date.now();
      expect(await shop.sweepAfter(MINUTE)).toMatchObject({ due: 1, hooks: 1 });
      expect(shop.hooks.map((call) => call.hook)).toEqual(['onReview', hook]);
      expect((await run(...args, '--yes')).error).toContain(`is ${outcome}, not in review`);
    },
  );

  test('answers in JSON to a program, and names the one who is at the system', async () => {
    const shop = await open();
    const { invoiceNumber } = await inReview(shop);
    const { out } = await run('resolve', invoiceNumber, 'failed', '--note', 'given back', '--yes', '--json');
    expect(JSON.parse(out)).toMatchObject({ status: 'failed', invoiceNumber, orderId: 'doubtful' });
    expect((await shop.record(invoiceNumber)).history.at(-1)).toMatchObject({
      event: 'resolved',
      by: expect.stringMatching(/^\S+$/) as string,
      data: { text: 'given back' },
    });
  });

  test('knows nothing of an order’s number: which of its payments?', async () => {
    const result = await run('resolve', '1234', 'paid', '--note', 'x', '--yes');
    expect(result).toMatchObject({
      code: 1,
      error: containing('There is no payment 1234. resolve takes an invoice'),
    });
  });

  test.each([
    ['y', 'paid', 'paid', 'The shop serves the order.'],
    ['YES', 'failed', 'failed', 'The shop is told that the payment failed.'],
    ['n', 'paid', 'review', 'This cannot be undone.'],
    ['yesterday', 'paid', 'review', 'This cannot be undone.'],
    ['', 'paid', 'review', 'This cannot be undone.'],
  ] as const)('asks on a terminal: "%s" to %s leaves it %s', async (answer, outcome, status, consequence) => {
    const shop = await open();
    const { invoiceNumber } = await inReview(shop);
    const input = Object.assign(new PassThrough(), { isTTY: true });
    const output = new PassThrough();
    const place = {};
    const resolving = resolvePayment(
      paymentsIn(file.knex),
      {
        name: 'resolve',
        place,
        json: false,
        invoiceNumber,
        outcome,
        note: 'seen',
        by: 'Sara',
        yes: false,
      },
      { input, output },
      Date.now,
    );
    input.end(`${answer}\n`);
    await resolving.catch((error: unknown) =>
      expect(error).toMatchObject({ message: 'Nothing was changed.' }),
    );
    expect((await shop.record(invoiceNumber)).status).toBe(status);
    const asked = String(output.read());
    expect(asked).toMatch(/^Order doubtful: Probably with the shop[^]*\[y\/N\]/);
    expect(asked).toContain(`Sara decides that 25,000 Rials (2,500 Tomans) are ${outcome}, because: seen\n`);
    expect(asked).toContain(consequence);
  });
});

describe('sweep', () => {
  /** A shop's module, in the kind that most shops have. */
  function config(name: string, code: string): string {
    const path = join(folder, name);
    writeFileSync(
      path,
      code.replaceAll('LIB', join(__dirname, '../../lib')).replaceAll('FILE', file.filename),
    );
    return path;
  }
  const SHOP = `
    const knex = require('knex')({ client: 'better-sqlite3', connection: 'FILE', useNullAsDefault: true });
    const { atipayRouter } = require('LIB/index.ts');
    const { KnexPaymentStore } = require('LIB/stores/clients/knex.ts');
    module.exports = atipayRouter({
      apiKey: 'key', publicUrl: 'http://localhost/payment', store: new KnexPaymentStore(knex), recovery: false,
      onSuccess: () => undefined,
    });`.replace("require('knex')", `require('${require.resolve('knex')}')`);

  test.each([
    ['the router', (router: object) => ({ default: router })],
    [
      'what the router is made of',
      ({ atipay }: { atipay: object }) => ({ default: undefined, payments: atipay }),
    ],
  ])('takes %s for the shop, and closes it', async (_what, exported) => {
    const shop = await open();
    const { invoiceNumber } = await shop.started();
    shop.now += 2 * HOUR;
    const module = exported(Object.assign(() => undefined, { atipay: shop.atipay }));
    const [line] = await sweepBy(module, 'atipay.config.js', false);
    expect(line).toMatch(
      /^Payments that were due: 1\. Became paid: 0, failed: 1, review: 0\. Hooks that returned: 1\./,
    );
    expect(await shop.record(invoiceNumber)).toMatchObject({ failureReason: 'Abandoned' });
    expect(await sweepBy(module, 'atipay.config.js', false)).toEqual(['Nothing was due.']);
    expect(JSON.parse((await sweepBy(module, 'atipay.config.js', true)).join())).toMatchObject({ due: 0 });
  });

  test('takes nothing else for one', async () => {
    const module = { default: null, shop: {}, atipay: { recover: 'no' } };
    await expect(sweepBy(module, 'a.js', false)).rejects.toThrow('a.js exports no atipayRouter');
  });

  test("does what is due with the shop's own hooks, and ends though the shop keeps a pool open", async () => {
    const shop = await open();
    const { invoiceNumber } = await shop.started();
    const { code, out, error } = await deskProcess(['sweep', '--config', config('atipay.config.cjs', SHOP)]);
    expect({ code, out, error }).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Payments that were due: 1\. Became paid: 0, failed: 1, /) as string,
    });
    expect(await shop.record(invoiceNumber)).toMatchObject({ failureReason: 'Abandoned' });
  });

  test('takes a named export of an ES module, and reports in JSON', async () => {
    config('shop.cjs', SHOP);
    const path = config(
      'config.mjs',
      "import router from './shop.cjs'; export const payments = { atipay: router.atipay };",
    );
    const { code, out } = await deskProcess(['sweep', '--config', path, '--json']);
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ due: 0 })]);
  });

  test('says why it cannot without the shop, and what to write', async () => {
    const [without, empty, missing] = await Promise.all([
      desk(['sweep']),
      deskProcess(['sweep', '--config', config('empty.cjs', 'module.exports = {};')]),
      desk(['sweep', '--config', 'nowhere.js']),
    ]);
    expect(without).toMatchObject({
      code: 2,
      error: containing('module.exports = atipayRouter('),
    });
    expect(empty).toMatchObject({ code: 1, error: containing('exports no atipayRouter') });
    expect(missing).toMatchObject({ code: 1, error: containing('There is no file') });
  });
});

describe('the command', () => {
  test('does not make the package load Knex', () => {
    const loads = (entry: string): string =>
      execFileSync(
        process.execPath,
        ['-r', 'esbuild-register', '-e', `require('./lib/${entry}'); ${LOADED}`],
        {
          encoding: 'utf8',
        },
      );
    expect(loads('index.ts')).not.toMatch(/node_modules\/knex\//);
    expect(loads('index.ts')).toMatch(/node_modules\/axios\//);
  });

  test('ends as its outcome says, with each word on the stream it belongs to', async () => {
    const [fine, wrong] = await Promise.all([
      deskProcess(['list', '--database', file.filename]),
      deskProcess(['lst']),
    ]);
    expect(fine).toEqual({ code: 0, out: 'No payments match.\n', error: '' });
    expect(wrong).toEqual(await desk(['lst']));
  });

  const WRONG: [args: string[], code: number, error: RegExp][] = [
    [['lst'], 2, /"lst" is not a command: show, list[^]*Try atipay-payments --help/],
    [['list', '--stats', 'paid'], 2, /Unknown option '--stats'/],
    [['list', '--status', 'payed'], 2, /--status takes created, .* not "payed"/],
    [['list', '--since', '2026-02-31'], 2, /--since takes a date such as/],
    [['list', '--card', '6037991234'], 2, /last four digits/],
    [['list', '--limit', '0'], 2, /--limit takes a whole number/],
    [['list', '--since', 'yesterday'], 2, /--since takes a date such as/],
    [['list', '--limit', 'all'], 2, /--limit takes a whole number/],
    [['list', '1234'], 2, /list takes no "1234": did you mean show\?/],
    [['sweep', '1234'], 2, /sweep takes --config <file> alone/],
    [['show'], 2, /Write: atipay-payments show <number>/],
    [['show', '1', '2'], 2, /Write: atipay-payments show <number>/],
    [['resolve', '1', 'paid', 'now', '--note', 'x'], 2, /Write: atipay-payments resolve/],
    [['list', '--database', 'x', '--knexfile', 'y'], 2, /two ways to say the same/],
    [['resolve', '1', 'paid'], 2, /A note is needed/],
    [['resolve', '1', 'refunded', '--note', 'x'], 2, /paid\|failed/],
    [['list'], 2, /Where are the payments\?/],
    [['list', '--database', 'mongodb://localhost/x'], 2, /not kept in mongodb/],
    [['list', '--database', '/nowhere/shop.db'], 1, /There is no SQLite file/],
  ];
  const outside = process.env['DATABASE_URL'];
  beforeEach(() => delete process.env['DATABASE_URL']);
  afterAll(() => void (process.env['DATABASE_URL'] = outside ?? ''));

  test.each(WRONG)('says what is wrong with %j and ends with %i', async (args, code, error) => {
    const result = await desk(args);
    expect([result.code, result.error, result.out]).toEqual([code, expect.stringMatching(error), '']);
    expect(result.error).not.toMatch(/\n +at /);
  });

  test('says what to do about a database that is not ready', async () => {
    const knexfile = join(folder, 'knexfile.js');
    writeFileSync(
      knexfile,
      `module.exports = { development: { client: 'mysql', connection: 'mysql://127.0.0.1/shop' }, live: { client: 'better-sqlite3', connection: '${file.filename}' } };`,
    );
    const [driver, table, refused, fine, part] = await Promise.all([
      deskProcess(['list', '--knexfile', knexfile], { NODE_ENV: 'development' }),
      run('list', '--table', 'elsewhere'),
      deskProcess(['list'], { DATABASE_URL: 'postgres://shop:canary-password@127.0.0.1:1/shop' }),
      deskProcess(['list', '--knexfile', knexfile, '--env', 'live']),
      deskProcess(['list', '--knexfile', knexfile, '--env', 'staging']),
    ]);
    expect(driver).toMatchObject({ code: 1, error: containing('Run: npm install mysql\n') });
    expect(table).toMatchObject({
      code: 1,
      error: containing('Call createPaymentsTable'),
    });
    expect(refused).toMatchObject({ code: 1, error: containing('ECONNREFUSED') });
    expect(refused.error).not.toContain('canary-password');
    expect(fine).toMatchObject({ code: 0, out: 'No payments match.\n' });
    expect(part).toMatchObject({ code: 1, error: containing('a part "staging"') });
  });
});
