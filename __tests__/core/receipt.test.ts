import fc from 'fast-check';
import { foldReceipt, isReceipt } from '../../lib/core/receipt';

const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_');
const receipts = fc
  .string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 50 })
  .filter((text) => /[^=]/.test(text));

describe('a receipt', () => {
  test.each(['a', 'Z', '0', '+', '-', 'AbC/1+x==', 'a=b', 'x'.repeat(50)])('may be %j', (text) => {
    expect(isReceipt(text)).toBe(true);
  });

  test.each([
    ...['', ' ', '=', '====', 'x'.repeat(51), 'a b', 'a.b', 'a*b', 'a\nb', ' a', 'a ', 'a\0'],
    ...['&#x2F;', 'a%2Fb', '<b>', "a'b", 'Ａ', 'А', 'a\u0301', 'a\u200b', 'ı', '\u212a', '۱'],
  ])('is not %j', (text) => expect(isReceipt(text)).toBe(false));

  test('is any text of up to 50 characters of base64, of either alphabet', () => {
    fc.assert(fc.property(receipts, (text) => expect(isReceipt(text)).toBe(true)));
  });

  test('is no text with another character', () => {
    const other = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 1 })
      .filter((c) => !LETTERS.includes(c));
    fc.assert(
      fc.property(receipts, other, fc.nat(50), (text, character, at) => {
        expect(isReceipt((text.slice(0, at) + character + text.slice(at)).slice(0, 50) + character)).toBe(
          false,
        );
      }),
    );
  });
});

describe('two receipts are the same', () => {
  test.each([
    ['letter case', 'AbC+/1', 'aBc+/1'],
    ['the alphabet', 'ab+/cd', 'ab-_cd'],
    ['padding', 'abcd', 'abcd=='],
    ['all of these', 'aB-_==', 'Ab+/'],
  ])('when they differ only in %s', (_what, one, other) => {
    expect(foldReceipt(one)).toBe(foldReceipt(other));
  });

  test.each([
    ['abc', 'abd'],
    ['a+b', 'a/b'],
    ['a-b', 'a_b'],
    ['ab', 'ba'],
    ['ab', 'abb'],
    ['0', 'O'],
  ])('and %j and %j are not', (one, other) => expect(foldReceipt(one)).not.toBe(foldReceipt(other)));

  test('in any mixture of these differences', () => {
    const rewrite = (text: string, draws: number[]): string =>
      Array.from(text)
        .map((character, at) => {
          const drawn = draws[at % draws.length] ?? 0;
          const cased = drawn % 2 === 0 ? character.toLowerCase() : character.toUpperCase();
          return drawn % 3 === 0 ? cased.replace('+', '-').replace('/', '_') : cased;
        })
        .join('');
    fc.assert(
      fc.property(receipts, fc.array(fc.nat(5), { minLength: 1 }), fc.nat(3), (text, draws, padding) => {
        expect(foldReceipt(rewrite(text, draws) + '='.repeat(padding))).toBe(foldReceipt(text));
      }),
    );
  });

  test('in lower case, in base64’s usual alphabet and without padding', () => {
    expect(foldReceipt('aB-_9=')).toBe('ab+/9');
  });

  test('when their folded forms are: folding once more changes nothing', () => {
    fc.assert(
      fc.property(receipts, (text) => expect(foldReceipt(foldReceipt(text))).toBe(foldReceipt(text))),
    );
  });

  test('and only then: a folded form keeps every other difference', () => {
    fc.assert(
      fc.property(receipts, receipts, (one, other) => {
        const plain = (text: string): string =>
          text.toUpperCase().replace(/=/g, '').replace(/\+/g, '-').replace(/\//g, '_');
        expect(foldReceipt(one) === foldReceipt(other)).toBe(plain(one) === plain(other));
      }),
    );
  });
});
