import { PassThrough } from 'node:stream';
import { HELP } from '../../lib/desk/help';
import { run } from '../../lib/desk/run';
import { Scene } from '../../lib/stores/contract/scene';
import { createPaymentsTable, KnexPaymentStore } from 'express-atipay/stores/knex';
import { sqliteFile } from '../support/databases';
import { desk } from '../support/desk';
import { version } from '../../package.json';

const { knex, filename, remove } = sqliteFile();
beforeAll(async () => {
  await createPaymentsTable(knex);
  await new Scene(new KnexPaymentStore(knex)).given({ orderId: '1234', status: 'review' });
});
afterAll(remove);

const PLACE = ['--database', filename];

/** What a terminal that can do it is given. */
async function bold(...args: string[]): Promise<string> {
  const terminal = { input: new PassThrough(), output: new PassThrough() };
  return (await run(args, terminal, true)).out;
}

const BOLD = '\u001b[1m';
const NO_LONGER = '\u001b[22m';

test.each([
  ['show', '1234', /^Order 1234: Unknown: /],
  ['list', '--limit=2', /^begun +invoice/],
])('the first line of %s stands out on a terminal that can do it', async (command, word, expected) => {
  const args = [command, word, ...PLACE];
  const { out } = await desk(args);
  const [first = '', ...rest] = out.split('\n');
  expect(first).toMatch(expected);
  expect(await bold(...args)).toBe([`${BOLD}${first}${NO_LONGER}`, ...rest].join('\n'));
});

test.each([
  [['show', '1234', ...PLACE, '--json']],
  [['list', ...PLACE, '--json']],
  [['--help']],
  [['--version']],
])('nothing stands out in the answer to %j', async (args) => {
  const { out } = await desk(args);
  expect(out).not.toBe('');
  expect(await bold(...args)).toBe(out);
});

test('the options and the version are told, with or without a command', async () => {
  const help = { code: 0, out: `${HELP}\n`, error: '' };
  expect(HELP).toMatch(/^Usage: atipay-payments <command>[^]* --database <url> /);
  for (const args of [[], ['--help'], ['list', '--help']]) expect(await desk(args)).toEqual(help);
  const told = { code: 0, out: `${version}\n`, error: '' };
  for (const args of [['--version'], ['show', '--version']]) expect(await desk(args)).toEqual(told);
});

test('a decision is made with the time of the machine', async () => {
  const store = new KnexPaymentStore(knex);
  const { invoiceNumber } = await new Scene(store).given({ status: 'review' });
  const before = Date.now();
  const args = ['resolve', invoiceNumber, 'paid', '--note', 'seen', '--by', 'Sara', '--yes', ...PLACE];
  expect(await desk(args)).toMatchObject({ code: 0, error: '' });
  expect((await store.find(invoiceNumber))?.updatedAt).toBeGreaterThanOrEqual(before);
});

test.each<[args: string[], code: number, error: unknown]>([
  [
    ['lst'],
    2,
    'atipay-payments: "lst" is not a command: show, list, resolve or sweep.\nTry atipay-payments --help.\n',
  ],
  [['show', 'x', ...PLACE], 1, 'atipay-payments: No order, invoice or receipt x is known.\n'],
  [
    ['list', '--limit', '1', '--table', 'a b', ...PLACE],
    1,
    expect.stringMatching(/^atipay-payments: tableName is "a b"[^\n]*\n$/),
  ],
])('%j ends with %d and what is wrong', async (args, code, error) => {
  expect(await desk(args)).toEqual({ code, out: '', error });
});
