import fc from 'fast-check';
import { normalizeCellNumber } from '../../../lib/core/iran';
import { check, refused } from './check';

describe('a mobile number', () => {
  it.each([
    ...['09123456789', '9123456789', '+989123456789', '00989123456789', '989123456789'],
    ...['۰۹۱۲۳۴۵۶۷۸۹', '٠٩١٢٣٤٥٦٧٨٩', '+۹۸۹۱۲۳۴۵۶۷۸۹', '09۱۲٣٤56789', ' 0912 345 6789\t'],
    ...['0912-345-6789', '0912–345—6789', '0912‑345‑6789', '0912ـ3456789', '(0912) 345.67.89'],
    ...['+9809123456789', '009809123456789', '+98 (0)912 345 6789', '9809123456789', '+98-0912-345-6789'],
    ...[
      'tel:+989123456789',
      'TEL: 0912 345 6789',
      'ｔｅｌ：０９１２３４５６７８９',
      '０９１２３４５６７８９',
      '＋９８９１２３４５６７８９',
    ],
    ...[
      '0912/345 67 89',
      '0912_345_6789',
      '0912,345,6789',
      '*0912#345#6789',
      '0912\\345\\6789',
      '۰۹۱۲/۳۴۵۶۷۸۹',
    ],
    ...[
      '\u200f09123456789\u200e',
      '\u061c0912\u200c345\u00a06789',
      '\u202a+98 912 345 6789\u202c',
      '\ufeff9123456789',
    ],
  ])('typed as %j is 09123456789', (typed) => {
    expect(check({ cellNumber: typed }).cellNumber).toBe('09123456789');
    expect(normalizeCellNumber(typed)).toBe('09123456789');
  });

  it('comes out as it went in, in any digits and grouping', () => {
    const digit = fc.integer({ min: 0, max: 9 });
    const zero = fc.constantFrom(0x30, 0x660, 0x6f0);
    const typed = fc.tuple(digit, zero, fc.constantFrom('', ' ', '-', '\u200f', ' - '));
    fc.assert(
      fc.property(fc.array(typed, { minLength: 9, maxLength: 9 }), (digits) => {
        const text = digits.map(([value, base, gap]) => String.fromCodePoint(base + value) + gap).join('');
        expect(normalizeCellNumber(`+98 9${text}`)).toBe(`09${digits.map(([value]) => value).join('')}`);
      }),
    );
  });

  it.each([
    ...['0912345678', '091234567890', '08123456789', '02112345678', '9', '+979123456789', '+1 912 345 6789'],
    ...['0912345678a', 'o9123456789', 'abc', '09123456789;09123456780', '+98+989123456789', '٠٩'],
    ...[
      '+98+989123456789',
      '0+989123456789',
      '98980912345678',
      '0x9123456789',
      '0912tel:3456789',
      '۰۹۱۲۳۴۵۶۷۸۹ و ۰۹۳۵',
    ],
  ])('of %j is refused', (cellNumber) => {
    expect(refused({ cellNumber })).toBe('cellNumber must be an Iranian mobile number such as 09123456789');
  });

  it.each([9_123_456_789, 9_123_456_789n, {}, ['09123456789'], true])('of %p is not a text', (cellNumber) =>
    expect(refused({ cellNumber })).toBe('cellNumber must be a string'),
  );

  it.each([undefined, null, '', '   '])('of %p is none, where it is not required', (cellNumber) => {
    expect(check({ cellNumber }).cellNumber).toBeNull();
  });

  it.each([undefined, null])('of %p is missing, where it is required', (cellNumber) => {
    expect(refused({ cellNumber }, { cellNumberRequired: true })).toBe(
      'cellNumber is missing: give the buyer’s mobile number, or set cellNumberRequired: false',
    );
  });

  it.each(['', '   '])('of %j is empty, where it is required', (cellNumber) => {
    expect(refused({ cellNumber }, { cellNumberRequired: true })).toMatch(/^cellNumber .*empty/);
  });
});
