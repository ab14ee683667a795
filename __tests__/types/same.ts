type Same<A, B> =
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- two functions are the same type only if their conditions on T are
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles with `true` when two types are the same, neither wider nor narrower, and with `false` when they are not. */
export const same = <A, B>(...answer: [Same<A, B>]): unknown => answer;

/** The same of a value's type: `is<string>()(name, true)`. */
export const is =
  <Expected>() =>
  <Actual>(value: Actual, ...answer: [Same<Actual, Expected>]): unknown => [value, answer];
