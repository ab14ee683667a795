import { html } from '../html';
import { texts, type Locale } from '../texts';
import { makePage, pageHeaders, type Page } from './headers';
import { layout } from './layout';
import { SUBMIT } from './scripts';
import type { ShopView } from './shop';

// No form-action: Chromium applies it to every redirect that follows, and the gateway redirects to other origins.
// The referrer is for bank pages that refuse a request without one.
const HEADERS = pageHeaders('origin', [SUBMIT]);

/** The values of the redirect page. */
export interface RedirectView {
  /** The gateway's `/redirect-to-gateway`. */
  action: string;
  token: string;
  locale: Locale;
  shop: ShopView;
}

/**
 * The page that takes the buyer to the gateway (protocol §2): a form with the token that sends itself, and a button
 * for browsers that run no script.
 */
export function redirectPage({ action, token, locale, shop }: RedirectView): Page {
  const { redirect, action: label } = texts(locale);
  const page = layout({
    locale,
    tone: 'wait',
    title: redirect.title,
    shop,
    what: html`<div role="status">
      <h1>${redirect.title}</h1>
      <p>${redirect.body}</p>
    </div>`,
    actions: html`<form method="post" action="${action}">
      <input type="hidden" name="token" value="${token}" /><button class="button first" autocomplete="off">
        ${label.pay}
      </button>
    </form>`,
    script: SUBMIT,
  });
  return makePage(page, HEADERS, shop);
}
