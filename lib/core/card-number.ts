/** Six or eight digits first and four last are what a masked card number may show. */
const MOST_SHOWN = 12;
const FIRST = 6;
const LAST = 4;

/** Sixteen digits, in groups or not, that belong to no longer number. */
const CARD_NUMBER = /(?<!\p{Nd})\p{Nd}{4}([ -]?)\p{Nd}{4}\1\p{Nd}{4}\1\p{Nd}{4}(?!\p{Nd})/gu;

/** A card number as it may be kept: of one that nobody has masked, the first six and the last four digits. */
export function maskCardNumber(text: string): string {
  const digits = text.match(/\p{Nd}/gu)?.length ?? 0;
  if (digits <= MOST_SHOWN) return text;
  let seen = 0;
  return text.replace(/\p{Nd}/gu, (digit) => {
    seen += 1;
    return seen <= FIRST || seen > digits - LAST ? digit : '*';
  });
}

/** A text without the middle of any card number that stands in it. */
export const hideCardNumbers = (text: string): string => text.replace(CARD_NUMBER, maskCardNumber);
