import { html } from '../html';
import { texts, type Locale } from '../texts';
import { makePage, pageHeaders, type Page } from './headers';
import { layout } from './layout';
import { linkButton } from './parts';
import type { ShopView } from './shop';

// No form-action: Chromium applies it to redirects too, and the shop's own page may be at another origin.
const HEADERS = pageHeaders('no-referrer');

/** The page of a payment link that is too old: starts a new attempt by a button. */
export function renewPage({ locale, shop }: { locale: Locale; shop: ShopView }): Page {
  const { renew, action } = texts(locale);
  const page = layout({
    locale,
    tone: 'plain',
    title: renew.title,
    shop,
    what: html`<h1>${renew.title}</h1>
      <p>${renew.body}</p>`,
    actions: html`<form method="post"><button class="button first">${action.renew}</button></form>
      ${linkButton(shop.url, action.back, 'second')}`,
  });
  return makePage(page, HEADERS, shop);
}
