import { readCommand } from '../../lib/desk/arguments';

const PLACES = ['--database', 'd', '--knexfile', 'k', '--env', 'e', '--table', 't', '--schema', 's'];
const PLACE = { database: 'd', knexfile: 'k', env: 'e', table: 't', schema: 's', account: 'a' };
const FILTERS = ['--order', 'o', '--reference', 'r', '--trace', '1', '--card', '1234'];
const NO_FILTER = {
  account: undefined,
  orderId: undefined,
  referenceNumber: undefined,
  traceNumber: undefined,
};
const RESOLVED = { name: 'resolve', place: {}, invoiceNumber: '7', outcome: 'paid', note: 'x' };
const ALWAYS = { from: undefined, before: undefined };
const AT_ALL = { ...NO_FILTER, statuses: undefined, cardEnd: undefined, begun: ALWAYS };

test.each<[words: string[], command: object]>([
  [[], { name: 'help', json: false }],
  [['help'], { name: 'help', json: false }],
  [['-h'], { name: 'help', json: false }],
  [['--help'], { name: 'help', json: false }],
  [['--version'], { name: 'version', json: false }],
  [['sweep', '--help', '--json'], { name: 'help', json: true }],
  [['resolve', '--version'], { name: 'version', json: false }],
  [['show', ' 12 '], { name: 'show', json: false, place: {}, key: '12' }],
  [
    ['show', '12', ...PLACES, '--account', 'a', '--json'],
    { name: 'show', json: true, place: PLACE, key: '12' },
  ],
  [['list'], { name: 'list', json: false, place: {}, filter: { ...AT_ALL, limit: 20 } }],
  [
    ['list', ...PLACES, ...FILTERS, '--account', 'a', '--limit', '1', '--status', 'paid, review'],
    {
      name: 'list',
      json: false,
      place: PLACE,
      filter: {
        account: 'a',
        orderId: 'o',
        referenceNumber: 'r',
        traceNumber: '1',
        cardEnd: '1234',
        statuses: ['paid', 'review'],
        begun: ALWAYS,
        limit: 1,
      },
    },
  ],
  [
    ['list', '--status', 'created,pending,received,verifying,failed', '--limit', '10000'],
    {
      name: 'list',
      json: false,
      place: {},
      filter: {
        ...AT_ALL,
        statuses: ['created', 'pending', 'received', 'verifying', 'failed'],
        limit: 10_000,
      },
    },
  ],
  [['resolve', '7', 'paid', '--note', ' x '], { ...RESOLVED, json: false, by: undefined, yes: false }],
  [
    ['resolve', '7', 'failed', '--note', 'x', '--by', 'Sara', '--yes', '--json', '--table', 't'],
    { ...RESOLVED, place: { table: 't' }, outcome: 'failed', json: true, by: 'Sara', yes: true },
  ],
  [['sweep'], { name: 'sweep', json: false, config: undefined }],
  [['sweep', '--config', 'c.js', '--json'], { name: 'sweep', json: true, config: 'c.js' }],
])('%j is understood', (words, command) => {
  expect(readCommand(words)).toEqual(command);
});

// Dates are Tehran's.
test.each([
  [['--since', '2026-02-28'], { from: Date.UTC(2026, 1, 27, 20, 30) }],
  [['--until', '2026-02-28'], { before: Date.UTC(2026, 1, 28, 20, 30) }],
  [['--since', '2026-12-31T23:59'], { from: Date.UTC(2026, 11, 31, 20, 29) }],
  [['--until', '2026-12-31 23:59'], { before: Date.UTC(2026, 11, 31, 20, 29) }],
])('%j is a time', (words, begun) => {
  expect(readCommand(['list', ...words])).toMatchObject({ filter: { begun } });
});

const SHOW = 'Write: atipay-payments show <number>';
const USAGE = 'atipay-payments resolve <invoice> paid|failed --note "who said what"';
const time = (option: string, value: string): string =>
  `${option} takes a date such as 2026-01-31 or 2026-01-31T14:30, not "${value}".`;
const limit = (value: string): string => `--limit takes a whole number from 1 to 10000, not "${value}".`;
const CARD = '--card takes the last four digits of the card, nothing more.';
const STATUSES = 'created, pending, received, verifying, paid, failed, review';

test.each<[words: string[], message: string]>([
  [['lst'], '"lst" is not a command: show, list, resolve or sweep.'],
  [['toString'], '"toString" is not a command: show, list, resolve or sweep.'],
  [['show'], SHOW],
  [['show', ' '], SHOW],
  [['show', '1', '2'], SHOW],
  [['list', '1234'], 'list takes no "1234": did you mean show?'],
  [['list', '--status', 'paid,payed'], `--status takes ${STATUSES}, not "payed".`],
  [['list', '--card', '12345'], CARD],
  [['list', '--card', 'x1234'], CARD],
  [['list', '--since', '2026-02-31'], time('--since', '2026-02-31')],
  [['list', '--since', '2026-13-01'], time('--since', '2026-13-01')],
  [['list', '--since', '2026-01-01T25:00'], time('--since', '2026-01-01T25:00')],
  [['list', '--since', '2026-1-1'], time('--since', '2026-1-1')],
  [['list', '--since', '2026-01-01T1:00'], time('--since', '2026-01-01T1:00')],
  [['list', '--until', '2026-01-01T10:00:00'], time('--until', '2026-01-01T10:00:00')],
  [['list', '--until', 'x2026-01-01'], time('--until', 'x2026-01-01')],
  [['list', '--until', ''], time('--until', '')],
  [['list', '--limit', '0'], limit('0')],
  [['list', '--limit', '10001'], limit('10001')],
  [['list', '--limit', '1.5'], limit('1.5')],
  [['resolve'], `Write: ${USAGE}`],
  [['resolve', '7'], `Write: ${USAGE}`],
  [['resolve', '7', 'refunded', '--note', 'x'], `Write: ${USAGE}`],
  [['resolve', '7', 'paid', 'now', '--note', 'x'], `Write: ${USAGE}`],
  [['resolve', '7', 'paid'], `A note is needed that says why: it stays with the payment. Write: ${USAGE}`],
  [
    ['resolve', '7', 'paid', '--note', ' '],
    `A note is needed that says why: it stays with the payment. Write: ${USAGE}`,
  ],
  [['sweep', 'all'], 'sweep takes --config <file> alone.'],
])('%j is misunderstood, and what to write instead is said', (words, message) => {
  expect(() => readCommand(words)).toThrow(expect.objectContaining({ message, exitCode: 2 }) as Error);
});

test('an option that a command does not have is refused', () => {
  for (const [command = '', option = ''] of [
    ['show', '--order=1'],
    ['list', '--note=1'],
    ['resolve', '--limit=1'],
    ['sweep', '--database=x'],
    ['show', '--yes'],
  ]) {
    expect(() => readCommand([command, option])).toThrow(`Unknown option '${option.replace(/=.*/, '')}'`);
  }
});
