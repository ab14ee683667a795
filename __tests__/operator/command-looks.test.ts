import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import { sqliteFile } from '../support/databases';
import { command, type CommandResult } from '../support/desk';
import { aMorning } from '../support/morning';
import { anOrder, MINUTE } from '../support/shop';

const file = sqliteFile();
const folder = mkdtempSync(join(tmpdir(), 'atipay-looks-'));
const run = (...args: string[]): Promise<CommandResult> => command([...args, '--database', file.filename]);
const json = async (...args: string[]): Promise<unknown> =>
  JSON.parse((await run(...args, '--json')).out) as unknown;
const aShop = (): ReturnType<typeof aMorning> => aMorning(new KnexPaymentStore(file.knex));

beforeAll(() => createPaymentsTable(file.knex));
beforeEach(() => file.knex('atipay_payments').delete());
afterAll(async () => {
  await file.remove();
  rmSync(folder, { recursive: true });
});

describe('a shop without payments', () => {
  test.each([
    [['attention'], 'Nothing needs you.\n'],
    [['list'], 'No payments match.\n'],
  ])('%j says so', async (args, out) => {
    expect(await run(...args)).toEqual({ code: 0, out, error: '' });
  });

  test.each([['find'], ['show']])('%s ends with 1 and names the text that it looked for', async (name) => {
    expect(await run(name, '09121234567')).toMatchObject({
      ...{ code: 1, out: '' },
      error: expect.stringMatching(/Nothing was found\. Looked for: .*09121234567/) as string,
    });
  });

  test('has a day without hours, reasons or a conversion', async () => {
    const { code, out } = await run('today');
    expect(code).toBe(0);
    expect(out).toMatch(/paid of those started +- +- +-\n/);
    expect(out).toContain('\n  -\n');
  });

  test('has a table in a schema, too', async () => {
    expect((await run('list', '--schema', 'main')).code).toBe(0);
    expect((await run('list', '--schema', 'elsewhere')).code).toBe(1);
  });
});

test('attention tells of payments in a row, which are no payment of their own', async () => {
  const { shop } = await aShop();
  for (let count = 0; count < 6; count += 1) {
    shop.now += MINUTE;
    await shop.started();
  }
  shop.now += 11 * MINUTE;
  // The command's clock is the machine's, and looks at the last day: the payments are moved there.
  const later = Date.now() - shop.now;
  await file.knex('atipay_payments').update({ created_at: file.knex.raw('created_at + ?', [later]) });
  const [first] = (await json('attention')) as Record<string, unknown>[];
  expect(first).toMatchObject({ kind: 'noCallbacks', count: 7, what: expect.any(String) as string });
  expect(first).not.toHaveProperty('payment');
  expect((await run('attention')).out).toContain('7 payments in a row');
});

describe('show', () => {
  test('lists the other payments of the order, and names the one that holds it', async () => {
    const { shop, payments } = await aShop();
    const { cancelled } = payments;
    const second = await shop.started(anOrder({ orderId: cancelled.orderId, amount: cancelled.amount }));
    await shop.comesBack(second, { referenceNumber: shop.gateway.receipt(second.invoiceNumber) });
    const first = await run('show', cancelled.invoiceNumber);
    expect(first.out.replace(/\s+/g, ' ')).toContain(`held by payment ${second.invoiceNumber} (paid).`);
    expect(first.out).toContain('Other payments of the order');
    const both = (await json('show', cancelled.orderId)) as Record<string, Record<string, unknown>[]>;
    expect(both['payment']).toMatchObject({ invoiceNumber: second.invoiceNumber });
    expect(both['others']).toMatchObject([{ invoiceNumber: cancelled.invoiceNumber }]);
  });

  test('names no holder where no payment holds the order', async () => {
    const { shop, payments } = await aShop();
    const { cancelled } = payments;
    await shop.started(anOrder({ orderId: cancelled.orderId, amount: cancelled.amount }));
    const { out } = await run('show', cancelled.invoiceNumber);
    expect(out).toContain('Other payments of the order');
    expect(out).not.toContain('held by');
  });

  test('lists the payments of a text that fits several orders', async () => {
    await aShop();
    const text = await run('show', '09121234567');
    expect([text.code, text.out]).toEqual([0, expect.stringMatching(/order-paid[^]*order-timed-out/)]);
    expect(await json('show', '09121234567')).toMatchObject({
      guesses: expect.arrayContaining([{ kind: 'cellNumber', value: '09121234567' }]) as unknown[],
      payments: expect.arrayContaining([]) as unknown[],
    });
  });
});

describe('reconcile', () => {
  const report = (lines: string): string => {
    const path = join(folder, 'report.csv');
    writeFileSync(path, lines);
    return path;
  };

  test('shows sums that differ, reversals and lines without a day, and asks for dates', async () => {
    const { payments } = await aShop();
    const lines = `RRN,Amount (Tomans)\n${payments.paid.rrn},1245000\n777777777777,500\n777777777778,-500\n`;
    const { code, out } = await run('reconcile', report(lines));
    expect(code).toBe(0);
    expect(out).toContain('The report has no dates');
    expect(out).toMatch(/matched +1 +12,450,000 Rials/);
    expect(out).toContain('1 × 5,000 Rials (500 Tomans) of reversals');
    expect(out).toMatch(/\n- +- +.*▲/);
  });

  test('compares a period, with columns by their names, as JSON', async () => {
    const { payments } = await aShop();
    const { rrn, invoiceNumber, orderId } = payments.paid;
    const args = ['--map', 'rrn=Ref', '--map', 'amount=Sum', '--unit', 'tomans'];
    const period = ['--from', '1405-09-07', '--until', '1405-09-07'];
    const path = report(`Ref,Sum\n${rrn},1245000\n`);
    const result = (await json('reconcile', path, ...args, ...period)) as Record<string, unknown>;
    expect(result).toMatchObject({
      lists: {
        matched: { count: 1, amount: 12_450_000, lines: [{ invoiceNumber, orderId, status: 'paid' }] },
        notInReport: { count: 1 },
      },
    });
  });

  test.each([
    [['--from', '1405-09-07'], 2, 'Give both --from and --until.'],
    [['--until', '1405-09-07'], 2, 'Give both --from and --until.'],
  ])('with %j alone ends with %i', async (args, code, error) => {
    const result = await run('reconcile', report('RRN,Amount (Rials)\n1,2\n'), ...args);
    expect(result).toMatchObject({ code, error: expect.stringContaining(error) as string });
  });

  test('names a file that is not there', async () => {
    expect(await run('reconcile', '/nowhere.csv')).toMatchObject({
      ...{ code: 1, out: '' },
      error: 'atipay-payments: There is no file /nowhere.csv.\n',
    });
  });
});

test('exports to the standard output', async () => {
  await aShop();
  const { code, out } = await run('export', '--from', '1405-09-07', '--until', '1405-09-07');
  expect([code, out]).toEqual([0, expect.stringMatching(/^\ufeffkind,[^]*order-paid/)]);
});
