import { pipeline, Readable } from 'node:stream';
import { parse, CsvError } from 'csv-parse';
import { amountOf, clean, identifier, timeOf } from './cells';
import {
  findColumns,
  foldHeader,
  looksLikeHeader,
  type ColumnName,
  type Columns,
  type Unit,
} from './columns';
import { decoded } from './decode';
import { ReportProblem } from './problem';

/** A row of the facilitator's report. Empty texts: the report does not say. */
export interface ReportRow {
  /** The line of the file, from 1. */
  line: number;
  receipt: string;
  rrn: string;
  trace: string;
  terminal: string;
  invoice: string;
  /** Rials; negative for a reversal. */
  amount: number;
  at: number | undefined;
}

/** How a report is read. */
export interface ReportOptions {
  /** Columns by the names that the report has for them, where they are not found. */
  map?: Partial<Record<ColumnName, string>>;
  /** The unit of amounts where the header does not say. */
  unit?: Unit | undefined;
}

/** A report: its rows, one at a time, and its properties. */
export interface Report {
  columns: Columns;
  unit: Unit;
  rows: AsyncIterable<ReportRow>;
  /** Rows left out: sums, empty lines. Counted while the rows are read. */
  left: { count: number };
}

/** Banks put titles above their columns. */
const HEADER_WITHIN = 30;
const LONGEST_LINE = 100_000;
/** Characters that are looked at for the separator. */
const SAMPLE = 4_096;
const SUM = /^(?:جمع|مجموع|total|sum)/iu;

interface Parsed {
  info: { lines: number };
  record: string[];
}

/**
 * Reads a report: CSV or TSV in UTF-8 or UTF-16, columns in any order under Persian or English names, titles above them.
 *
 * @throws ReportProblem with the line, also while rows are read.
 */
export async function readReport(bytes: AsyncIterable<Uint8Array>, options: ReportOptions): Promise<Report> {
  const records = parsed(decoded(bytes));
  const { columns } = await header(records, options.map ?? {});
  const unit = columns.unit ?? options.unit;
  if (unit === undefined) throw new ReportProblem('noUnit');
  const left = { count: 0 };
  return { columns, unit, left, rows: rowsOf(records, columns, unit, left) };
}

async function header(
  records: AsyncIterator<Parsed>,
  map: Partial<Record<ColumnName, string>>,
): Promise<{ columns: Columns }> {
  for (let tried = 0; tried < HEADER_WITHIN; tried++) {
    const next = await records.next();
    if (next.done) throw new ReportProblem(tried === 0 ? 'empty' : 'noHeader');
    const { record, info } = next.value;
    const mapped = Object.values(map).some((name) =>
      record.some((cell) => foldHeader(cell) === foldHeader(name)),
    );
    if (mapped || looksLikeHeader(record))
      return { columns: findColumns(record.map(clean), map, info.lines) };
  }
  throw new ReportProblem('noHeader');
}

async function* rowsOf(
  records: AsyncIterable<Parsed>,
  { places }: Columns,
  unit: Unit,
  left: { count: number },
): AsyncGenerator<ReportRow> {
  for await (const { record, info } of records) {
    const line = info.lines;
    const cell = (column: ColumnName): string | undefined => record[places[column] ?? -1];
    const id = (column: ColumnName): string => identifier(cell(column), line);
    if (record.every((text) => clean(text) === '') || record.some((text) => SUM.test(clean(text)))) {
      left.count += 1;
      continue;
    }
    yield {
      line,
      receipt: id('receipt'),
      rrn: id('rrn'),
      trace: id('trace'),
      terminal: id('terminal'),
      invoice: id('invoice'),
      amount: amountOf(cell('amount'), unit, line),
      at: timeOf(cell('date'), cell('time'), line),
    };
  }
}

async function* parsed(text: AsyncIterable<string>): AsyncGenerator<Parsed> {
  const pieces = text[Symbol.asyncIterator]();
  const head = await beginningOf(pieces);
  const parser = parse({
    delimiter: separatorOf(head),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_LINE,
  });
  const source = Readable.from(continued(head, pieces));
  // An error of the source ends the parser, and with it the loop below.
  pipeline(source, parser, () => undefined);
  try {
    yield* parser as AsyncIterable<Parsed>;
  } catch (error) {
    throw error instanceof CsvError ? malformed(error) : error;
  } finally {
    source.destroy();
  }
}

/** Enough of the text to see which separator it has. */
async function beginningOf(pieces: AsyncIterator<string>): Promise<string> {
  let head = '';
  while (head.length < SAMPLE) {
    const next = await pieces.next();
    if (next.done) break;
    head += next.value;
  }
  if (head.trim() === '') throw new ReportProblem('empty');
  return head;
}

async function* continued(head: string, pieces: AsyncIterator<string>): AsyncGenerator<string> {
  yield head;
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
}

function malformed(error: CsvError): ReportProblem {
  const { lines: line } = error as unknown as { lines?: number };
  if (error.code === 'CSV_MAX_RECORD_SIZE') return new ReportProblem('tooLong', { line });
  return new ReportProblem(error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'openQuote' : 'malformed', { line });
}

const SEPARATORS = ['\t', ';', ',', '|'];

/** The separator that most of the first lines hold most often. */
function separatorOf(head: string): string {
  const lines = head.split(/\r?\n/).slice(0, HEADER_WITHIN);
  const most = (separator: string): number => Math.max(...lines.map((line) => line.split(separator).length));
  return SEPARATORS.reduce((best, candidate) => (most(candidate) > most(best) ? candidate : best), ',');
}
