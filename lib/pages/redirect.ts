import { html } from '../html';
import { texts, type Locale } from '../texts';
import { pageHeaders, type Page } from './headers';
import { beginnings, inlineScript } from './layout';
import { SUBMIT } from './scripts';
import type { ShopView } from './shop';

/** The page is there for a moment: no card, no logo, nothing to load before the form is on its way. */
const STYLE = [
  ':root{color-scheme:light dark}',
  'body{margin:0;min-height:100vh;display:grid;place-content:center;padding:1rem;box-sizing:border-box;text-align:center;',
  'font:1rem/1.8 Vazirmatn,"Noto Sans Arabic",system-ui,Tahoma,sans-serif}',
  'h1{font-size:1.3rem}',
  'button{min-height:3rem;padding:.5rem 2rem;border:0;border-radius:.75rem;background:#1b5eab;color:#fff;font:inherit;font-weight:600}',
  'button:focus-visible{outline:3px solid;outline-offset:2px}',
  'button:disabled{opacity:.6}',
].join('');

const HEAD = beginnings(`<style>${STYLE}</style>`);

// No form-action: Chromium applies it to every redirect that follows, and the gateway redirects to other origins.
// The referrer is for bank pages that refuse a request without one.
const HEADERS = pageHeaders('origin', { style: STYLE, scripts: [SUBMIT] });

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
  const name = shop.name !== undefined && html`<p><bdi>${shop.name}</bdi></p>`;
  const page = html`${HEAD[locale]}<title>${redirect.title}</title></head><body><main>${name}<div role="status"><h1>${redirect.title}</h1><p>${redirect.body}</p></div><form method="post" action="${action}"><input type="hidden" name="token" value="${token}" /><button autocomplete="off">${label.pay}</button></form></main>${inlineScript(SUBMIT)}</body></html>`;
  return { html: page.text, headers: HEADERS };
}
