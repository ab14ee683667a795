import type { Row } from './row';
import type { Summary } from './summary';

const HEAD = ['what', 'measure', 'first', 'second', 'first / second', 'target'];

/** The rows of a part as a table that is readable as plain text. */
export function table(rows: readonly Row[]): string {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const [head, ...rest] = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [head, widths.map((width) => '-'.repeat(width)).join('  '), ...rest].join('\n');
}

function cells({ what, measure, unit, a, b, ratio, difference, shown, target }: Row): string[] {
  const side = (it: { name: string } & Summary): string => `${it.name} ${short(it.median)} ${unit}`;
  const compared = shown === 'difference' ? difference : ratio;
  return [
    what,
    measure,
    side(a),
    b ? side(b) : '',
    compared
      ? `${shown === 'difference' ? 'by ' : ''}${short(compared.median)} (${short(compared.low)} to ${short(compared.high)})`
      : '',
    target ? `${target.met ? 'met' : 'MISSED'}: ${words(target)}` : '',
  ];
}

function words({ of, atLeast, atMost }: NonNullable<Row['target']>): string {
  const bound = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`;
  return of === 'ratio' ? bound : `${of} ${bound}`;
}

const short = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
