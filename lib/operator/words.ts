import type { Locale } from '../texts';
import { persianDigits } from './dates';

const NUMBER: Record<Locale, Intl.NumberFormat> = {
  en: new Intl.NumberFormat('en-US'),
  fa: new Intl.NumberFormat('fa-IR'),
};

/** A number with separators, in the reader's digits. */
export const count = (value: number, locale: Locale): string => NUMBER[locale].format(value);

/** Rials alone: `12,450,000 Rials`. */
export const rials = (amount: number, locale: Locale): string =>
  `${count(amount, locale)} ${locale === 'fa' ? 'ریال' : 'Rials'}`;

/** Rials, with Tomans beside them. */
export const money = (amount: number, locale: Locale): string =>
  locale === 'fa'
    ? `${rials(amount, 'fa')} (${count(amount / 10, 'fa')} تومان)`
    : `${rials(amount, 'en')} (${count(amount / 10, 'en')} Tomans)`;

const UNITS = [
  { upTo: 120, seconds: 1, en: 's', fa: 'ثانیه' },
  { upTo: 7_200, seconds: 60, en: 'min', fa: 'دقیقه' },
  { upTo: 172_800, seconds: 3_600, en: 'h', fa: 'ساعت' },
  { upTo: Infinity, seconds: 86_400, en: 'days', fa: 'روز' },
] as const;

/** `5 s`, `3 min`, `2 h`, `4 days`. */
export function duration(ms: number, locale: Locale): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const unit = UNITS.find(({ upTo }) => seconds < upTo) ?? UNITS[3];
  return `${count(Math.round(seconds / unit.seconds), locale)} ${unit[locale]}`;
}

/** Digits in the reader's language. Identifiers stay Latin: they are copied and read out digit by digit. */
export const digits = (text: string, locale: Locale): string =>
  locale === 'fa' ? persianDigits(text) : text;

/** How often: `once`, `3 times`. */
export function times(value: number, locale: Locale): string {
  if (locale === 'fa') return `${count(value, 'fa')} بار`;
  return value === 1 ? 'once' : `${count(value, 'en')} times`;
}
