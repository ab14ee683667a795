import { sourceFiles } from '../../docs/source';
import groups from './groups.json';

/** Left out: pages, the simulator, command-line parsing, and the store suite, which planted defects test. */
const LEFT_OUT = /^((pages|simulator|bin|texts|stores\/contract)\/|(stores\/contract|html)\.ts$)/;

const files = sourceFiles().map((file) => file.replaceAll('\\', '/'));

/** A pattern is a file, or a folder with all that is in it; with a `!` in front, it leaves out. */
const matches = (pattern: string, file: string): boolean =>
  pattern.endsWith('/**/*.ts') ? file.startsWith(pattern.slice(0, -'**/*.ts'.length)) : file === pattern;

const isMutated = (patterns: string[], file: string): boolean =>
  patterns.some((pattern) => matches(pattern, file)) &&
  !patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1), file));

const homesOf = (file: string) =>
  Object.values(groups).filter(({ mutate }) => isMutated(mutate, `lib/${file}`));

test.each(files.filter((file) => !LEFT_OUT.test(file)))('%s is mutated, in one group', (file) => {
  expect(homesOf(file)).toHaveLength(1);
});

test.each(Object.entries(groups))('the group %s has files to mutate', (_name, group) => {
  expect(files.filter((file) => homesOf(file).includes(group))).not.toEqual([]);
});
