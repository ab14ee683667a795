import {
  daysLater,
  dayText,
  gregorianDate,
  hourOf,
  jalaliDate,
  jalaliDay,
  momentText,
  parseWhen,
  startOfDay,
} from '../../lib/operator/dates';

const iso = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();
const NOW = Date.UTC(2026, 10, 28, 12);

describe('days in Tehran', () => {
  test.each([
    [1405, 9, 7, '2026-11-27T20:30:00.000Z'],
    [1403, 12, 30, '2025-03-19T20:30:00.000Z'],
    [1404, 1, 1, '2025-03-20T20:30:00.000Z'],
    [1400, 1, 1, '2021-03-20T20:30:00.000Z'],
    [1399, 6, 31, '2020-09-20T20:30:00.000Z'],
    [1357, 11, 22, '1979-02-10T20:30:00.000Z'],
  ])('%i-%i-%i of the Persian calendar begins at %s', (year, month, day, moment) => {
    expect(iso(jalaliDate({ year, month, day }))).toBe(moment);
  });

  test.each([
    [1404, 12, 30],
    [1405, 7, 31],
    [1405, 13, 1],
    [1405, 0, 1],
    [1405, 1, 32],
  ])('%i-%i-%i does not exist', (year, month, day) => {
    expect(jalaliDate({ year, month, day })).toBeUndefined();
  });

  test('reads every day of five years back as it was written', () => {
    const first = jalaliDate({ year: 1401, month: 1, day: 1 }) ?? NaN;
    for (let day = 0; day < 5 * 365; day += 1) {
      const at = daysLater(first, day);
      expect(jalaliDate(jalaliDay(at))).toBe(at);
    }
  });

  test('begins a day at midnight, also on days when clocks were changed', () => {
    const summer = Date.UTC(2021, 2, 21, 12);
    expect(iso(startOfDay(summer))).toBe('2021-03-20T20:30:00.000Z');
    expect(iso(daysLater(summer, 1))).toBe('2021-03-21T20:30:00.000Z');
    expect(iso(daysLater(summer, 2))).toBe('2021-03-22T19:30:00.000Z');
    expect(iso(gregorianDate({ year: 2026, month: 2, day: 30 }))).toBeUndefined();
  });

  test('shows days and times in the calendar and digits of the reader', () => {
    expect(momentText(NOW, 'fa', true)).toBe('۱۴۰۵/۰۹/۰۷ ۱۵:۳۰:۰۰');
    expect(momentText(NOW, 'en')).toBe('2026-11-28 15:30');
    expect(dayText(Date.UTC(2026, 10, 28, 21), 'en')).toBe('2026-11-29');
    expect(hourOf(NOW)).toBe(15);
  });
});

describe('parseWhen', () => {
  test.each([
    ['1405-09-07', '2026-11-27T20:30:00.000Z', '2026-11-28T20:30:00.000Z'],
    ['۱۴۰۵/۹/۷', '2026-11-27T20:30:00.000Z', '2026-11-28T20:30:00.000Z'],
    ['2026-11-28', '2026-11-27T20:30:00.000Z', '2026-11-28T20:30:00.000Z'],
    ['1405.09.07 14:30', '2026-11-28T11:00:00.000Z', '2026-11-28T11:01:00.000Z'],
    ['2026-11-28T14:30:05', '2026-11-28T11:00:05.000Z', '2026-11-28T11:00:06.000Z'],
    [' امروز ', '2026-11-27T20:30:00.000Z', '2026-11-28T20:30:00.000Z'],
    ['yesterday 18:00', '2026-11-27T14:30:00.000Z', '2026-11-27T14:31:00.000Z'],
    ['دیروز ۱۸:۰۰', '2026-11-27T14:30:00.000Z', '2026-11-27T14:31:00.000Z'],
    ['yesterday', '2026-11-26T20:30:00.000Z', '2026-11-27T20:30:00.000Z'],
  ])('reads %s', (text, from, before) => {
    const when = parseWhen(text, NOW);
    expect([iso(when?.from), iso(when?.before)]).toEqual([from, before]);
  });

  test.each([
    '',
    '05-09-07',
    '1404-12-30',
    '2026-02-31',
    '1605-01-01',
    '1405-09-07 25:00',
    'yesterday 25:00',
    '18:00',
    '1405-09',
    'soon',
  ])('does not read "%s"', (text) => {
    expect(parseWhen(text, NOW)).toBeUndefined();
  });
});
