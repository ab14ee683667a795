import { Transform, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';

/** First characters that make spreadsheets take a cell for a formula. */
const FORMULA = /^[=+\-@\t\r]/;
/** Numbers that a spreadsheet would round or whose zeros it would drop. */
const FRAGILE = /^(?:0\d+|\d{12,})$/;

/**
 * A text as a spreadsheet shows it unchanged: a quote in front keeps it from being taken for a formula, or for a number that
 * loses digits.
 */
const asText = (text: string): string => (FORMULA.test(text) || FRAGILE.test(text) ? `'${text}` : text);

/** A cell: text is protected, numbers stay numbers. */
export type Cell = string | number | null;

/** Rows as CSV in UTF-8 with a mark that Excel knows it by, and line ends as Excel writes them. */
export function toCsv(rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>): Readable {
  const lines = stringify({ bom: true, record_delimiter: 'windows' });
  const cells = new Transform({
    objectMode: true,
    transform: (row: readonly Cell[], _encoding, done) => {
      done(
        null,
        row.map((cell) => (typeof cell === 'string' ? asText(cell) : cell)),
      );
    },
  });
  const source = Readable.from(rows);
  source.on('error', (error) => cells.destroy(error));
  cells.on('error', (error) => lines.destroy(error));
  return source.pipe(cells).pipe(lines);
}
