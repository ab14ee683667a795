import { errorPage, renewPage, resultPage, type Page, type ResultView } from '../../lib/pages';
import type { Locale } from '../../lib/texts';
import { everyStatus, paid, shop as anyShop, undecided, viewOf as anyView } from './payments';

/** The shop of the pages in a browser; its logo is the site's. */
export const shop = { ...anyShop, logo: '/logo.svg' };
export const viewOf = (...[payment, locale, more]: Parameters<typeof anyView>): ResultView =>
  anyView(payment, locale, { shop, ...more });

export const PHONE = { viewport: { width: 360, height: 740 } };
export const DESKTOP = { viewport: { width: 1280, height: 800 } };
/** The printable part of an A4 sheet, in CSS pixels: margins of 15 mm. */
export const PAPER = { viewport: { width: 680, height: 1009 } };

/** Every kind of page in a language, by its address. */
export function gallery(locale: Locale): Map<string, Page> {
  const long = 'W'.repeat(50);
  const crowded = { ...paid, amount: 9e14, referenceNumber: long, traceNumber: long, description: long };
  const pages = new Map<string, Page>();
  for (const [index, payment] of [...everyStatus(locale), crowded].entries()) {
    const ways = { retryUrl: '/cart', payUrl: '?pay', until: paid.verifiedAt, refreshSeconds: 600 };
    pages.set(`/result/${index}`, resultPage(viewOf(payment, locale, ways)));
  }
  const unconfirmed = { unconfirmed: true, payUrl: '?pay' };
  pages.set('/unconfirmed', resultPage(viewOf(undecided('pending'), locale, unconfirmed)));
  const waits = { continueUrl: '/orders', refreshSeconds: 600 };
  pages.set('/waits', resultPage(viewOf(undecided('verifying'), locale, waits)));
  pages.set('/renew', renewPage({ locale, shop }));
  pages.set('/error', errorPage({ kind: 'unreadable', locale, shop, retryUrl: '/cart', detail: long }));
  pages.set('/nameless', errorPage({ kind: 'notFound', locale, shop: { url: '/' } }));
  return pages;
}
