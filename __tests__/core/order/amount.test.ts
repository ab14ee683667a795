import fc from 'fast-check';
import { check, refused } from './check';

const LARGEST = 900_719_925_474_099;

describe('an amount', () => {
  it.each([1, 10n, 1_000, 2 ** 53 - 1, 2n ** 53n - 1n])('of %p is taken as it is in Rials', (amount) => {
    expect(check({ amount })).toMatchObject({ amount: Number(amount), currency: 'IRR' });
  });

  it.each([1, 25_000n, LARGEST, BigInt(LARGEST)])('of %p Tomans is ten times as many Rials', (amount) => {
    expect(check({ amount }, { currency: 'IRT' })).toMatchObject({
      amount: Number(amount) * 10,
      currency: 'IRT',
    });
  });

  it.each([0, -0, 0n, -1, -5n, 0.1, 0.5, 1.5, 1e-7, NaN, Infinity, -Infinity])(
    'of %p is refused: no positive whole number',
    (amount) => expect(refused({ amount })).toContain('amount must be a positive whole number'),
  );

  it.each([2 ** 53, 2n ** 53n, 2n ** 53n + 1n, 10n ** 30n, 1e300])(
    'of %p is refused: it is not exact',
    (amount) => expect(refused({ amount })).toContain('at most 9,007,199,254,740,991'),
  );

  it.each([LARGEST + 1, BigInt(LARGEST) + 1n, 2 ** 53 - 1])(
    'of %p Tomans is refused: its Rials would not be exact',
    (amount) => expect(refused({ amount }, { currency: 'IRT' })).toContain('at most 900,719,925,474,099'),
  );

  it.each<[unknown]>([
    ['1000'],
    [''],
    [' 1'],
    [true],
    [null],
    [{}],
    [[5]],
    [{ valueOf: () => 5 }],
    [new Date(5)],
  ])('of %p is refused: no number', (amount) =>
    expect(refused({ amount })).toContain('amount must be a number or a bigint (not a string)'),
  );

  it('is refused when it is left out', () =>
    expect(refused({ amount: undefined })).toContain('amount is missing'));

  it('is exact in both currencies, for any whole number', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: BigInt(LARGEST) }), fc.boolean(), (amount, big) => {
        const given = big ? amount : Number(amount);
        expect(BigInt(check({ amount: given }).amount)).toBe(amount);
        expect(BigInt(check({ amount: given }, { currency: 'IRT' }).amount)).toBe(amount * 10n);
      }),
    );
  });

  it('is refused whenever it has a fraction', () => {
    const fraction = fc.double({ min: 0, noNaN: true }).filter((value) => !Number.isInteger(value));
    fc.assert(fc.property(fraction, (amount) => expect(refused({ amount })).toContain('without a fraction')));
  });
});
