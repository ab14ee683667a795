import { readFileSync } from 'node:fs';

interface Report {
  files: Record<string, { mutants: { status: string }[] }>;
}

/** The mutants of one file, or of several, by outcome. */
export interface Score {
  name: string;
  /** Those that a test failed for, or that ran without end. */
  found: number;
  survived: number;
}

/** Mutants that do not run at all say nothing about the tests. */
const FOUND = new Set(['Killed', 'Timeout']);
const SURVIVED = new Set(['Survived', 'NoCoverage']);

/** Reads Stryker's JSON report. */
export function scoresOf(reportFile: string): Score[] {
  const { files } = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
  return Object.entries(files).map(([name, { mutants }]) => ({
    name,
    found: mutants.filter(({ status }) => FOUND.has(status)).length,
    survived: mutants.filter(({ status }) => SURVIVED.has(status)).length,
  }));
}

/** Several scores as one. */
export function together(name: string, scores: Score[]): Score {
  const sum = (key: 'found' | 'survived'): number => scores.reduce((total, score) => total + score[key], 0);
  return { name, found: sum('found'), survived: sum('survived') };
}

/** Of a hundred mutants, how many were found. */
export const percent = ({ found, survived }: Score): number =>
  found + survived === 0 ? 100 : (100 * found) / (found + survived);

/** Scores as a table in Markdown. */
export function table(scores: Score[]): string {
  const rows = scores.map((score) => {
    const { name, found, survived } = score;
    return `| ${name} | ${found + survived} | ${found} | ${survived} | ${percent(score).toFixed(1)} |`;
  });
  return ['| file | mutants | found | survived | percent |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}
