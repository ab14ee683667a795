import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, commandProcess, shopModule, type CommandResult } from '../support/desk';
import { commandScene } from '../support/command-scene';

const scene = commandScene();
const { file, folder } = scene;
const run = (...args: string[]): Promise<CommandResult> => command([...args, '--database', file.filename]);

const LOOKS = [
  ['attention'],
  ['list'],
  ['today', '--day', '1405-09-07'],
  ['find', '09121234567'],
  ['show', 'order-paid'],
  ['show', 'order-timed-out'],
];

test.each(LOOKS)('%s fits a terminal in both languages, and shows no secret', async (...args) => {
  for (const locale of ['en', 'fa']) {
    const { code, out, error } = await run(...args, '--locale', locale);
    expect([code, error]).toEqual([0, '']);
    for (const line of out.split('\n')) {
      expect(line.replace(/[\p{M}\p{Cf}]/gu, '').length).toBeLessThanOrEqual(100);
    }
    const json = (await run(...args, '--json')).out;
    expect(() => JSON.parse(json) as unknown).not.toThrow();
    for (const { returnKey, token } of Object.values(scene.morning.payments)) {
      expect(out + json).not.toContain(returnKey);
      expect(out + json).not.toContain(token);
    }
  }
});

test('lists by filters, Persian dates and digits included', async () => {
  const invoices = async (...args: string[]): Promise<number> =>
    (JSON.parse((await run('list', '--json', ...args)).out) as { payments: unknown[] }).payments.length;
  expect(await invoices('--status', 'review,failed')).toBe(4);
  expect(await invoices('--card', '۱۲۳۴')).toBe(7);
  expect(await invoices('--from', '1405-09-07 14:00', '--until', '1405-09-07 14:03')).toBe(3);
  expect(await invoices('--confirmed-from', '1405-09-07', '--confirmed-until', '2026-11-28')).toBe(2);
  expect(await invoices('--from', '1404-11-12', '--until', '1404-11-12')).toBe(0);
  expect(await invoices('--order=-7')).toBe(0);
  const { out } = await run('list', '--limit', '3');
  const cursor = /--after (\S+)/.exec(out)?.[1] ?? '';
  expect(await invoices('--after', cursor)).toBe(5);
});

test('finds a receipt that looks like an option, behind --', async () => {
  const { code, error } = await command(['show', '--database', file.filename, '--', '--receipt']);
  expect([code, error]).toEqual([1, expect.stringContaining('--receipt')]);
});

test('untrusted text turns no line around and moves no cursor, as text and as JSON', async () => {
  const { invoiceNumber } = scene.morning.payments.cancelled;
  const hostile = '\u001b[2K\u202Egnp.exe\u2066\u2028\u200F\u009B1m می\u200Cرود "';
  await file
    .knex('atipay_payments')
    .where({ invoice_number: invoiceNumber })
    .update({ description: hostile });
  const outputs = [await run('show', invoiceNumber), await run('show', invoiceNumber, '--json')];
  const json = JSON.parse(outputs[1]?.out ?? '') as { payment?: { description: string } };
  expect(JSON.stringify(json)).toContain(JSON.stringify(hostile).slice(1, -1));
  for (const { out } of outputs) {
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028-\u202E\u2066-\u2069\u200E\u200F]/u);
  }
});

describe('acts', () => {
  test('decide a review with who and why; the shop’s next sweep calls its hook', async () => {
    const { invoiceNumber } = scene.morning.payments.differs;
    const args = ['resolve', invoiceNumber, 'paid', '--note', 'by phone', '--by', 'Sara'];
    expect(await run(...args)).toMatchObject({ code: 2, error: expect.stringContaining('--yes') as string });
    const { code, out } = await run(...args, '--yes');
    expect([code, out.replaceAll('\n', ' ')]).toEqual([
      0,
      expect.stringContaining('next sweep calls its onSuccess'),
    ]);
    const { history } = await scene.morning.shop.record(invoiceNumber);
    expect(history.at(-1)).toMatchObject({ event: 'resolved', by: 'Sara', data: { text: 'by phone' } });
    expect((await run(...args, '--yes')).error).toContain('not in review');
  });

  test.each([
    ['y', 'paid'],
    ['no', 'review'],
    ['', 'review'],
  ])('ask on a terminal: "%s" leaves it %s', async (answer, status) => {
    const { invoiceNumber } = scene.morning.payments.differs;
    const args = [
      'resolve',
      invoiceNumber,
      'paid',
      '--note',
      'x',
      '--by',
      'Sara',
      '--database',
      file.filename,
    ];
    const { error } = await command(args, `${answer}\n`);
    expect(error).toContain('Go on? [y/N]');
    expect((await scene.morning.shop.record(invoiceNumber)).status).toBe(status);
  });

  test('ask in Persian, and take yes in Persian', async () => {
    const { invoiceNumber } = scene.morning.payments.differs;
    const place = ['--database', file.filename, '--locale', 'fa', '--by', 'سارا'];
    const args = ['resolve', invoiceNumber, 'paid', '--note', 'تلفنی تأیید شد', ...place];
    const { error, out } = await command(args, 'بله\n');
    expect(error).toMatch(/سارا مبلغ .* را پرداخت‌شده ثبت می‌کند .* ادامه می‌دهید؟ \[y\/N\]/);
    expect(out.replaceAll('\n', ' ')).toContain('وضعیت «پرداخت‌شده» به تصمیم سارا ثبت شد');
    expect(await command([...args, '--yes'])).toMatchObject({
      code: 1,
      error: 'atipay-payments: این پرداخت دیگر در دست بررسی نیست و تصمیمی لازم ندارد.\n',
    });
    const noted = await command(['note', invoiceNumber, 'پیام', ...place]);
    expect(noted.out).toContain('یادداشت ثبت شد');
    const retried = await command(['retry', invoiceNumber, ...place]);
    expect([retried.code, retried.error]).toEqual([2, expect.stringContaining('دستور retry به router')]);
  });

  test('note, and give back with a unit', async () => {
    const { invoiceNumber } = scene.morning.payments.paid;
    const give = [
      'give-back',
      invoiceNumber,
      '--reference',
      '88123',
      '--note',
      'damaged',
      '--by',
      'Sara',
      '--yes',
    ];
    expect((await run('note', invoiceNumber, 'called', 'back', '--by', 'Sara')).code).toBe(0);
    expect(await run(...give)).toMatchObject({
      code: 2,
      error: expect.stringContaining('--tomans') as string,
    });
    expect((await run(...give, '--tomans', '۱۰۰۰')).code).toBe(0);
    expect((await run(...give, '--rials', '12,450,000')).error).toContain('at most 12440000 Rials more');
    const { givenBack, history } = await scene.morning.shop.record(invoiceNumber);
    expect([givenBack, history.at(-2)?.data]).toEqual([10_000, { text: 'called back' }]);
  });

  test('retry needs the shop’s router', async () => {
    const { error } = await run('retry', scene.morning.payments.undelivered.invoiceNumber, '--by', 'Sara');
    expect(error).toContain('--app');
  });
});

test('exports a range for the accountant, give-backs as rows, texts safe from formulas', async () => {
  const { paid } = scene.morning.payments;
  const give = { amount: 450_000, reference: '=1+1', by: 'Sara', text: 'damaged' };
  await scene.morning.shop.atipay.giveBack(paid.invoiceNumber, give);
  const out = join(folder, 'export.csv');
  const range = ['--from', '1405-09-07', '--until', '1405-09-07', '--out', out, '--locale', 'fa'];
  expect((await run('export', ...range)).code).toBe(0);
  const csv = readFileSync(out, 'utf8');
  expect(csv.startsWith('\ufeffنوع,تاریخ,')).toBe(true);
  const rows = csv.trimEnd().split('\r\n');
  expect(rows).toHaveLength(4);
  expect(rows[3]).toContain(
    `بازگشت وجه,1405/09/07,15:30:00,order-paid,-450000,-45000,'${paid.invoiceNumber}`,
  );
  expect(rows[3]).toContain("'=1+1");
});

test('reconciles a file, and names the line that is wrong', async () => {
  const { paid } = scene.morning.payments;
  const report = join(folder, 'report.csv');
  writeFileSync(report, `RRN,Amount,Date\n${paid.rrn},12450000,1405-09-07\n1,2,1405-09-07\n`);
  const out = join(folder, 'lists.csv');
  const { code, out: told } = await run('reconcile', report, '--unit', 'rials', '--out', out);
  expect([code, told]).toEqual([0, expect.stringMatching(/matched +1 +12,450,000 Rials/)]);
  expect(readFileSync(out, 'utf8')).toContain('paid here, not in the report');
  writeFileSync(report, 'RRN,Amount\n1,x\n');
  expect(await run('reconcile', report, '--unit', 'rials')).toMatchObject({
    code: 1,
    error: 'atipay-payments: Line 2: "x" is not an amount.\n',
  });
});

test('checks a store of the shop’s kind in a scratch table, says what it skips, and leaves nothing behind', async () => {
  const { code, out } = await run('check');
  expect([code, out.split('\n')]).toEqual([
    0,
    [
      expect.stringMatching(/^The store keeps the contract: \d+ cases\.$/),
      'Not tried: transactions that the database ends: only with an endTransaction of scratchStore.',
      'Not tried: rows that cannot be read: only with a spoil of scratchStore.',
      '',
    ],
  ]);
  const tables = (await file.knex('sqlite_master').where({ type: 'table' })) as { name: string }[];
  expect(tables.filter(({ name }) => name.startsWith('atipay_check'))).toEqual([]);
});

describe('the command line', () => {
  const WRONG: [args: string[], code: number, error: RegExp][] = [
    [['lst'], 2, /unknown command 'lst'[^]*Did you mean list[^]*--help/],
    [['list', '--stats', 'paid'], 2, /--stats[^]*Did you mean --status/],
    [['list', '--status', 'payed'], 2, /--status[^]*created, pending/],
    [['list', '--from', '2026-02-31'], 2, /--from[^]*1405-09-07/],
    [['list', '--from', '1404-12-30'], 2, /--from/],
    [['list', '--card', '6037991234'], 2, /last four digits/],
    [['list', '--limit', '0'], 2, /1 to 1000/],
    [['show'], 2, /missing required argument/],
    [['resolve', '1', 'refunded', '--note', 'x'], 2, /paid\|failed/],
    [['resolve', '1', 'paid'], 2, /--note/],
    [['sweep'], 2, /atipayRouter\(/],
    [['list', '--database', 'x', '--knexfile', 'y'], 2, /two ways to say the same/],
    [['list'], 2, /Where are the payments\?/],
    [['list', '--database', 'mongodb://u:canary@h/x'], 2, /not kept in mongodb/],
    [['list', '--database', 'postgres:/u:canary@h/x'], 1, /There is no SQLite file of that name/],
    [['list', '--database', 'postgres://u:canary@127.0.0.1:1/x'], 1, /database is not reached/],
    [['list', '--database', '/nowhere/shop.db'], 1, /There is no SQLite file/],
    [['list', '--app', 'nowhere.mjs'], 1, /There is no file/],
  ];
  const outside = process.env['DATABASE_URL'];
  beforeEach(() => delete process.env['DATABASE_URL']);
  afterAll(() => void (process.env['DATABASE_URL'] = outside ?? ''));

  test.each(WRONG)('says what is wrong with %j and ends with %i', async (args, code, error) => {
    const result = await command(args);
    expect([result.code, result.error, result.out]).toEqual([code, expect.stringMatching(error), '']);
    expect(result.error).not.toMatch(/canary|\n +at /);
  });

  test('ends with its exit code, in a separate process', async () => {
    const [fine, wrong] = await Promise.all([
      commandProcess(['list', '--database', file.filename]),
      commandProcess(['lst']),
    ]);
    expect(fine).toMatchObject({ code: 0, error: '', out: expect.stringContaining('order-paid') as string });
    expect(wrong).toMatchObject({ code: 2, out: '' });
  });

  test("sweeps and retries with the shop's hooks, from a module that exports its router", async () => {
    const path = join(folder, 'payments.cjs');
    const { origin, gateway } = scene.morning.shop;
    const place = { filename: file.filename, publicUrl: `${origin}/payment`, gatewayUrl: gateway.url };
    writeFileSync(path, shopModule({ ...place, apiKey: 'key' }));
    const { invoiceNumber } = scene.morning.payments.undelivered;
    const retried = await commandProcess(['retry', invoiceNumber, '--by', 'Sara', '--app', path]);
    expect(retried).toMatchObject({ code: 0 });
    expect((await scene.morning.shop.record(invoiceNumber)).hookDeliveredAt).not.toBeNull();
    const swept = await commandProcess(['sweep', '--app', path]);
    expect(swept).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Payments that were due: \d/) as string,
    });
  });
});
