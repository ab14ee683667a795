import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import type { Locale } from 'express-atipay';
import { makeProgram } from '../../lib/operator/cli/program';
import { command, type CommandResult } from '../support/desk';

const PERSIAN = /[\u0600-\u06FF]/;
const terminal = { input: new PassThrough(), out: new PassThrough(), error: new PassThrough() };

/** Every description of the help, by its command and option. */
function descriptions(locale: Locale): Map<string, string> {
  const program = makeProgram(terminal, () => undefined, locale);
  const ofCommand = (each: Command): [string, string][] => [
    [each.name(), each.description()],
    ...each
      .createHelp()
      .visibleOptions(each)
      .map(({ flags, description }): [string, string] => [`${each.name()} ${flags}`, description]),
  ];
  return new Map([program, ...program.commands].flatMap(ofCommand));
}

test('each command and each option has a text in both languages', () => {
  const [en, fa] = [descriptions('en'), descriptions('fa')];
  expect([...fa.keys()]).toEqual([...en.keys()]);
  expect(en.size).toBeGreaterThan(150);
  expect([...en].filter(([, text]) => text === '' || PERSIAN.test(text))).toEqual([]);
  expect([...fa].filter(([, text]) => !PERSIAN.test(text))).toEqual([]);
});

test('Persian texts join words with half-spaces, and spell the ezafe in one way', () => {
  const texts = [...descriptions('fa')];
  const untidy = /(^|\s)(ن?می|بی) |\s(ها|های|ای|اند)(\s|$)|هٔ|ۀ|[يكة]| {2}|\s[.،؛:]/;
  expect(texts.filter(([, text]) => untidy.test(text))).toEqual([]);
});

const HELPS = [
  ['--locale', 'fa', '--help'],
  ['--locale=fa'],
  ['list', '--locale', 'fa', '--help'],
  ['help', 'list'],
];

test.each(HELPS.map((args) => [args]))('%j is a help that fits a terminal', async (args) => {
  const { code, out, error } = await command(args);
  expect([code, error]).toEqual([0, '']);
  expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
  const english = ['Usage:', 'Options:', 'Commands:', 'Arguments:', '(default:', '(choices:', 'display help'];
  expect(english.filter((words) => out.includes(words) && args.join().includes('fa'))).toEqual([]);
});

describe('errors in Persian', () => {
  const WRONG: [args: string[], named: string[]][] = [
    [['lst'], ['lst', 'list']],
    [
      ['list', '--stats', 'paid'],
      ['--stats', '--status'],
    ],
    [
      ['list', '--status', 'payed'],
      ['--status', 'payed', 'created'],
    ],
    [
      ['list', '--from', '2026-02-31'],
      ['--from', '۱۴۰۵/۰۹/۰۷'],
    ],
    [['list', '--card', '6037991234'], ['--card']],
    [
      ['list', '--limit', '0'],
      ['--limit', '1000'],
    ],
    [['list', '--limit'], ['--limit']],
    [['list', 'x'], []],
    [['show'], ['text']],
    [['resolve', '1', 'refunded', '--note', 'x'], ['failed']],
    [['resolve', '1', 'paid'], ['--note']],
    [['give-back', '1', '--reference', '1', '--note', 'x'], ['--tomans']],
    [['give-back', '1', '--rials', '-5', '--reference', '1', '--note', 'x'], ['--rials']],
    [
      ['reconcile', 'x.csv', '--unit', 'euros'],
      ['--unit', 'euros', 'tomans'],
    ],
    [
      ['reconcile', 'x.csv', '--map', 'x'],
      ['--map', 'amount'],
    ],
    [['reconcile', 'x.csv', '--from', 'today', '--database', ':memory:'], []],
    [['export', '--from', 'today'], ['--until']],
    [['sweep'], ['sweep', 'atipayRouter(']],
    [['list', '--database', 'x', '--knexfile', 'y'], ['--knexfile']],
    [['list', '--app', 'x', '--database', 'y'], ['--app']],
    [['list'], ['DATABASE_URL']],
    [['list', '--database', 'mongodb://u:canary@h/x'], ['mongodb']],
    [['list', '--database', 'postgres:/u:canary@h/x'], ['SQLite']],
    [['list', '--database', 'postgres://u:canary@127.0.0.1:1/x'], []],
    [['list', '--database', '/nowhere/shop.db'], ['/nowhere/shop.db']],
    [['list', '--app', 'nowhere.mjs'], ['nowhere.mjs']],
    [['list', '--app', __filename], []],
  ];
  const outside = process.env['DATABASE_URL'];
  beforeEach(() => delete process.env['DATABASE_URL']);
  afterAll(() => void (process.env['DATABASE_URL'] = outside ?? ''));

  const wrong = (args: readonly string[], locale: Locale): Promise<CommandResult> =>
    command([...args, `--locale=${locale}`]);

  test.each(WRONG)('%j names %j', async (args, named) => {
    const [en, fa] = [await wrong(args, 'en'), await wrong(args, 'fa')];
    expect([fa.code, fa.out]).toEqual([en.code, '']);
    const [, said = ''] = /^atipay-payments: ([^]*)$/.exec(fa.error) ?? [];
    expect(said).toMatch(PERSIAN);
    expect(named.filter((name) => !said.includes(name))).toEqual([]);
    expect(said).not.toMatch(/canary|\n +at |error:|Did you mean|It takes|Allowed|Try /);
  });
});
