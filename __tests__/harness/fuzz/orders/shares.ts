import fc from 'fast-check';
import { DIGITS, digits, inScript, nothing, right, scattered, wrong, type Given } from './given';

/** ISO 7064, a digit at a time. */
function remainder(text: string): number {
  let rest = 0;
  for (const digit of text) rest = (rest * 10 + Number(digit)) % 97;
  return rest;
}

const account: fc.Arbitrary<string> = digits(22).map((bban) => {
  const check = 98 - remainder(`${bban}182700`);
  return `IR${String(check).padStart(2, '0')}${bban}`;
});

const written = (iban: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...DIGITS), fc.boolean())
    .chain(([script, small]) =>
      scattered(inScript(small ? iban.toLowerCase() : iban, script), [' ', '-', '\u00a0']),
    );

interface Share {
  iban: string;
  amount: number;
}

type Shares = fc.Arbitrary<Given<Share[] | null>>;

/** Parts of an amount on as many accounts, each written differently. */
function divided(total: number, largest: number): Shares {
  const most = Math.min(total, 5);
  return fc
    .uniqueArray(account, { minLength: 1, maxLength: most })
    .chain((ibans) => fc.tuple(fc.constant(ibans), fc.tuple(...ibans.map(written)), spoiling))
    .map(([ibans, texts, spoil]) => {
      const each = Math.floor(total / ibans.length);
      const last = total - each * (ibans.length - 1);
      const means = ibans.map((iban, i) => ({ iban, amount: i === ibans.length - 1 ? last : each }));
      const value = means.map((share, i) => ({ iban: texts[i] ?? '', amount: share.amount }));
      return spoil ? wrong(spoil(value, largest)) : right(value, means);
    });
}

type Spoil = (shares: Share[], largest: number) => unknown;

const SPOILS: Spoil[] = [
  ([first, ...rest]) => [{ iban: first?.iban, amount: (first?.amount ?? 0) + 1 }, ...rest],
  ([first, ...rest]) => [{ iban: first?.iban, amount: String(first?.amount) }, ...rest],
  ([first, ...rest]) => [{ iban: first?.iban, amount: 0 }, ...rest],
  ([first, ...rest]) => [{ ...first, bank: 'of ours' }, ...rest],
  ([first, ...rest]) => [{ iban: turned(first?.iban ?? ''), amount: first?.amount }, ...rest],
  (shares) => [...shares, null],
  ([first, ...rest]) => {
    const { iban = '', amount = 0 } = first ?? {};
    return [{ iban, amount: amount - 1 }, { iban: ` ${iban.toLowerCase()} `, amount: 1 }, ...rest];
  },
  (shares) => ({ shares }),
  () => [],
  () => 'IR',
  (_shares, largest) => [{ iban: 'IR062960000000100324200001', amount: largest + 1 }],
];

/** Another last digit, so that the check digits are wrong. */
const turned = (iban: string): string =>
  iban.replace(/\p{Nd}(?=\P{Nd}*$)/u, (digit) => (/[1۱١]/.test(digit) ? '2' : '1'));

const spoiling: fc.Arbitrary<Spoil | undefined> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom(...SPOILS) },
);

/** Shares of this amount; of an amount that is wrong itself, none. */
export const settlement = (total: number | undefined, largest: number): Shares =>
  total === undefined ? nothing : fc.oneof(nothing, divided(total, largest));
