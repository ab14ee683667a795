import { latinDigits } from '../core/iran';
import { html, type Html } from '../html';
import { isSafeUrl } from '../safe-url';
import { texts, type Locale } from '../texts';

const TEHRAN = { timeZone: 'Asia/Tehran', dateStyle: 'long', timeStyle: 'short' } as const;

const CLOCK: Record<Locale, Intl.DateTimeFormat> = {
  fa: new Intl.DateTimeFormat('fa-IR-u-ca-persian', TEHRAN),
  en: new Intl.DateTimeFormat('en-GB', TEHRAN),
};

/** A moment in Tehran, by the calendar of the language, with its zone. */
export const moment = (time: number, locale: Locale): Html =>
  html`<time datetime="${new Date(time).toISOString()}">${CLOCK[locale].format(time)}</time>
    <span class="zone">${texts(locale).zone}</span>`;

/** An identifier: Latin and left to right within any text. */
export const identifier = (text: string): Html => html`<bdi class="id" dir="ltr">${text}</bdi>`;

/** A long identifier in groups to read out; selected and copied, it has no gaps. */
export function grouped(text: string, size: number): Html {
  const signs = Array.from(text);
  const groups = Array.from({ length: Math.ceil(signs.length / size) }, (_, index) =>
    signs.slice(index * size, (index + 1) * size).join(''),
  );
  return html`<bdi class="id" dir="ltr">${groups.map((group) => html`<span>${group}</span><wbr />`)}</bdi>`;
}

/** A telephone number that a phone can call. */
export function telephone(phone: string): Html {
  const digits = latinDigits(phone).replace(/[^\d+]/g, '');
  return html`<a href="tel:${digits}"><bdi dir="ltr">${phone}</bdi></a>`;
}

/** A text with markup in the place of `{name}`. */
export function fill(text: string, name: 'time' | 'phone', markup: Html): Html {
  const [before = '', after = ''] = text.split(`{${name}}`);
  return html`${before}${markup}${after}`;
}

/** A link that looks like a button; nothing when there is no address, or none that may be followed. */
export function linkButton(
  url: string | undefined,
  label: string,
  kind: 'first' | 'second' = 'first',
): Html | undefined {
  if (url === undefined || !isSafeUrl(url)) return undefined;
  return html`<a class="button ${kind}" href="${url}">${label}</a>`;
}

/** Buttons, most likely first: the first one stands out. */
export function actions(...links: [url: string | undefined, label: string][]): Html[] {
  const shown = links.filter(([url]) => url !== undefined && isSafeUrl(url));
  return shown.flatMap(
    ([url, label], index) => linkButton(url, label, index === 0 ? 'first' : 'second') ?? [],
  );
}
