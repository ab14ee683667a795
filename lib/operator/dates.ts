import { latinDigits } from '../core/iran';
import type { Locale } from '../texts';

/** Staff of shops in Iran read and write this time; each page and each output says so once. */
const ZONE = 'Asia/Tehran';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A day without a time; `month` and `day` count from 1. */
export interface CalendarDay {
  year: number;
  month: number;
  day: number;
}

const numbers = { year: 'numeric', month: 'numeric', day: 'numeric', timeZone: ZONE } as const;
const clock = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
const JALALI = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', numbers);
const GREGORIAN = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', { ...numbers, ...clock });

type Part = Intl.DateTimeFormatPartTypes;

function partsOf(format: Intl.DateTimeFormat, at: number): (part: Part) => number {
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return (part) => parts.get(part) ?? 0;
}

/** The day in the Persian calendar, in Tehran. */
export function jalaliDay(at: number): CalendarDay {
  const part = partsOf(JALALI, at);
  return { year: part('year'), month: part('month'), day: part('day') };
}

/** How far Tehran's clocks are ahead of UTC. */
function offsetAt(at: number): number {
  const part = partsOf(GREGORIAN, at);
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(at / 1_000) * 1_000;
}

/** The moment at which Tehran's clocks show this; `wall` is that time as if it were UTC. */
function moment(wall: number): number {
  const guess = wall - offsetAt(wall);
  return wall - offsetAt(guess);
}

/** The first moment of a day in Tehran. */
export function startOfDay(at: number): number {
  const wall = at + offsetAt(at);
  return moment(wall - (wall % DAY));
}

/** The first moment of the day that is so many days later; negative: earlier. */
export const daysLater = (at: number, days: number): number => {
  const wall = at + offsetAt(at);
  return moment(wall - (wall % DAY) + days * DAY);
};

/** A day in Tehran as its first moment; undefined for a day that does not exist. */
export function gregorianDate({ year, month, day }: CalendarDay): number | undefined {
  const wall = Date.UTC(year, month - 1, day);
  const date = new Date(wall);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? moment(wall) : undefined;
}

/** The Persian year 1 began in AD 622: close enough to start from, and then corrected by the calendar itself. */
const JALALI_EPOCH = Date.UTC(622, 2, 21);
const YEAR_DAYS = 365.2422;

/** A day of the Persian calendar in Tehran as its first moment; undefined for a day that does not exist. */
export function jalaliDate(wanted: CalendarDay): number | undefined {
  const { year, month, day } = wanted;
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const sinceNewYear = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  let wall = JALALI_EPOCH + Math.round((year - 1) * YEAR_DAYS + sinceNewYear + day - 1) * DAY;
  for (let tries = 0; tries < 4; tries++) {
    const found = jalaliDay(moment(wall));
    if (found.year === year && found.month === month && found.day === day) return moment(wall);
    wall += (ordinal(wanted, found) || direction(wanted, found)) * DAY;
  }
  return undefined;
}

/** Days from one day to another that is a few days away. */
const ordinal = (to: CalendarDay, from: CalendarDay): number =>
  (to.year - from.year) * 365 + lengthUntil(to) - lengthUntil(from);

/** Where a leap day makes two different days look alike. */
const direction = (to: CalendarDay, from: CalendarDay): number =>
  (to.year - from.year || to.month - from.month) > 0 ? 1 : -1;

const lengthUntil = ({ month, day }: CalendarDay): number =>
  (month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30) + day;

const two = (value: number): string => String(value).padStart(2, '0');

/** Latin digits as Persian ones. */
export const persianDigits = (text: string): string =>
  text.replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));

/** A day as staff read it: `۱۴۰۵/۰۹/۰۷` in Persian, `2026-11-28` in English. */
export function dayText(at: number, locale: Locale): string {
  if (locale === 'fa') {
    const { year, month, day } = jalaliDay(at);
    return persianDigits(`${year}/${two(month)}/${two(day)}`);
  }
  const part = partsOf(GREGORIAN, at);
  return `${part('year')}-${two(part('month'))}-${two(part('day'))}`;
}

/** A time of day, with seconds where they matter. */
export function timeText(at: number, locale: Locale, seconds = false): string {
  const part = partsOf(GREGORIAN, at);
  const text = `${two(part('hour'))}:${two(part('minute'))}${seconds ? `:${two(part('second'))}` : ''}`;
  return locale === 'fa' ? persianDigits(text) : text;
}

/** Day and time. */
export const momentText = (at: number, locale: Locale, seconds = false): string =>
  `${dayText(at, locale)} ${timeText(at, locale, seconds)}`;

/** The hour of the day in Tehran, 0 to 23. */
export const hourOf = (at: number): number => partsOf(GREGORIAN, at)('hour');

/** A time that staff wrote: the first moment of the named period and its end. */
export interface When {
  from: number;
  before: number;
}

const WHEN = /^(\S+?)(?:(?:T|\s+)(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/i;
const DATE = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const DAYS: Readonly<Record<string, number>> = { today: 0, امروز: 0, yesterday: -1, دیروز: -1 };

/**
 * Reads a day (`1405-09-07`, `2026/11/28`, `today`, `دیروز`) or a minute of it (`1405-09-07 14:30`, `yesterday 18:00`) in
 * Tehran's time. Years from 1300 to 1499 are of the Persian calendar, from 1900 on of the Gregorian one; any other text is
 * undefined.
 */
export function parseWhen(text: string, now: number): When | undefined {
  const plain = latinDigits(text)
    .replace(/\p{Cf}/gu, '')
    .trim();
  const [, day = '', hour, minute, second] = WHEN.exec(plain) ?? [];
  const start = dayOf(day, now);
  if (start === undefined) return undefined;
  if (hour === undefined) return { from: start, before: daysLater(start, 1) };
  return within(start, Number(hour), Number(minute), second);
}

function dayOf(text: string, now: number): number | undefined {
  const shift = DAYS[text.toLowerCase()];
  if (shift !== undefined) return daysLater(now, shift);
  const [, year, month, day] = DATE.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  return dateOf({ year, month, day });
}

/** A report holds many rows of few days. */
const KNOWN_DAYS = new Map<string, number | undefined>();
const MOST_KNOWN = 2_000;

function dateOf(date: CalendarDay): number | undefined {
  const key = `${date.year}-${date.month}-${date.day}`;
  if (!KNOWN_DAYS.has(key)) {
    if (KNOWN_DAYS.size >= MOST_KNOWN) KNOWN_DAYS.clear();
    KNOWN_DAYS.set(key, lookUpDate(date));
  }
  return KNOWN_DAYS.get(key);
}

function lookUpDate(date: CalendarDay): number | undefined {
  if (date.year >= 1_300 && date.year < 1_500) return jalaliDate(date);
  return date.year >= 1_900 && date.year < 2_200 ? gregorianDate(date) : undefined;
}

function within(start: number, hour: number, minute: number, second: string | undefined): When | undefined {
  if (hour > 23 || minute > 59 || Number(second ?? 0) > 59) return undefined;
  const from = start + hour * HOUR + minute * MINUTE + Number(second ?? 0) * 1_000;
  return { from, before: from + (second === undefined ? MINUTE : 1_000) };
}
