/** Text as Markdown's code. */
export const code = (text: string): string => `\`${text}\``;

const escaped = (cell: string): string => cell.replaceAll('|', '\\|');

/** A table as Prettier aligns it. */
export function table(head: string[], rows: string[][]): string {
  const cells = rows.map((row) => row.map(escaped));
  const widths = head.map((title, column) =>
    Math.max(3, title.length, ...cells.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n');
}
