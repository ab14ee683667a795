import fc from 'fast-check';

/** A field as a shop might give it, and its meaning: a value, or a mistake. */
export type Given<T> = { value: unknown; means: T } | { value: unknown; wrong: true };

export const right = <T>(value: unknown, means: T): Given<T> => ({ value, means });
export const wrong = (value: unknown): Given<never> => ({ value, wrong: true });

/** Mostly right, so that whole orders are right often enough to matter. */
export const mostly = <T>(usual: fc.Arbitrary<Given<T>>, mistakes: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: mistakes.map(wrong) });

/** No text, no number, no list, no object that any field takes. */
const misfits: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  ...[true, false, NaN, Infinity, -Infinity, Symbol('s'), () => '1', new Date(0), new Map(), /x/],
);

const around = fc.constantFrom('', ' ', '\t', '\n', '\u00a0', '\ufeff');
const padded = (text: fc.Arbitrary<string>): fc.Arbitrary<Given<string>> =>
  fc.tuple(around, text, around).map(([before, plain, after]) => right(before + plain + after, plain));

const letters = Array.from('aZ09-_./:#(آبپ‌گ۱٢é😀');
const plain = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...letters), { minLength: 1, maxLength })
    .map((signs) => signs.join(''))
    .filter((text) => text.length <= maxLength && text.trim() === text);

const CONTROLS = ['\0', '\u0007', '\u001b', '\u007f', '\u0085'];
const LINES = ['\n', '\r', '\t', '\u2028', '\u2029', '\u202e', '\u2066', '\ud800'];
const spoilt = (signs: string[]) => fc.constantFrom(...signs).map((sign) => `a${sign}b`);

const NO_IDS: unknown[] = [
  '',
  '  ',
  'x'.repeat(101),
  1.5,
  2 ** 53,
  null,
  undefined,
  {},
  ['A-1'],
  { $ne: '' },
];

export const orderId: fc.Arbitrary<Given<string>> = mostly(
  fc.oneof(
    padded(plain(100)),
    fc.maxSafeInteger().map((id) => right(id, String(id))),
    fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }).map((id) => right(id, String(id))),
    fc.constant(right('x'.repeat(100), 'x'.repeat(100))),
  ),
  fc.oneof(misfits, spoilt([...CONTROLS, ...LINES]), fc.constantFrom(...NO_IDS)),
);

export const amount = (largest: number): fc.Arbitrary<Given<number>> => {
  const whole = fc.oneof(fc.integer({ min: 1, max: 10_000_000 }), fc.constantFrom(1, largest - 1, largest));
  const mistakes = [0, -0, -1, 1.5, 0.1, largest + 1, 2 ** 53 + 2, 1e300, 0n, -1n, 10n ** 30n, 2n ** 53n];
  return mostly(
    fc.tuple(whole, fc.boolean()).map(([rials, big]) => right(big ? BigInt(rials) : rials, rials)),
    fc.oneof(misfits, fc.constantFrom<unknown>(...mistakes, '1000', '', null, undefined, {}, [1000])),
  );
};

export const DIGITS = ['0123456789', '۰۱۲۳۴۵۶۷۸۹', '٠١٢٣٤٥٦٧٨٩'];
export const inScript = (text: string, script: string): string =>
  text.replace(/\d/g, (digit) => script.charAt(Number(digit)));
export const digits = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.nat(9), { minLength: length, maxLength: length }).map((all) => all.join(''));

/** Puts one of these signs, or none, between any two characters. */
export const scattered = (text: string, signs: string[]): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom('', '', '', ...signs), { minLength: text.length, maxLength: text.length })
    .map((between) =>
      Array.from(text)
        .map((sign, i) => sign + (between[i] ?? ''))
        .join(''),
    );

const SEPARATORS = [' ', '-', '.', '(', ')', '\u200c', '\u200f', '\u2013', '\u00a0', '\u0640', '\u202a'];

const typed: fc.Arbitrary<Given<string>> = fc
  .tuple(
    digits(9),
    fc.constantFrom('', '0', '98', '+98', '0098', '+980', '00980'),
    fc.constantFrom(...DIGITS),
  )
  .chain(([nine, prefix, script]) =>
    scattered(inScript(`${prefix}9${nine}`, script), SEPARATORS).map((text) => right(text, `09${nine}`)),
  );

const NO_MOBILES = ['0812345678', '02112345678', '+1 912 345 6789', '0912345678', '091234567890', 'هیچ'];

/** A buyer's mobile; `required` says whether an order without one is wrong. */
export const cellNumber = (required: boolean): fc.Arbitrary<Given<string | null>> => {
  const none = fc.constantFrom<unknown>('', null, undefined, '   ');
  const absent: fc.Arbitrary<Given<null>> = none.map((value) =>
    required ? wrong(value) : right(value, null),
  );
  const mistakes = fc.oneof(
    misfits,
    fc.constantFrom<unknown>(...NO_MOBILES, 9123456789, {}, ['09123456789']),
  );
  return fc.oneof(
    { weight: 9, arbitrary: mostly<string | null>(typed, mistakes) },
    { weight: 1, arbitrary: absent },
  );
};

export const nothing: fc.Arbitrary<Given<null>> = fc
  .constantFrom(null, undefined)
  .map((value) => right(value, null));

export const description: fc.Arbitrary<Given<string | null>> = mostly<string | null>(
  fc.oneof(
    padded(plain(250)),
    nothing,
    fc.constantFrom('', ' \t').map((value) => right(value, null)),
  ),
  fc.oneof(misfits, spoilt(CONTROLS), fc.constantFrom<unknown>('x'.repeat(251), 5, {}, ['text'])),
);

const circle: Record<string, unknown> = {};
circle['itself'] = circle;
const throws = {
  toJSON() {
    throw new Error('no');
  },
};

export const metadata: fc.Arbitrary<Given<unknown>> = mostly<unknown>(
  fc.oneof(
    nothing,
    fc.constant(right('x'.repeat(15_998), 'x'.repeat(15_998))),
    fc.jsonValue({ maxDepth: 3 }).map((value) => right(value, JSON.parse(JSON.stringify(value)) as unknown)),
  ),
  fc.constantFrom<unknown>(Symbol('s'), () => 1, 5n, { deep: [5n] }, circle, throws, 'x'.repeat(15_999)),
);
