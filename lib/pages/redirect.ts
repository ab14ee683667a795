import { texts, type Locale } from '../texts';
import { escapeHtml } from './html';
import { inlineScript, layout, pageHeaders, type Page } from './layout';

// The button sleeps while the form is on its way, and wakes up should the gateway not have answered by then.
const SUBMIT =
  'var f=document.forms[0],b=f.querySelector("button");b.disabled=true;f.submit();' +
  'setTimeout(function(){b.disabled=false},10000)';

// No form-action: Chromium applies it to every redirect that follows, and the gateway redirects to other origins.
// The referrer is for bank pages that refuse a request without one.
const HEADERS = pageHeaders('origin', [SUBMIT]);

function parts(locale: Locale): { meanwhile: string; rest: string } {
  const { redirect, action } = texts(locale);
  return {
    meanwhile: `<div role="status"><h1>${escapeHtml(redirect.title)}</h1><p>${escapeHtml(redirect.body)}</p></div>`,
    rest: `<button class="button first" autocomplete="off">${escapeHtml(action.pay)}</button></form>${inlineScript(SUBMIT)}`,
  };
}

const PARTS: Record<Locale, { meanwhile: string; rest: string }> = { fa: parts('fa'), en: parts('en') };

/**
 * The page that takes the buyer to the gateway (protocol §2): a form with the token that sends itself, and a button
 * for browsers that run no script. `action` is the gateway's `/redirect-to-gateway`.
 */
export function redirectPage(input: { action: string; token: string; locale: Locale }): Page {
  const { meanwhile, rest } = PARTS[input.locale];
  const form =
    `<form method="post" action="${escapeHtml(input.action)}">` +
    `<input type="hidden" name="token" value="${escapeHtml(input.token)}">`;
  const html = layout({
    locale: input.locale,
    tone: 'wait',
    title: texts(input.locale).redirect.title,
    body: meanwhile + form + rest,
  });
  return { html, headers: HEADERS };
}
