import { persianDigits, persianNumber, persianTime } from './numbers';

/** The language of the simulator's pages. */
export type Language = 'fa' | 'en';

/** The language of a request's query; a page has another by default. */
export const languageOf = (query: { lang?: unknown }, otherwise: Language): Language =>
  query.lang === 'fa' || query.lang === 'en' ? query.lang : otherwise;

/** How a language writes numbers. */
export interface Digits {
  number: (value: number) => string;
  digits: (text: string) => string;
  /** Minutes and seconds. */
  time: (seconds: number) => string;
}

const latinTime = (seconds: number): string =>
  [Math.floor(seconds / 60), seconds % 60].map((value) => String(value).padStart(2, '0')).join(':');

export const DIGITS: Readonly<Record<Language, Digits>> = {
  fa: { number: persianNumber, digits: persianDigits, time: persianTime },
  en: { number: (value) => value.toLocaleString('en-US'), digits: (text) => text, time: latinTime },
};

/** The query that keeps the language and the place in the list from one page to the next. */
export function query({ language, before }: { language: Language; before?: string | undefined }): string {
  const all = { ...(language === 'fa' && { lang: 'fa' }), ...(before !== undefined && { before }) };
  const text = new URLSearchParams(all).toString();
  return text === '' ? '' : `?${text}`;
}
