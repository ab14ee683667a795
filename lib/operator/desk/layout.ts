import { html, raw, type Html } from '../../html';
import type { Locale } from '../../texts';
import { STYLE_PATH } from './style';
import type { DeskPage, View } from './view';

const MENU = [
  ['needs', '/'],
  ['find', '/find'],
  ['payments', '/payments'],
  ['today', '/today'],
  ['reconcile', '/reconcile'],
  ['doctor', '/doctor'],
] as const;

/** Headers of every page. The policy is complete: it replaces the shop's. */
export const HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex',
};

/** A whole page. */
export function layout(view: View, { title, body, active }: DeskPage): string {
  const { locale, link, text, who } = view;
  const page = html`<html lang="${locale}" dir="${direction(locale)}">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="format-detection" content="telephone=no" />
      <title>${title}</title>
      <link rel="stylesheet" href="${view.link(STYLE_PATH)}" />
    </head>
    <body>
      <a class="skip" href="#content">${text('skip')}</a>
      <header>
        <nav aria-label="${text('menu')}">
          ${MENU.map(
            ([name, path]) =>
              html`<a href="${link(path)}" ${active === name ? raw('aria-current="page"') : ''}
                >${text(name)}</a
              >`,
          )}
        </nav>
        <p class="who">
          <bdi>${who}</bdi>
          <a href="${view.otherLanguage}" lang="${locale === 'fa' ? 'en' : 'fa'}">${text('language')}</a>
        </p>
      </header>
      <main id="content" tabindex="-1">
        <h1>${title}</h1>
        ${body}
      </main>
      <footer>${text('zone')}</footer>
    </body>
  </html>`;
  return `<!doctype html>${page.text}`;
}

/** The way that a language runs. */
export const direction = (locale: Locale): 'rtl' | 'ltr' => (locale === 'fa' ? 'rtl' : 'ltr');

/** A sentence in the person's language, whatever the word that it begins with. */
export const sentence = (text: string, { locale }: View): Html =>
  html`<bdi dir="${direction(locale)}">${text}</bdi>`;

/** An identifier: Latin and left to right within Persian text. */
export const identifier = (text: string): Html => html`<bdi class="id" dir="ltr">${text}</bdi>`;

/** One field of a form with its label. */
export const field = (label: string, control: Html): Html => html`<label>${label} ${control}</label>`;
