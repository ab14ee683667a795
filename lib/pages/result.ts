import { html, type Html } from '../html';
import { isSafeUrl } from '../safe-url';
import { texts, type Locale } from '../texts';
import { makePage, readingHeaders, type Page } from './headers';
import { layout, type Frame } from './layout';
import { movingPage } from './moving';
import { outcomeOf, type Outcome } from './outcome';
import { actions, fill, grouped, linkButton, moment, telephone } from './parts';
import { announcer, details, headline } from './receipt';
import { RECEIPT, WATCH } from './scripts';
import type { ResultView } from './view';

const RECEIPT_HEADERS = readingHeaders([RECEIPT]);
const WATCHING_HEADERS = readingHeaders([WATCH], ["connect-src 'self'"]);
const STILL_HEADERS = readingHeaders();

/** The heading and the text under it. */
function saying(outcome: Outcome, view: ResultView): Html {
  const { title, body, note, next } = outcome;
  const { until, locale } = view;
  const soon =
    next !== undefined && until !== undefined && html`<p>${fill(next, 'time', moment(until, locale))}</p>`;
  return html`<h1>${title}</h1>
    <p>${body}</p>
    ${note && html`<p class="soft">${note}</p>`}${soon}`;
}

const printButton = (locale: Locale): Html =>
  html`<button type="button" id="print" class="button second" hidden>${texts(locale).action.print}</button>`;

type Body = Pick<Frame, 'what' | 'facts' | 'actions' | 'script'>;

/** The receipt, to keep or to print. */
function receiptBody(view: ResultView, { title, body }: Outcome): Body {
  const { payment, locale, shop } = view;
  return {
    what: html`<h1>${title}</h1>
      ${headline(payment, locale)}
      <p class="soft">${body}</p>`,
    facts: [details(view), announcer(locale)],
    actions: [actions([shop.url, texts(locale).action.back]), printButton(locale)],
    script: RECEIPT,
  };
}

/** The buyer has to read out the invoice number: it is larger than the rest. */
function reviewBody(view: ResultView, outcome: Outcome): Body {
  const { payment, locale, shop } = view;
  const { quote, phone, action } = texts(locale);
  const number = grouped(payment.invoiceNumber, 4);
  const call = shop.phone !== undefined && html`<p>${fill(phone, 'phone', telephone(shop.phone))}</p>`;
  return {
    what: html`${saying(outcome, view)}
      <div class="quote">
        <p>${quote} ${number}</p>
        ${call}
      </div>`,
    facts: [headline(payment, locale), details(view, true), announcer(locale)],
    actions: [actions([shop.url, action.back]), printButton(locale)],
    script: RECEIPT,
  };
}

function failureBody(view: ResultView, outcome: Outcome): Body {
  const { payment, locale, shop, payUrl } = view;
  const { action } = texts(locale);
  const retryUrl = outcome.retry === true ? view.retryUrl : undefined;
  return {
    what: saying(outcome, view),
    facts: [headline(payment, locale), details(view), announcer(locale)],
    actions: actions([retryUrl, action.retry], [payUrl, action.toBank], [shop.url, action.back]),
    script: RECEIPT,
  };
}

function waitingBody(view: ResultView, outcome: Outcome): Body {
  const { payment, locale, shop, payUrl, refreshSeconds } = view;
  const { action, reloads } = texts(locale);
  const watches = refreshSeconds !== undefined;
  return {
    what: html`<div role="status">${saying(outcome, view)}</div>
      ${watches && html`<p class="soft" id="reloads" hidden>${reloads}</p>`}`,
    facts: [headline(payment, locale), details(view)],
    actions: [
      linkButton(payUrl, action.toBank),
      html`<a class="button ${payUrl === undefined ? 'first' : 'second'}" href="">${action.reload}</a>`,
      linkButton(shop.url, action.back, 'second'),
    ],
    ...(watches ? { script: WATCH } : {}),
  };
}

const BODY = { paid: receiptBody, review: reviewBody, failed: failureBody, wait: waitingBody };

/** The page about a payment's status. */
export function resultPage(view: ResultView): Page {
  const { payment, locale, shop, now, continueUrl, refreshSeconds } = view;
  const outcome = outcomeOf(payment, locale, view.unconfirmed === true);
  if (continueUrl !== undefined && isSafeUrl(continueUrl)) return movingPage(view, outcome, continueUrl);
  const { tone, title } = outcome;
  const body = BODY[tone](view, outcome);
  const reload =
    body.script === WATCH ? { seconds: Math.max(1, refreshSeconds ?? 1), status: payment.status } : undefined;
  // In review, the telephone number stands beside the number to give.
  const named = tone === 'review' ? { ...shop, phone: undefined } : shop;
  const page = layout({ locale, tone, title, shop: named, now, reload, ...body });
  return makePage(page, headersOf(body.script), shop);
}

function headersOf(script: string | undefined): Record<string, string> {
  if (script === WATCH) return WATCHING_HEADERS;
  return script === RECEIPT ? RECEIPT_HEADERS : STILL_HEADERS;
}
