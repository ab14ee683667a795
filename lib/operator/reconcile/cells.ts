import { latinDigits } from '../../core/iran';
import { parseWhen } from '../dates';
import { ReportProblem } from './problem';
import type { Unit } from './columns';

/** A cell without blanks, marks and the quote that spreadsheets put before text. */
export const clean = (cell: string | undefined): string =>
  latinDigits(cell ?? '')
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(/^'/, '');

/** An identifier as payments hold it. @throws ReportProblem for one that a spreadsheet has rounded. */
export function identifier(cell: string | undefined, line: number): string {
  const text = clean(cell).replace(/^="(.*)"$/, '$1');
  if (/^\d(?:[.,]\d+)?E\+?\d+$/i.test(text)) throw new ReportProblem('rounded', { line, text });
  return /^\d+\.0+$/.test(text) ? text.replace(/\.0+$/, '') : text;
}

const NEGATIVE = /^(?:-|−|\()|-$/;

/** An amount in Rials; negative for a reversal. @throws ReportProblem for anything that is not clearly a number. */
export function amountOf(cell: string | undefined, unit: Unit, line: number): number {
  const text = clean(cell);
  const negative = NEGATIVE.test(text);
  const bare = text.replace(/[()\-−\s]/g, '').replace(/(?:ریال|rials?|irr|تومان|tomans?|irt)\.?$/iu, '');
  const whole = wholeNumber(bare);
  if (whole === 'ambiguous') throw new ReportProblem('amountAmbiguous', { line, text });
  if (whole === undefined || !Number.isSafeInteger(whole)) throw new ReportProblem('amount', { line, text });
  return (negative ? -1 : 1) * (unit === 'IRT' ? whole * 10 : whole);
}

/** Groups of three by one separator; a fraction only of zeros. */
function wholeNumber(text: string): number | 'ambiguous' | undefined {
  const number = text.replace(/(?<=\d)[.٫]0{1,2}$/, '');
  if (/^\d+$/.test(number)) return Number(number);
  if (/^\d{1,3}(?:[,٬،]\d{3})+$/.test(number)) return Number(number.replace(/\D/g, ''));
  if (/^\d{1,3}(?:\.\d{3}){2,}$/.test(number)) return Number(number.replace(/\D/g, ''));
  return /^\d{1,3}\.\d{3}$/.test(number) ? 'ambiguous' : undefined;
}

const COMPACT = /^(1[34]\d\d|20\d\d)(\d\d)(\d\d)$/;
const COMPACT_TIME = /^(\d{2})(\d{2})(\d{2})?$/;

/** The moment of a row; undefined when the report has none. @throws ReportProblem for a text that is no date. */
export function timeOf(date: string | undefined, time: string | undefined, line: number): number | undefined {
  const day = clean(date).replace(COMPACT, '$1-$2-$3');
  if (day === '') return undefined;
  const hour = clean(time).replace(
    COMPACT_TIME,
    (_, h: string, m: string, s = '00') => `${h}:${m}:${String(s)}`,
  );
  const text = ordered(`${day} ${hour}`.trim());
  const when = parseWhen(text, 0);
  if (!when || /[a-zآ-ی]/i.test(day))
    throw new ReportProblem('date', { line, text: `${day} ${hour}`.trim() });
  return when.from;
}

/** Some reports write the time first, or a dash or comma between day and time. */
const ordered = (text: string): string =>
  text
    .replace(/^(\d{1,2}:\d{2}(?::\d{2})?)[\s,-]*(\d{4}\D\d{1,2}\D\d{1,2})$/, '$2 $1')
    .replace(/^(\d{4}\D\d{1,2}\D\d{1,2})\s*[-,]\s*(\d{1,2}:)/, '$1 $2')
    .replace(/\.\d+$/, '');
