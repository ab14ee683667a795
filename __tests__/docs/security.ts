import { readPage } from './markdown';

/** A test as SECURITY.md names it. */
export interface Named {
  file: string;
  name: string;
}

/** A heading of SECURITY.md and the tests that are named under it. */
export interface Threat {
  title: string;
  tests: Named[];
}

/** The tests that a part of the page names. */
export const testsIn = (part: string): Named[] =>
  [...part.matchAll(/^- `(__tests__\/[^`]+)`: `([^`]+)`$/gm)].map(([, file = '', name = '']) => ({
    file,
    name,
  }));

/** Every part of SECURITY.md that names tests. */
export const threats = (): Threat[] =>
  readPage('SECURITY.md')
    .split(/^(?=##+ )/m)
    .map((part) => ({ title: /^#+ (.*)$/m.exec(part)?.[1] ?? '', tests: testsIn(part) }))
    .filter(({ tests }) => tests.length > 0);
