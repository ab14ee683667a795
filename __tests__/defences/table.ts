import type { Result } from './jest';

/** A defence that was removed and what became of one of its tests. */
export interface Row {
  threat: string;
  defence: string;
  file: string;
  name: string;
  /** `red` is what is looked for; `left out` for want of what the suite needs. */
  outcome: Result['kind'] | 'red for another reason';
  /** What the failures say. */
  said: string;
}

const HEAD = '| threat | defence removed | test that turned red |\n| --- | --- | --- |\n';

/** A test as the table names it. */
export const namedIn = ({ file, name }: Pick<Row, 'file' | 'name'>): string =>
  `\`${file.replace('__tests__/', '')}\`: \`${name.replaceAll('|', '\\|')}\``;

const cellsOf = (row: Row): string => {
  const outcome = row.outcome === 'red' ? '' : ` (**${row.outcome}**)`;
  return `| ${row.threat} | ${row.defence} | ${namedIn(row)}${outcome} |\n`;
};

/** The rows of each defence as a Markdown table, and how many defences were found out by every one of their tests. */
export function describeRows(defences: readonly (readonly Row[])[]): string {
  const found = defences.filter((rows) => {
    const outcomes = new Set(rows.map(({ outcome }) => outcome));
    outcomes.delete('left out');
    return outcomes.size === 1 && outcomes.has('red');
  });
  const leftOut = defences.flat().filter((row) => row.outcome === 'left out').length;
  return (
    `${HEAD}${defences.flat().map(cellsOf).join('')}\n${defences.length} defences, ${found.length} found out` +
    (leftOut === 0 ? '' : `; ${leftOut} tests left out for want of a browser`)
  );
}
