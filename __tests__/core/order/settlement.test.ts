import fc from 'fast-check';
import { normalizeIban } from '../../../lib/core/iran';
import { check, refused } from './check';

/** An IBAN with right check digits around these 22 digits. */
function ibanOf(account: string): string {
  const remainder = BigInt(`${account}182700`) % 97n;
  return `IR${String(98n - remainder).padStart(2, '0')}${account}`;
}

const IBAN = ibanOf('0170000000100324200001');
const OTHER = ibanOf('0620000000000000000015');

describe('a split settlement', () => {
  const split = (...items: [iban: unknown, amount: unknown][]) => ({
    settlement: items.map(([iban, amount]) => ({ iban, amount })),
  });
  const typed = `${IBAN.slice(0, 4).toLowerCase()} ${IBAN.slice(4, 10)}-${IBAN.slice(10)} `;

  it('comes out with compact IBANs, and in Rials', () => {
    const order = check(split([typed, 400], [OTHER, 600n]), { currency: 'IRT' });
    expect(order).toMatchObject({
      amount: 10_000,
      settlement: [
        { iban: IBAN, amount: 4_000 },
        { iban: OTHER, amount: 6_000 },
      ],
    });
  });

  it.each([undefined, null])('of %p is none', (settlement) =>
    expect(check({ settlement }).settlement).toBeNull(),
  );

  it('names each IBAN once, however it is written', () => {
    const twice = 'settlement[1] names an IBAN a second time';
    expect(refused(split([IBAN, 400], [IBAN, 600]))).toContain(twice);
    expect(refused(split([IBAN, 400], [typed, 600]))).toContain(twice);
  });

  it.each([
    [999, 1_000],
    [1_001n, 1_000n],
  ])('of %p for an amount of %p is refused', (share, amount) => {
    const sum = `settlement adds up to ${share}, but amount is ${amount}`;
    expect(refused({ ...split([IBAN, share]), amount })).toContain(sum);
  });

  it('of more than can be counted exactly is refused', () => {
    const amount = Number.MAX_SAFE_INTEGER;
    expect(check({ ...split([IBAN, amount - 5], [OTHER, 5]), amount }).amount).toBe(amount);
    expect(refused({ ...split([IBAN, amount], [OTHER, 1]), amount })).toContain('settlement adds up to');
    expect(refused({ ...split([IBAN, amount], [OTHER, amount]), amount })).toContain('settlement adds up to');
  });

  it.each<[unknown]>([[[]], ['x'], [{}], [[null]]])('of %j is no list of shares', (settlement) =>
    expect(refused({ settlement })).toMatch(/^settlement(\[0\])? must /),
  );

  it.each<[unknown, string]>([
    [[null], 'settlement[0] must be of type object'],
    [[{ iban: IBAN, amount: '900' }], 'settlement[0].amount must be a number or a bigint'],
    [[{ iban: IBAN, amount: 10n ** 30n }], 'settlement[0].amount must be a positive whole number'],
    [[{ amount: 400 }, { amount: 600 }], 'settlement[0].iban is missing; settlement[1].iban is missing'],
    [[{ iban: `X${IBAN}`, amount: 1_000 }], 'settlement[0].iban must be IR and 24 digits'],
  ])('names the problem of a share, and not its consequences (%#)', (settlement, problem) => {
    const message = refused({ settlement });
    expect(message.startsWith(problem)).toBe(true);
    expect(message).not.toMatch(/adds up|a second time|custom/);
  });

  it('says nothing of the sum while the amount is wrong itself', () => {
    expect(refused({ ...split([IBAN, 900]), amount: '1000' })).not.toContain('adds up');
  });

  it('has at most 50 shares', () => {
    const shares = Array.from({ length: 51 }, (_, index) => ({
      iban: ibanOf(String(index).padStart(22, '0')),
      amount: 10,
    }));
    expect(check({ settlement: shares.slice(1), amount: 500 }).settlement).toHaveLength(50);
    expect(refused({ settlement: shares, amount: 510 })).toContain('settlement must');
  });

  it('has no share of nothing, of a fraction, or without an IBAN', () => {
    const problems = refused(split([IBAN, 0], [OTHER, 0.5], [undefined, 999.5]));
    for (const field of ['[0].amount must', '[1].amount must', '[2].iban is missing', '[2].amount must']) {
      expect(problems).toContain(`settlement${field}`);
    }
    expect(problems).not.toContain('adds up');
  });

  it('takes an IBAN with right check digits, and no neighbour of it', () => {
    const account = fc.stringMatching(/^\d{22}$/);
    fc.assert(
      fc.property(account, fc.nat(23), fc.integer({ min: 1, max: 9 }), (digits, at, shift) => {
        const iban = ibanOf(digits);
        const wrong = (Number(iban[at + 2]) + shift) % 10;
        expect(normalizeIban(iban)).toBe(iban);
        expect(normalizeIban(`${iban.slice(0, at + 2)}${wrong}${iban.slice(at + 3)}`)).toBeUndefined();
      }),
    );
  });

  it.each(['', 'IR', IBAN.slice(0, -1), `${IBAN}0`, IBAN.replace('IR', 'DE'), IBAN.slice(2), `${IBAN}\0`])(
    'takes no IBAN of %j',
    (iban) => expect(normalizeIban(iban)).toBeUndefined(),
  );
});
