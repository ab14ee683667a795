import type { Payment } from '../core/payment';
import { texts, type Locale } from '../texts';
import { escapeHtml, identifier, isSafeUrl, linkButton } from './html';
import { inlineScript, layout, readingHeaders, type Page } from './layout';
import { outcomeOf, type Outcome } from './outcome';
import { details, headline } from './receipt';

/** What a result page shows. */
export type ResultView = {
  /** As it stands now; reload while it is undecided. */
  payment: Payment;
  /** The router's language. */
  locale: Locale;
  /** Where the buyer can try again or go back. */
  retryUrl?: string | undefined;
  /** The shop's own page: the result is then a small page that moves on to it. */
  continueUrl?: string | undefined;
  /** While the payment is undecided, or while the small page waits: reload after so many seconds. */
  refreshSeconds?: number | undefined;
  /** The gateway's answer was incomplete or contradicted itself. Says so as long as nothing else has come. */
  unconfirmed?: boolean | undefined;
};

// Without scripts there is no button that would do nothing.
const PRINT =
  'var p=document.getElementById("print");p.hidden=false;p.addEventListener("click",function(){window.print()})';

const HEADERS = readingHeaders();
const PRINTING_HEADERS = readingHeaders([PRINT]);

const refresh = (seconds: number, url?: string): string =>
  `<meta http-equiv="refresh" content="${Math.max(0, Math.ceil(seconds))}${url === undefined ? '' : `;url=${escapeHtml(url)}`}">`;

/** Never so often that the page cannot be read. */
const reload = (seconds: number): string => refresh(Math.max(1, seconds));

const soft = (text: string): string => `<p class="soft">${escapeHtml(text)}</p>`;

/** The heading and what stands under it; announced while it is about to change. */
function saying({ tone, title, body, note }: Outcome): string {
  const said = `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(body)}</p>${note === undefined ? '' : soft(note)}`;
  return tone === 'wait' ? `<div role="status">${said}</div>` : said;
}

/** The receipt, to keep or to print. */
function receiptBody({ payment, locale, retryUrl }: ResultView, { title, body }: Outcome): string {
  const { action } = texts(locale);
  return (
    `<h1>${escapeHtml(title)}</h1>${headline(payment, locale)}${details(payment, locale, 'amount')}` +
    soft(body) +
    linkButton(retryUrl, action.back) +
    `<button type="button" id="print" class="button second" hidden>${escapeHtml(action.print)}</button>` +
    inlineScript(PRINT)
  );
}

/** The invoice number is what the buyer has to read out: it is larger than the rest. */
function reviewBody({ payment, locale, retryUrl }: ResultView, outcome: Outcome): string {
  const { quote, action } = texts(locale);
  return (
    saying(outcome) +
    `<p class="quote">${escapeHtml(quote)}${identifier(payment.invoiceNumber)}</p>` +
    details(payment, locale, 'invoice') +
    linkButton(retryUrl, action.back)
  );
}

function failureBody({ payment, locale, retryUrl }: ResultView, outcome: Outcome): string {
  const { action } = texts(locale);
  const label = outcome.retry === true ? action.retry : action.back;
  return saying(outcome) + details(payment, locale, 'none') + linkButton(retryUrl, label);
}

function waitingBody({ payment, locale, retryUrl, refreshSeconds }: ResultView, outcome: Outcome): string {
  const { action, reloads } = texts(locale);
  return (
    saying(outcome) +
    (refreshSeconds === undefined ? '' : soft(reloads)) +
    details(payment, locale, 'none') +
    `<a class="button first" href="">${escapeHtml(action.reload)}</a>` +
    linkButton(retryUrl, action.back, 'second')
  );
}

const BODY = { paid: receiptBody, review: reviewBody, failed: failureBody, wait: waitingBody };

/** A small page that moves on by itself; while it waits, it asks again instead. */
function movingPage({ locale, refreshSeconds }: ResultView, outcome: Outcome, url: string): Page {
  const { movesOn, reloads, action } = texts(locale);
  const { tone, title } = outcome;
  const [meta, next] =
    refreshSeconds === undefined ? [refresh(0, url), movesOn] : [reload(refreshSeconds), reloads];
  const more = tone === 'wait' ? `<p>${escapeHtml(outcome.body)}</p>` : '';
  const body =
    `<div role="status"><h1>${escapeHtml(title)}</h1>${more}${soft(next)}</div>` +
    linkButton(url, action.continue);
  return { html: layout({ locale, tone, title, meta, body }), headers: HEADERS };
}

/** The page that tells the buyer how a payment stands. */
export function resultPage(view: ResultView): Page {
  const { payment, locale, continueUrl, refreshSeconds } = view;
  const outcome = outcomeOf(payment, locale, view.unconfirmed === true);
  if (continueUrl !== undefined && isSafeUrl(continueUrl)) return movingPage(view, outcome, continueUrl);
  const { tone, title } = outcome;
  const meta = tone === 'wait' && refreshSeconds !== undefined ? reload(refreshSeconds) : '';
  const html = layout({ locale, tone, title, meta, body: BODY[tone](view, outcome) });
  return { html, headers: tone === 'paid' ? PRINTING_HEADERS : HEADERS };
}
