import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { dayText } from '../../dates';
import { exportPayments, type ExportRange } from '../../export';
import type { Operator } from '../../operator';
import { reasonText } from '../../texts/reasons';
import { statusText } from '../../texts/statuses';
import { EVERY } from '../../../core/statuses';
import { today, type DayFigures } from '../../today';
import { count, digits, rials } from '../../words';
import { label } from '../../labels';
import { writtenText } from '../../texts/reports';
import { columns, jsonText, type Terminal } from '../terminal';

/** `today`: the figures of a day beside those of the day before and of the week before. */
export async function showToday(operator: Operator, at: number, json: boolean): Promise<string[]> {
  const { locale } = operator;
  const figures = await today(operator, at);
  if (json) return [jsonText(figures)];
  const { day, yesterday, lastWeek } = figures;
  const days = [day, yesterday, lastWeek];
  const row = (name: string, cell: (day: DayFigures) => string): string[] => [name, ...days.map(cell)];
  const percent = ({ conversion }: DayFigures): string =>
    conversion === null
      ? '-'
      : `${count(Math.round(conversion * 100), locale)}${locale === 'fa' ? '٪' : '%'}`;
  return [
    ...columns([
      row(label('day', locale), ({ from }) => dayText(from, locale)),
      row(label('confirmed', locale), ({ confirmed }) => count(confirmed.count, locale)),
      row('', ({ confirmed }) => rials(confirmed.amount, locale)),
      row(label('givenBack', locale), ({ givenBack }) => rials(givenBack, locale)),
      row(label('started', locale), ({ started }) => count(started.count, locale)),
      row(label('conversion', locale), percent),
      ...EVERY.map((status) =>
        row(`  ${statusText(status, locale)}`, ({ begun }) => count(begun[status].count, locale)),
      ),
    ]),
    '',
    label('byHour', locale),
    ...hourLines(day, operator),
    ...(day.reasons.length === 0 ? [] : ['', label('reasons', locale)]),
    ...columns(
      day.reasons.map(({ reason, count: times }) => [
        `  ${count(times, locale)}`,
        reasonText(reason, locale),
      ]),
    ),
    label('zone', locale),
  ];
}

const BAR = 40;

/** A bar an hour; hours in which nothing came at either end are left out. */
function hourLines({ hours }: DayFigures, { locale }: Operator): string[] {
  const most = Math.max(1, ...hours.map(({ amount }) => amount));
  const first = hours.findIndex((hour) => hour.count > 0);
  const last = hours.findLastIndex((hour) => hour.count > 0);
  const rows = hours
    .slice(Math.max(first, 0), last + 1)
    .map((hour, index) => [
      `  ${digits(`${String(first + index).padStart(2, '0')}:00`, locale)}`,
      count(hour.count, locale),
      rials(hour.amount, locale),
      '█'.repeat(Math.round((hour.amount / most) * BAR)),
    ]);
  return rows.length === 0 ? ['  -'] : columns(rows);
}

/** `export`: a CSV file, or the standard output. */
export async function exportTo(
  operator: Operator,
  range: ExportRange,
  file: string | undefined,
  terminal: Terminal,
): Promise<string[]> {
  const csv = exportPayments(operator, range, operator.locale);
  if (file === undefined) {
    await pipeline(csv, terminal.out, { end: false });
    return [];
  }
  await pipeline(csv, createWriteStream(file));
  return [writtenText(file, operator.locale)];
}
