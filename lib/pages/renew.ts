import { texts, type Locale } from '../texts';
import { escapeHtml } from './html';
import { layout, pageHeaders, type Page } from './layout';

// No form-action: Chromium applies it to redirects too, and the shop's own page may be at another origin.
const HEADERS = pageHeaders('no-referrer', []);

/** The page of a payment link that is too old: starts a new attempt by a button. */
export function renewPage({ locale }: { locale: Locale }): Page {
  const { renew, action } = texts(locale);
  const html = layout({
    locale,
    tone: 'plain',
    title: renew.title,
    body:
      `<h1>${escapeHtml(renew.title)}</h1><p>${escapeHtml(renew.body)}</p>` +
      `<form method="post"><button class="button first">${escapeHtml(action.renew)}</button></form>`,
  });
  return { html, headers: HEADERS };
}
