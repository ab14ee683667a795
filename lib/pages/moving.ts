import { html } from '../html';
import { texts } from '../texts';
import { makePage, readingHeaders, type Page } from './headers';
import { layout } from './layout';
import type { Outcome } from './outcome';
import { linkButton } from './parts';
import { WATCH } from './scripts';
import type { ResultView } from './view';

const MOVING_HEADERS = readingHeaders();
const WATCHING_HEADERS = readingHeaders([WATCH], ["connect-src 'self'"]);

/** A small page that moves on to the shop at once; while it waits for a decision, it looks for news instead. */
export function movingPage(view: ResultView, outcome: Outcome, url: string): Page {
  const { payment, locale, shop, refreshSeconds } = view;
  const { movesOn, action } = texts(locale);
  const { tone, title, body } = outcome;
  const waits = refreshSeconds !== undefined;
  const goes = html`<meta http-equiv="refresh" content="0;url=${url}" />`;
  const page = layout({
    locale,
    tone,
    title,
    shop,
    what: html`<div role="status">
      <h1>${title}</h1>
      ${tone === 'wait' && html`<p>${body}</p>`}${!waits && html`<p class="soft">${movesOn}</p>`}
    </div>`,
    actions: linkButton(url, action.continue),
    ...(waits
      ? { script: WATCH, reload: { seconds: Math.max(1, refreshSeconds), status: payment.status } }
      : { meta: goes }),
  });
  return makePage(page, waits ? WATCHING_HEADERS : MOVING_HEADERS, shop);
}
