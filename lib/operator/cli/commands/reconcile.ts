import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { toCsv, type Cell } from '../../csv';
import { dayText } from '../../dates';
import type { Operator } from '../../operator';
import { lineCells, lineHead, listText } from '../../reconcile/lines';
import { ReportProblem } from '../../reconcile/problem';
import { LISTS, reconcile, type Reconciliation, type ReconcileOptions } from '../../reconcile/reconcile';
import { problems } from '../../texts/problems';
import { linesText, noDatesText, reversalsText, writtenText } from '../../texts/reports';
import { count, rials } from '../../words';
import { label } from '../../labels';
import { columns, CommandError, jsonText, wrap, type Terminal } from '../terminal';

/** `reconcile`: the lists with their sums; every line of them goes into `out`. */
export async function reconcileFile(
  operator: Operator,
  file: string,
  options: ReconcileOptions & { out?: string | undefined; json?: boolean | undefined },
  terminal: Terminal,
): Promise<string[]> {
  if (!existsSync(file)) throw new CommandError(problems.noFile(file));
  const { locale } = operator;
  const rows: Cell[][] = [];
  const { out, json, ...rest } = options;
  const comparing = reconcile(operator, createReadStream(file), {
    ...rest,
    keep: json ? 10_000 : 10,
    ...(out !== undefined && { onLine: (line) => rows.push(lineCells(line, locale)) }),
    onProgress: (read) => progress(terminal, linesText(read, locale)),
  });
  const result = await inWords(comparing);
  progress(terminal, '');
  if (out !== undefined) await pipeline(toCsv([lineHead(locale), ...rows]), createWriteStream(out));
  if (json) return [jsonText(summaryOf(result))];
  return [...told(result, operator), ...(out === undefined ? [] : [writtenText(out, locale)])];
}

async function inWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof ReportProblem ? new CommandError((reader) => error.text(reader)) : error;
  }
}

/** Overwrites one line of a terminal. */
function progress({ error }: Terminal, text: string): void {
  if (error.isTTY === true) error.write(`\r${text.padEnd(40)}\r`);
}

const summaryOf = ({ lists, ...rest }: Reconciliation): object => ({
  ...rest,
  lists: Object.fromEntries(
    LISTS.map((list) => [
      list,
      {
        count: lists[list].count,
        amount: lists[list].amount,
        lines: lists[list].lines.map(({ row, payment, advice }) => ({
          ...{ row, advice, invoiceNumber: payment?.invoiceNumber, orderId: payment?.orderId },
          ...{ status: payment?.status, amount: payment?.amount },
        })),
      },
    ]),
  ),
});

function told(result: Reconciliation, { locale }: Operator): string[] {
  const { lists, daily, period } = result;
  const sums = LISTS.map((list) => [
    listText(list, locale),
    count(lists[list].count, locale),
    rials(lists[list].amount, locale),
  ]);
  const head = period
    ? [`${dayText(period.from, locale)} – ${dayText(period.before - 1, locale)}`]
    : wrap(noDatesText(locale));
  const problems = LISTS.filter((list) => list !== 'matched' && lists[list].count > 0);
  const days = daily.map(({ day, terminal, report, shop }) => [
    day === undefined ? '-' : dayText(day, locale),
    terminal ?? '-',
    rials(report.amount, locale),
    rials(shop.amount, locale),
    report.amount === shop.amount ? '' : '▲',
  ]);
  return [
    ...head,
    ...columns(sums),
    ...problems.flatMap((list) => [
      '',
      listText(list, locale),
      ...lists[list].lines.flatMap((line) => {
        const [, number, order, advice, reported, own, invoice, status, , , rrn] = lineCells(line, locale);
        const parts = [
          number && `#${number}`,
          reported,
          own !== reported && own,
          order,
          invoice ?? rrn,
          status,
          advice,
        ];
        return wrap(
          `  ${parts.filter((part) => part !== null && part !== false && part !== '').join(' · ')}`,
          '    ',
        );
      }),
    ]),
    '',
    ...columns([
      [label('day', locale), label('terminal', locale), label('report', locale), label('shop', locale), ''],
      ...days,
    ]),
    ...(result.reversals.count === 0 ? [] : [reversalsText(result.reversals, locale)]),
  ];
}
