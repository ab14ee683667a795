/** One place of the code and what stands there when the defence is gone. */
export interface Change {
  /** Relative to the repository. */
  file: string;
  /** Occurs exactly once in the file. */
  find: string;
  replace: string;
}

/** Tests by file and name, the name as the source has it: `%s` stands for every row. */
export type Tests = Readonly<Record<string, readonly string[]>>;

/** A defence, how it is removed, and which tests turn red then: every one of them. */
export type Defence = {
  /** In a plain phrase. */
  defence: string;
  tests: Tests;
  /** What the failure says where no expectation fails: the test waits in vain, or the code under test throws. */
  says?: string;
} & (Change | { changes: readonly Change[] });

/** Defences by the heading of SECURITY.md under which their tests are named. */
export type Threats = Readonly<Record<string, readonly Defence[]>>;

/** More than one where a second defence would hold in place of the first. */
export const changesOf = (defence: Defence): readonly Change[] =>
  'changes' in defence ? defence.changes : [defence];

/** Each test of a defence. */
export const testsOf = ({ tests }: Pick<Defence, 'tests'>): { file: string; name: string }[] =>
  Object.entries(tests).flatMap(([file, names]) => names.map((name) => ({ file, name })));

/** The text without what stands there to defend. @throws Error when the place is not there, or not the only one. */
export function without(text: string, { file, find, replace }: Change): string {
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`${file} has ${times} times, not once:\n${find}`);
  return text.replace(find, () => replace);
}
