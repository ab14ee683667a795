/** Persian and Arabic digits as Latin ones, full-width characters as plain ones. */
export const latinDigits = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u06F0-\u06F9\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) & 0xf));

/** Separators between the digits of a telephone number. */
const SEPARATORS = /[\s\p{Cf}\p{Pd}\u0640().,/\\_*#]/gu;

/**
 * A mobile number in any common format, as `09xxxxxxxxx`; undefined for anything else. Takes `0912…`, `912…`, `+98912…`,
 * `+98 (0)912…`, `+980912…`, `0098…`, `tel:`, separators, and Persian, Arabic and full-width digits.
 */
export function normalizeCellNumber(text: string): string | undefined {
  const compact = latinDigits(text).replace(SEPARATORS, '').replace(/^tel:/i, '');
  const national = /^(?:(?:\+|00)?98)?0?(9\d{9})$/.exec(compact)?.[1];
  return national === undefined ? undefined : `0${national}`;
}

/** An Iranian IBAN in compact form; undefined when form or check digits (ISO 13616, modulo 97) are wrong. */
export function normalizeIban(text: string): string | undefined {
  const compact = latinDigits(text)
    .replace(/[\s\p{Pd}]/gu, '')
    .toUpperCase();
  if (!/^IR\d{24}$/.test(compact)) return undefined;
  // I and R stand for 18 and 27; country and check digits move to the end.
  const number = BigInt(`${compact.slice(4)}1827${compact.slice(2, 4)}`);
  return number % 97n === 1n ? compact : undefined;
}
