import { fold, readings, type Reading } from './fold';
import { Masks } from './masks';

/** A masked card number may show six or eight first digits and the last four. */
const MOST_SHOWN = 12;
const FIRST = 6;
const LAST = 4;

/** Digits of a whole card number. Iranian cards have sixteen. */
const SHORTEST = 16;
const LONGEST = 19;

/** However they are escaped, these characters hold at most one digit each: too few for a card number. */
const TOO_SHORT = /^[ -~]{0,15}$/;

/** The most signs between two digits of one number: `6037 - 9912`. */
const GAP = 3;

/** A card number as it may be kept: an unmasked one keeps its first six and last four digits. */
export function maskCardNumber(text: string): string {
  const digits = text.match(/\p{Nd}/gu)?.length ?? 0;
  if (digits <= MOST_SHOWN) return text;
  let seen = 0;
  return text.replace(/\p{Nd}/gu, (digit) => {
    seen += 1;
    return seen <= FIRST || seen > digits - LAST ? digit : '*';
  });
}

/** A text without the middle of any card number that stands in it, however it is spaced or escaped. */
export function hideCardNumbers(text: string): string {
  if (TOO_SHORT.test(text)) return text;
  const masks = new Masks(text);
  for (const reading of readings(text)) maskCardNumbers(reading, masks);
  return masks.toString();
}

interface Digit {
  digit: string;
  /** Where it stands in the reading. */
  at: number;
  /** The digit before it belongs to the same number, with nothing or with a separator between. */
  follows: 'directly' | 'apart' | 'no';
}

/** Masks the middle of each whole card number (Luhn) that is no part of a longer number. */
export function maskCardNumbers(reading: Reading, masks: Masks): void {
  const digits = digitsOf(reading.text);
  for (let first = 0; first < digits.length; first += 1) {
    if (digits[first]?.follows === 'directly') continue;
    const card = cardAt(digits, first);
    for (const { at } of card.slice(FIRST, -LAST)) {
      masks.add(reading.start[at] ?? 0, reading.end[at] ?? 0, '*', false);
    }
    first += Math.max(0, card.length - 1);
  }
}

function cardAt(digits: readonly Digit[], first: number): readonly Digit[] {
  for (let length = LONGEST; length >= SHORTEST; length -= 1) {
    const card = digits.slice(first, first + length);
    const isWhole = card.length === length && digits[first + length]?.follows !== 'directly';
    if (isWhole && card.slice(1).every(({ follows }) => follows !== 'no') && isLuhn(card)) return card;
  }
  return [];
}

function digitsOf(text: string): Digit[] {
  const { letters, at } = fold(text);
  const digits: Digit[] = [];
  for (let index = 0; index < letters.length; index += 1) {
    const digit = letters.charAt(index);
    if (!isDigit(digit)) continue;
    const here = at[index] ?? 0;
    digits.push({ digit, at: here, follows: joint(digits.at(-1), index, letters, here) });
  }
  return digits;
}

function joint(before: Digit | undefined, index: number, letters: string, here: number): Digit['follows'] {
  if (before === undefined || !isDigit(letters.charAt(index - 1))) return 'no';
  const gap = here - before.at - 1;
  if (gap <= 0) return 'directly';
  return gap <= GAP ? 'apart' : 'no';
}

const isDigit = (letter: string): boolean => /\d/.test(letter);

/** The check digit of payment cards (ISO/IEC 7812-1). */
function isLuhn(digits: readonly Digit[]): boolean {
  const sum = digits.reduce((total, { digit }, index) => {
    const twice = Number(digit) * ((digits.length - index) % 2 === 0 ? 2 : 1);
    return total + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return sum % 10 === 0 && digits.some(({ digit }) => digit !== '0');
}
