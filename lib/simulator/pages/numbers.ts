const PERSIAN = new Intl.NumberFormat('fa-IR');

/** An amount as a buyer reads it: Persian digits, grouped by thousands. */
export const persianNumber = (value: number): string => PERSIAN.format(value);

/** The same text with Persian digits. */
export const persianDigits = (text: string): string =>
  text.replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)] ?? digit);

/** `۱۴:۰۵`: minutes and seconds. */
export function persianTime(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return persianDigits(`${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`);
}
