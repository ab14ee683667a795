import { columns, duration, localTime, moment, money, plain } from '../../lib/desk/wording';

test('words of others cannot take over the terminal, and Persian stays as it is written', () => {
  expect(plain('\u001b[2Jزعفران، نیم\u200cمثقال\n\u202Eabc')).toBe(' [2Jزعفران، نیم\u200cمثقال abc');
  const marks = ['\u0000', '\u007f', '\u009b', '\u202a', '\u202e', '\u2066', '\u2069', '\u200e', '\u200f'];
  for (const mark of marks) expect(plain(`a${mark}${mark}b`)).toBe('a b');
});

test('money is told in Rials and Tomans', () => {
  expect([0, 10, 1_250_005].map(money)).toEqual([
    '0 Rials (0 Tomans)',
    '10 Rials (1 Tomans)',
    '1,250,005 Rials (125,000.5 Tomans)',
  ]);
});

test.each([
  [499, '0 s'],
  [1_500, '2 s'],
  [119_000, '119 s'],
  [120_000, '2 min'],
  [7_199_000, '120 min'],
  [7_200_000, '2 h'],
  [172_799_000, '48 h'],
  [172_800_000, '2 days'],
  [300_000_000, '3 days'],
])('%d ms are told as %s', (ms, told) => {
  expect(duration(ms)).toBe(told);
});

describe('a moment', () => {
  // Half past one in the night in Tehran, the next day.
  const at = Date.UTC(2026, 1, 2, 22, 4, 5, 678);
  afterEach(() => jest.restoreAllMocks());

  test('is told in local time, each part in two digits', () => {
    expect(localTime(at)).toBe('2026-02-03 01:34:05');
    expect(localTime(Date.UTC(2026, 10, 12, 13, 14, 15))).toBe('2026-11-12 16:44:15');
  });

  test.each([
    [-210, '+03:30'],
    [0, '+00:00'],
    [210, '-03:30'],
    [-765, '+12:45'],
  ])('and in UTC, with the distance of %d minutes', (minutes, offset) => {
    jest.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(minutes);
    expect(moment(at)).toBe(`2026-02-03 01:34:05 ${offset} (2026-02-02T22:04:05Z)`);
  });
});

test('columns are as wide as what stands in them, and the last is not padded', () => {
  expect(columns([['a', 'bb'], ['ccc'], ['', 'd']])).toEqual(['a    bb', 'ccc', '     d']);
  expect(columns([['a', 'b', 'c'], ['d']])).toEqual(['a  b  c', 'd']);
  expect(columns([['a ', 'b ']])).toEqual(['a   b']);
  expect(columns([])).toEqual([]);
});

test('what has no width on a terminal takes no room in a column', () => {
  const rows = [
    ['می\u200cشود', 'x'],
    ['e\u0301', 'y'],
    ['abcd', 'z'],
    ['abcd', 'z', 'beyond the first row'],
  ];
  expect(columns(rows)).toEqual([
    'می\u200cشود  x',
    'e\u0301      y',
    'abcd   z',
    'abcd   z  beyond the first row',
  ]);
});
