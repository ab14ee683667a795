import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LIB, sourceFiles } from '../../docs/source';
import groups from './groups.json';

/**
 * What a buyer looks at, what developers play with, what only reads its command line, and the tests for stores, which
 * planted defects are the measure of.
 */
const LEFT_OUT = /^((pages|simulator|bin|texts|stores\/contract)\/|stores\/contract\.ts$)/;

const matches = (pattern: string, file: string): boolean =>
  pattern.endsWith('/**/*.ts') ? file.startsWith(pattern.slice(0, -'**/*.ts'.length)) : file === pattern;

test.each(sourceFiles().filter((file) => !LEFT_OUT.test(file)))('%s is mutated, in one group', (file) => {
  const homes = Object.values(groups).filter(({ mutate }) =>
    mutate.some((pattern) => matches(pattern, `lib/${file}`)),
  );
  expect(homes).toHaveLength(1);
});

test.each(Object.values(groups).flatMap(({ mutate }) => mutate))('%s is there to be mutated', (pattern) => {
  expect(existsSync(join(LIB, '..', pattern.replace('/**/*.ts', '')))).toBe(true);
});
